// Owns: a server of a fresh home in this process, and asking it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type Dashboard, serveDashboard } from "../../src/app/dashboard_server.ts";
import { silentLog } from "../../src/base/log.ts";
import type { LoadAssets } from "../../src/http/assets.ts";
import { type Board, openBoard } from "../../src/kernel/board.ts";

export const token = "a-token-that-only-the-tests-know-0123456789";

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // deno-lint-ignore no-explicit-any -- tests look at whatever shape they expect
  body: any;
}

export interface Asking {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: BodyInit;
  headers?: Record<string, string>;
  /** Leaves the token out. */
  stranger?: boolean;
}

/** A server, and what tests do with it. */
export interface Served {
  home: string;
  url: string;
  port: number;
  dashboard: Dashboard;
  /** The default board, opened a second time as another process would. */
  board: Board;
  /** Asks for a path below the API's base, or one that begins with `//` below the root. */
  ask(path: string, asking?: Asking): Promise<Answer>;
  /** {@link ask} that fails unless the answer is good. */
  // deno-lint-ignore no-explicit-any -- as above
  good(path: string, asking?: Asking): Promise<any>;
  /** Creates a task and returns its id. */
  create(title: string, more?: Record<string, unknown>): Promise<string>;
  /** A socket on `/events`; it is closed when the test ends. */
  socket(query: string): Promise<EventSocket>;
}

export interface EventSocket {
  /** Frames so far. */
  // deno-lint-ignore no-explicit-any -- as above
  frames: any[];
  /** Set once it is closed. */
  closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
}

export interface ServedOptions {
  env?: Record<string, string>;
  loadAssets?: LoadAssets;
  hostname?: string;
}

/** Runs `body` with a server of a fresh home; nothing of it is left afterwards. */
export async function withServer(
  body: (served: Served) => Promise<void>,
  options: ServedOptions = {},
): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "hermes http " }));
  const env = { HERMES_HOME: home, HOME: home, HERMES_DASHBOARD_TOKEN: token, ...options.env };
  const { loadAssets, hostname } = options;
  const dashboard = await serveDashboard({ env, hostname, port: 0, loadAssets, log: silentLog });
  const board = await openBoard({ slug: "default", path: join(home, "kanban.db") });
  const sockets = new Set<EventSocket>();
  const port = Number(new URL(dashboard.url).port);
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, asking: Asking = {}): Promise<Answer> => {
    const { stranger, headers, body: json, raw, method } = asking;
    const response = await fetch(
      path.startsWith("//") ? `${url}${path.slice(1)}` : `${url}/api/plugins/kanban${path}`,
      {
        method: method ?? (json === undefined && raw === undefined ? "GET" : "POST"),
        redirect: "manual",
        headers: {
          ...(stranger ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body: json === undefined ? raw : JSON.stringify(json),
      },
    );
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : null,
    };
  };
  const good = async (path: string, asking?: Asking) => {
    const answer = await ask(path, asking);
    assert.ok(answer.status < 300, `${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const served: Served = {
    home,
    url,
    port,
    dashboard,
    board,
    ask,
    good,
    create: async (title, more = {}) =>
      (await good("/tasks", { body: { title, ...more } })).task.id,
    socket: async (query) => {
      const socket = await openEvents(`ws://127.0.0.1:${port}/api/plugins/kanban/events?${query}`);
      sockets.add(socket);
      return socket;
    },
  };
  try {
    await body(served);
  } finally {
    for (const socket of sockets) await socket.close();
    await dashboard.stop();
    await board.close();
    await Deno.remove(home, { recursive: true });
  }
}

function openEvents(url: string): Promise<EventSocket> {
  const socket = new WebSocket(url);
  const frames: unknown[] = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.onclose = ({ code, reason }) => resolve({ code, reason });
  });
  const made: EventSocket = {
    frames,
    closed,
    async close() {
      socket.close();
      await closed;
    },
  };
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(made);
    socket.onerror = (event) => reject(new Error((event as ErrorEvent).message));
  });
}
