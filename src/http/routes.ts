// Owns: the addresses of the API, worked out from the operations.

import { type AnyOperation, type HttpOverlay, isStream } from "../ops/define.ts";
import { httpOnly, registry } from "../ops/registry.ts";
import { followOp, runOp } from "../ops/run.ts";
import type { OpContext } from "../ops/context.ts";
import { HermesError } from "../base/errors.ts";
import { type WireField, wireFields } from "./fields.ts";

/** One address and what answers there. */
export interface Route {
  operation: AnyOperation;
  overlay: HttpOverlay<never>;
  fields: readonly WireField[];
}

/** The addresses of all operations that have one, in the order of the registry. */
export async function loadRoutes(): Promise<Route[]> {
  const operations = await Promise.all([...registry, ...httpOnly].map((entry) => entry.load()));
  return operations.flatMap((operation) =>
    [operation.http ?? []].flat().map((given) => {
      const overlay = given as HttpOverlay<never>;
      return { operation, overlay, fields: wireFields(operation, overlay) };
    })
  );
}

/**
 * Runs what answers at an address and returns the answer.
 *
 * @throws HermesError what the operation throws.
 */
export async function runRoute(
  { operation, overlay }: Route,
  context: OpContext,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<unknown> {
  const output = isStream(operation)
    ? await firstItem(followOp(operation, context, input, signal))
    : await runOp(operation, context, input);
  return overlay.reply ? overlay.reply(output as never, input as never) : output;
}

async function firstItem(items: AsyncIterable<unknown>): Promise<unknown> {
  for await (const item of items) return item;
  throw new HermesError("not_found", "Cannot answer: there is nothing to answer with");
}
