// Owns: which triage tasks to plan now and how long to leave a failed one alone — pure.

import type { Board } from "../kernel/board.ts";
import type { TaskRow } from "../kernel/model/rows.ts";

/** A triage task that could be planned. */
export interface Candidate {
  /** Unique over all boards. */
  key: string;
  board: Board;
  task: TaskRow;
}

/** What is remembered of a task whose planning failed. */
export interface Attempt {
  failures: number;
  /** Monotonic milliseconds before which it is left alone. */
  notBeforeMs: number;
  /** The text that was tried: an edited task is tried again at once. */
  title: string;
  body: string | null;
}

/** The limits of one choice. */
export interface Pace {
  nowMs: number;
  attempts: ReadonlyMap<string, Attempt>;
  /** How many may be begun now; zero or less means none. */
  budget: number;
}

/**
 * The candidates to begin now, in order, and the milliseconds until the next one that had to wait
 * for its turn after a failure; Infinity when there is none.
 */
export function choose<
  T extends Pick<Candidate, "key"> & { task: Pick<TaskRow, "title" | "body"> },
>(
  candidates: readonly T[],
  pace: Pace,
): { chosen: T[]; waitMs: number } {
  const chosen: T[] = [];
  let waitMs = Infinity;
  for (const candidate of candidates) {
    const { key, task } = candidate;
    const attempt = pace.attempts.get(key);
    const isSame = attempt?.title === task.title && attempt.body === task.body;
    const rest = attempt && isSame ? attempt.notBeforeMs - pace.nowMs : 0;
    if (rest > 0) waitMs = Math.min(waitMs, rest);
    else if (chosen.length < pace.budget) chosen.push(candidate);
  }
  return { chosen, waitMs };
}

/** Seconds to leave a task alone after its nth failure: 1, 2, 4 … 60 minutes. */
export function retrySeconds(failures: number): number {
  return Math.min(60 * 2 ** (failures - 1), 3600);
}
