// Owns: the API: every operation with an address, answered as its definition says.

import type { Context, Hono } from "hono";
import { HermesError, toHermesError } from "../base/errors.ts";
import type { Actor } from "../ops/context.ts";
import { errorAnswer, json } from "./answer.ts";
import { readJson } from "./body.ts";
import { atDesk, type Desks } from "./desks.ts";
import { readInput } from "./fields.ts";
import type { Freshness } from "./fresh.ts";
import { apiBase } from "./base_path.ts";
import { type Route, runRoute } from "./routes.ts";

/** What the API answers with. */
export interface ApiWorld {
  desks: Desks;
  freshness: Freshness;
  /** In whose name requests are answered. */
  actor: Actor;
  /**
   * Aborted when the server stops. A client that leaves does not end what it began: the signal of a request
   * cannot be told from that of one that was answered.
   */
  stopping: AbortSignal;
}

/** Adds the addresses of `routes` to `app`. */
export function addApi(app: Hono, routes: readonly Route[], world: ApiWorld): void {
  for (const route of routes) {
    const { method, path } = route.overlay;
    app.on(method, apiBase + path, (c) => answer(c, route, world));
  }
}

/** Adds an answer for methods that an address does not know. Comes after everything else. */
export function refuseOtherMethods(app: Hono, paths: Iterable<readonly [string, string]>): void {
  const methods = new Map<string, string[]>();
  for (const [method, path] of paths) {
    methods.set(path, [...methods.get(path) ?? [], method]);
  }
  for (const [path, known] of methods) {
    known.sort();
    app.all(path, ({ req }) => {
      const error = new HermesError(
        "wrong_method",
        `Cannot ${req.method} "${req.path}": it takes ${known.join(", ")}`,
      );
      return errorAnswer(error, { allow: known.join(", ") });
    });
  }
}

async function answer(c: Context, route: Route, world: ApiWorld): Promise<Response> {
  const { overlay, fields, operation } = route;
  const request = c.req.raw;
  const { searchParams } = new URL(request.url);
  const body = fields.some((field) => field.in === "body") ? await readJson(request) : undefined;
  const said = { path: c.req.param(), query: searchParams, body };
  const input = readInput(operation, overlay, fields, said);
  return await atDesk(request, world.desks, async (desk) => {
    const context = desk.as(world.actor);
    const run = () => runRoute(route, context, input, world.stopping);
    try {
      if (!overlay.fresh) return json(await run(), overlay.status ?? 200);
      const { config } = await context.config();
      const key = `${operation.group} ${operation.name} ${JSON.stringify(input)}`;
      return await world.freshness.answer(request, desk, config, key, run);
    } catch (thrown) {
      const status = overlay.refusals?.[toHermesError(thrown).code];
      if (status === undefined) throw thrown;
      return errorAnswer(thrown, {}, status);
    }
  });
}
