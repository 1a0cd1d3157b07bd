// Owns: where in the event log somebody starts to read, as operations take it.

import * as z from "zod";
import { parseDuration } from "../base/duration.ts";
import { HermesError } from "../base/errors.ts";
import { parseMoment } from "../base/moment.ts";
import type { Board } from "../kernel/board.ts";
import { logPosition } from "../kernel/feed.ts";
import { eventKinds } from "../kernel/model/status.ts";
import { textList } from "./wire.ts";

export const sinceField = z.string()
  .describe("Begin with the events since then: 30m, 2h or 1d ago, a date, a date with a time");

export const afterField = z.number().int().min(0)
  .describe("Begin after the event with this number");

/** Event kinds as a list, or as one text with commas. */
export function kindsField() {
  return textList()
    .transform((kinds) => kinds.flatMap((kind) => kind.split(",")).map((kind) => kind.trim()))
    .pipe(z.array(z.enum(eventKinds)))
    .describe("Only these kinds, separated by commas");
}

/**
 * The cursor that somebody asks for with `since` or `after`; null when with neither.
 *
 * @throws HermesError `usage` when both are given, or `since` is no time.
 */
export async function startCursor(
  board: Board,
  { since, after }: { since?: string; after?: number },
): Promise<number | null> {
  if (since !== undefined && after !== undefined) {
    throw new HermesError(
      "usage",
      "Cannot use --since together with --after: both say where to begin",
      {
        remedy: "Give one of them.",
      },
    );
  }
  if (since !== undefined) return await logPosition(board, momentOf(since, board.clock.now()));
  return after ?? null;
}

/** Epoch seconds. A duration with a unit counts back from now. @throws HermesError `usage` when it is no time. */
export function momentOf(since: string, now: number): number {
  return /^\s*[\d.]+\s*[smhd]\s*$/i.test(since) ? now - parseDuration(since) : parseMoment(since);
}
