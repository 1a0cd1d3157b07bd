// Owns: talking to the server: one function for every request, and the error it fails with.

import { chosenBoard } from "./board_choice.ts";

export const apiBase = "/api/plugins/kanban";

/** A request that was refused or did not get through. The message is the server's own. */
export class RequestError extends Error {
  override name = "RequestError";

  constructor(
    /** HTTP status; 0 when the server was not reached. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly remedy: string | null = null,
    /** Path of the field that is wrong, such as `skills.0`. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface RequestParts {
  query?: Query;
  /** Sent as JSON, or as it is when it is a form. */
  body?: unknown;
  signal?: AbortSignal;
  /** Asks about another board than the chosen one. */
  board?: string;
}

/** GET of a path below the API's base. @throws RequestError */
export function get<T>(path: string, parts: Omit<RequestParts, "body"> = {}): Promise<T> {
  return request<T>("GET", path, parts);
}

/** A request that changes something. @throws RequestError */
export function send<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  parts: RequestParts = {},
): Promise<T> {
  return request<T>(method, path, parts);
}

/** Address of a path below the API's base, with the board; also for links and event streams. */
export function apiUrl(path: string, query: Query = {}, board: string = chosenBoard()): string {
  const search = new URLSearchParams();
  search.set("board", board);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  return `${apiBase}${path}?${search}`;
}

async function request<T>(method: string, path: string, parts: RequestParts): Promise<T> {
  const { query, body, signal, board } = parts;
  const form = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query, board), {
      method,
      credentials: "same-origin",
      headers: body === undefined || form ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new RequestError(0, "unreachable", "The hermes server does not answer");
  }
  if (response.status === 204) return undefined as T;
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  throw refused(response.status, answer);
}

function refused(status: number, answer: unknown): RequestError {
  const { error, detail } = (answer ?? {}) as {
    error?: { code?: string; message?: string; remedy?: string; field?: string };
    detail?: unknown;
  };
  const message = error?.message ?? (typeof detail === "string" ? detail : `HTTP status ${status}`);
  return new RequestError(
    status,
    error?.code ?? "unknown",
    message,
    error?.remedy ?? null,
    error?.field ?? null,
  );
}
