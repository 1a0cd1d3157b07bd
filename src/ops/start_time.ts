// Owns: the time before which a task is not started, as operations take it.

import * as z from "zod";
import { HermesError } from "../base/errors.ts";
import type { OpContext } from "./context.ts";

export const momentField = z.number().int()
  .describe("Not started before this time: a date, a date with a time, or epoch seconds");

export const delayField = z.number().int().positive()
  .describe("Not started before this much time has passed");

/**
 * Epoch seconds of the time that is given in one of two ways; null when none is given.
 *
 * @throws HermesError `usage` when both are given, `invalid` for a time that is over.
 */
export function startTime(
  { clock }: OpContext,
  at: number | undefined,
  inSeconds: number | undefined,
): number | null {
  if (at !== undefined && inSeconds !== undefined) {
    throw new HermesError("usage", "Cannot use --at together with --in: they say the same", {
      remedy: "Give one of them.",
    });
  }
  const now = clock.now();
  if (inSeconds !== undefined) return now + inSeconds;
  if (at === undefined) return null;
  if (at > now) return at;
  const moment = new Date(at * 1000).toISOString().slice(0, 19);
  throw new HermesError("invalid", `Cannot wait until ${moment}Z: that time is over`, {
    remedy: "Give a time in the future.",
  });
}
