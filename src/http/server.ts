// Owns: the server: what is looked at first, and who answers what.

import type { Hono } from "hono";
import type { Clock } from "../base/clock.ts";
import type { IdSource } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { Actor } from "../ops/context.ts";
import { type LocalServer, type Peer, serveLocal } from "../platform/http_server.ts";
import { failed } from "./answer.ts";
import type { LoadAssets } from "./assets.ts";
import { atDesk, Desks, type DeskWorld } from "./desks.ts";
import { asksForEvents, sinceOf, watchEvents } from "./event_socket.ts";
import { Guard } from "./guard.ts";
import { harden } from "./headers.ts";
import { LoginCodes } from "./login_codes.ts";
import type { Address } from "./origin.ts";

/** Answers `/mcp`. Who may ask has been checked before. */
export type McpHandler = (request: Request) => Promise<Response>;

export interface HttpServerOptions {
  /** What it binds to; 127.0.0.1 unless somebody wants it to be reached from elsewhere. */
  hostname: string;
  /** 0 takes a free one. */
  port: number;
  /** Further names it may be called by. */
  names?: readonly string[];
  /** What every request has to show. */
  token: string;
  /** Folder of the home, by which a program tells whose server this is. */
  root: string;
  boards: DeskWorld;
  /** In whose name requests are answered. */
  actor: Actor;
  loadAssets?: LoadAssets;
  mcp?: McpHandler;
  clock: Clock;
  ids: IdSource;
  log: Log;
}

/** A server that runs. */
export interface HttpServer {
  hostname: string;
  port: number;
  /** Base URL without a slash at the end. */
  url: string;
  /** A word that stands for the token once. */
  issueCode(): string;
  /** Sends everybody away and closes the boards. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts to serve the API, the events and the dashboard.
 *
 * @throws HermesError `unavailable` when the address is taken or may not be used.
 */
export function startHttpServer(options: HttpServerOptions): HttpServer {
  const { hostname, names = [], token, clock } = options;
  const desks = new Desks(options.boards);
  const seconds = () => clock.monotonicMs() / 1000;
  const guard = new Guard({ token, codes: new LoginCodes(options.ids, seconds), seconds });
  const stopping = new AbortController();
  let built: Promise<Hono> | undefined;
  // A gateway whose dashboard nobody opens does not pay for it.
  const app = () => built ??= buildApp(options, desks, guard, stopping.signal);
  // Known once it listens, and no request comes before.
  let address: Address = { hostname, port: options.port, names };
  const handle = async (request: Request, peer: Peer): Promise<Response> => {
    const verdict = guard.judge(request, address, peer.address);
    const host = request.headers.get("host") ?? "";
    if (!verdict.ok) return harden(verdict.response, `127.0.0.1:${address.port}`);
    const response = await respond(app, request, { desks, known: verdict.known, options });
    // The answer to a handshake belongs to the server.
    return response.status === 101 ? response : harden(response, host);
  };
  const server: LocalServer = serveLocal(handle, { hostname, port: options.port });
  address = { ...address, port: server.port };
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopping.abort();
    await desks.close();
    await server.stop();
  };
  return {
    hostname,
    port: server.port,
    url: server.url,
    issueCode: () => guard.issueCode(),
    stop: () => stopped ??= stop(),
  };
}

/** Never throws: what goes wrong is an answer too. */
async function respond(
  app: () => Promise<Hono>,
  request: Request,
  { desks, known, options }: { desks: Desks; known: boolean; options: HttpServerOptions },
): Promise<Response> {
  try {
    if (asksForEvents(request)) {
      const since = sinceOf(new URL(request.url).searchParams.get("since"));
      if (!known) return watchEvents(request, { hub: null, since });
      return await atDesk(request, desks, ({ hub }) => watchEvents(request, { hub, since }));
    }
    return await (await app()).fetch(request);
  } catch (thrown) {
    return failed(thrown, request, options.log);
  }
}

async function buildApp(
  ...given: Parameters<typeof import("./app.ts").buildApp>
): Promise<Hono> {
  return await (await import("./app.ts")).buildApp(...given);
}
