// Owns: the server: what is looked at first, and who answers what.

import { Hono } from "hono";
import type { Clock } from "../base/clock.ts";
import { errorText, HermesError, toHermesError } from "../base/errors.ts";
import type { IdSource } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import { version } from "../base/version.ts";
import type { Actor } from "../ops/context.ts";
import { type LocalServer, type Peer, serveLocal } from "../platform/http_server.ts";
import { addReference } from "./reference.ts";
import { addApi, type ApiWorld, atDesk, refuseOtherMethods } from "./api.ts";
import { errorAnswer, json } from "./answer.ts";
import type { LoadAssets } from "./assets.ts";
import { Desks, type DeskWorld } from "./desks.ts";
import { addFiles, filePaths } from "./files.ts";
import { addStreams, streamPaths } from "./streams.ts";
import { asksForEvents, sinceOf, watchEvents } from "./event_socket.ts";
import { Freshness } from "./fresh.ts";
import { Guard } from "./guard.ts";
import { harden } from "./headers.ts";
import { LoginCodes } from "./login_codes.ts";
import type { Address } from "./origin.ts";
import { apiBase, loadRoutes } from "./routes.ts";
import { serveAsset } from "./serve_assets.ts";

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
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { hostname, names = [], token, clock } = options;
  const desks = new Desks(options.boards);
  const seconds = () => clock.monotonicMs() / 1000;
  const guard = new Guard({ token, codes: new LoginCodes(options.ids, seconds), seconds });
  const stopping = new AbortController();
  const app = await buildApp(options, desks, guard, stopping.signal);
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
  app: Hono,
  request: Request,
  { desks, known, options }: { desks: Desks; known: boolean; options: HttpServerOptions },
): Promise<Response> {
  try {
    if (asksForEvents(request)) {
      const since = sinceOf(new URL(request.url).searchParams.get("since"));
      if (!known) return watchEvents(request, { hub: null, since });
      return await atDesk(request, desks, ({ hub }) => watchEvents(request, { hub, since }));
    }
    return await app.fetch(request);
  } catch (thrown) {
    return failed(thrown, request, options.log);
  }
}

async function buildApp(
  options: HttpServerOptions,
  desks: Desks,
  guard: Guard,
  stopping: AbortSignal,
): Promise<Hono> {
  const { actor, ids, log, mcp, loadAssets } = options;
  const app = new Hono();
  const routes = await loadRoutes();
  const world: ApiWorld = { desks, freshness: new Freshness(ids.token(4)), actor, stopping };
  addApi(app, routes, world);
  addFiles(app, world);
  addStreams(app, world);
  const paths = routes.map(({ overlay }) => [overlay.method, apiBase + overlay.path] as const);
  refuseOtherMethods(app, [...paths, ...filePaths, ...streamPaths]);
  addReference(app, routes);
  app.get("/api/health", () => json({ name: "hermes", version, root: options.root }));
  app.post("/api/login-code", () => json({ code: guard.issueCode() }));
  if (mcp) app.all("/mcp", (c) => mcp(c.req.raw));
  app.all("/api/*", (c) => errorAnswer(unknownAddress(c.req.path)));
  app.get(
    "*",
    async (c) => await serveAsset(c.req.raw, loadAssets) ?? errorAnswer(unknownAddress(c.req.path)),
  );
  app.notFound((c) => errorAnswer(unknownAddress(c.req.path)));
  app.onError((error, c) => failed(error, c.req.raw, log));
  return app;
}

function failed(thrown: unknown, { method, url }: Request, log: Log): Response {
  const error = toHermesError(thrown);
  // Without the query: it may hold a token.
  const what = `${method} ${new URL(url).pathname}`;
  if (error.code === "internal") log.error(`Cannot answer ${what}: ${stackOf(error)}`);
  return errorAnswer(error);
}

function stackOf({ cause, message }: HermesError): string {
  return cause instanceof Error ? cause.stack ?? message : errorText(message);
}

function unknownAddress(path: string): HermesError {
  return new HermesError("not_found", `Cannot find "${path.slice(0, 200)}": no such address`, {
    remedy: "All addresses are listed at /api/docs.",
  });
}
