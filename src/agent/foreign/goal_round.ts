// Owns: what follows in goal mode when a foreign program stops: the judge's word as its next order.

import { HermesError } from "../../base/errors.ts";
import type { ForeignBoard } from "./board.ts";
import type { Verdict } from "./verdict.ts";

/** Ends of a program after which it may be sent on. */
export type GoalEnd = Extract<Verdict, { then: "complete" | "nudge" | "violation" }>;

/** Whether the judge is asked after such an end: a program that failed or must wait is not sent on. */
export function isGoalEnd(verdict: Verdict): verdict is GoalEnd {
  return ["complete", "nudge", "violation"].includes(verdict.then);
}

/**
 * The next thing to tell the program; null when it is over, be it handed over, blocked or taken away, or because
 * the program does not hand over a goal that is reached.
 *
 * @param keeper asks the judge about a program that hands over by itself.
 * @throws HermesError when the board cannot be written.
 */
export async function nextOrder(
  board: Pick<ForeignBoard, "complete" | "isClosed">,
  end: GoalEnd,
  keeper: () => Promise<string | null>,
): Promise<string | null> {
  if (end.then !== "complete") return await keeper();
  for (;;) {
    try {
      await board.complete(end.summary);
      return null;
    } catch (thrown) {
      if (await board.isClosed()) return null;
      if (!(thrown instanceof HermesError) || thrown.code !== "refused") throw thrown;
      // A judge that fails is asked again: the board counts, and stops the task when it fails too often.
      if (thrown.details?.["passed"] !== null) return `${thrown.message}\n\nGo on working.`;
    }
  }
}
