// Owns: what goal mode has come to in an attempt: the judge's verdicts and what they leave.

import { type Board, read } from "./board.ts";
import type { Verdict } from "./lifecycle/goal_gate.ts";
import { payloadsOfRun } from "./queries/events.ts";

/** Times the judge may say no in one attempt before the task waits for a person. */
export const defaultGoalTurns = 20;

/** Failures of the judge in a row after which the task waits until there is one again. */
export const maxJudgeFailures = 3;

/** Where one attempt at a goal stands. */
export interface GoalStanding {
  /** The newest verdict; null before the first. */
  verdict: Verdict | null;
  /** Times the judge found the goal not reached. */
  misses: number;
  /** Failures of the judge since it last decided. */
  failures: number;
}

/** Reads the verdicts of a run. */
export async function goalStanding(
  board: Board,
  taskId: string,
  runId: number,
): Promise<GoalStanding> {
  const payloads = await read(board, (tx) => payloadsOfRun(tx, taskId, runId, "goal_judged"));
  const verdicts = payloads.map((text) => JSON.parse(text) as Verdict);
  const decided = verdicts.findLastIndex(({ passed }) => passed !== null);
  return {
    verdict: verdicts.at(-1) ?? null,
    misses: verdicts.filter(({ passed }) => passed === false).length,
    failures: verdicts.length - 1 - decided,
  };
}
