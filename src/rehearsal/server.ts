// Owns: the rehearsal server: an OpenAI-compatible model on this machine that answers from scripts.

import { systemClock } from "../base/clock.ts";
import { type Log, silentLog } from "../base/log.ts";
import { serveLocal } from "../platform/http_server.ts";
import { sleep } from "../platform/timers.ts";
import { answer } from "./answer.ts";
import { completion, completionEvents, rehearsalModel } from "./completion.ts";
import { type Answer, type ChatRequest, readChatRequest } from "./wire.ts";

/** How a rehearsal server runs. */
export interface RehearsalOptions {
  /** 0 or none = a free port. */
  port?: number;
  log?: Log;
  /** Milliseconds every answer takes, so that people can watch a demo; 0 by default. */
  delayMs?: number;
}

/** A running server on 127.0.0.1. */
export interface RehearsalServer {
  /** What belongs into `model.base_url`; ends with `/v1`. */
  url: string;
  port: number;
  /** How many chat requests came in so far. */
  requests(): number;
  /** Ends open requests and the server; resolves when the port is free. */
  stop(): Promise<void>;
}

/**
 * Starts a model that never thinks: planner, specifier, describer, workers and chat get scripted
 * answers that depend on the request alone.
 *
 * @throws HermesError `io` when the port is taken.
 */
export function startRehearsal(options: RehearsalOptions = {}): Promise<RehearsalServer> {
  const { port = 0, log = silentLog, delayMs = 0 } = options;
  const stopping = new AbortController();
  let requests = 0;

  async function respond(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method === "GET" && pathname === "/v1/models") {
      return Response.json({ object: "list", data: [{ id: rehearsalModel, object: "model" }] });
    }
    if (request.method !== "POST" || pathname !== "/v1/chat/completions") {
      return failure(404, `no such route: ${request.method} ${pathname}`);
    }
    requests++;
    const chat = readChatRequest(await request.json().catch(() => null));
    if (!chat) return failure(400, "the body is no chat request with messages");
    const decided = answer(chat);
    log.debug("rehearsal answer", { kind: decided.kind, messages: chat.messages.length });
    try {
      if (delayMs > 0) await sleep(delayMs, stopping.signal);
      // Not the request's own signal: watching it makes Deno warn, and a demo must stay quiet.
      if (decided.kind === "silence") await aborted(stopping.signal);
    } catch {
      return failure(503, "the rehearsal server is stopping");
    }
    return toResponse(chat, decided);
  }

  const server = serveLocal(respond, { port, hostname: "127.0.0.1" });
  return Promise.resolve({
    url: `http://127.0.0.1:${server.port}/v1`,
    port: server.port,
    requests: () => requests,
    stop: () => {
      stopping.abort();
      return server.stop();
    },
  });
}

function toResponse(request: ChatRequest, decided: Answer): Response {
  if (decided.kind === "failure") return failure(decided.status, decided.message);
  if (decided.kind === "silence") return failure(503, "silence ended");
  const now = systemClock.now();
  if (!request.stream) return Response.json(completion(request, decided, now));
  return new Response(completionEvents(request, decided, now), {
    headers: { "content-type": "text/event-stream" },
  });
}

function failure(status: number, message: string): Response {
  const type = status === 429 ? "rate_limit_error" : status < 500 ? "invalid_request" : "server";
  return Response.json({ error: { message, type, code: null, param: null } }, { status });
}

/** Rejects when `signal` is aborted; a request that is never answered ends this way. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
