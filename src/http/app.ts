// Owns: who answers what: every address, put together when the first one is asked for.

import { Hono } from "hono";
import { HermesError } from "../base/errors.ts";
import { version } from "../base/version.ts";
import { addApi, type ApiWorld, refuseOtherMethods } from "./api.ts";
import { errorAnswer, failed, json } from "./answer.ts";
import type { Desks } from "./desks.ts";
import { addFiles, filePaths } from "./files.ts";
import { Freshness } from "./fresh.ts";
import type { Guard } from "./guard.ts";
import { addReference } from "./reference.ts";
import { apiBase } from "./base_path.ts";
import { loadRoutes } from "./routes.ts";
import { serveAsset } from "./serve_assets.ts";
import type { HttpServerOptions } from "./server.ts";
import { addStreams, streamPaths } from "./streams.ts";

/** Puts the addresses together. `stopping` is aborted when the server stops. */
export async function buildApp(
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

function unknownAddress(path: string): HermesError {
  return new HermesError("not_found", `Cannot find "${path.slice(0, 200)}": no such address`, {
    remedy: "All addresses are listed at /api/docs.",
  });
}
