// Owns: keeping a worker in goal mode at work: what it is told each time it stops.

import { HermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import guidance from "./prompts/goal.txt" with { type: "text" };

/** What the judge found, and what came of it. */
export interface Judged {
  /** Null when the judge could not decide. */
  passed: boolean | null;
  reason: string;
  /** Times it has said no so far. */
  turn: number;
  max_turns: number;
  /** The task waits for somebody now: the run is over. */
  blocked: boolean;
}

/** A goal as its worker sees it. */
export interface Goal {
  maxTurns: number;
  /**
   * Asks the judge, who sees what was done so far. After too many noes, or failures of its own, the task is blocked.
   *
   * @throws HermesError `fenced` when the run is closed.
   */
  judge(): Promise<Judged>;
}

/** What a worker is told about goal mode, behind its brief. */
export function goalGuidance(goal: Goal): string {
  return guidance.trim().replace("{{turns}}", String(goal.maxTurns));
}

/** Times a worker is asked to hand off a goal that is reached. */
const maxReminders = 2;

/**
 * Asks the judge whenever the model stops, and says what comes next.
 *
 * @returns a function that answers the next thing to tell the model; null ends the run.
 */
export function goalKeeper(goal: Goal, log: Log): () => Promise<string | null> {
  let reminders = 0;
  return async () => {
    const found = await decide(goal, log);
    if (found === null || found.blocked) return null;
    const { passed, reason, turn, max_turns } = found;
    log.info(`the judge says ${passed ? "reached" : `not reached, ${turn} of ${max_turns}`}`, {
      reason,
    });
    if (!passed) {
      return `The judge finds the goal not reached (${turn} of ${max_turns}): ${reason}\n\n` +
        "Go on working. If only a person or another task can help, call kanban_block with kind " +
        "needs_input or dependency.";
    }
    if (reminders++ === maxReminders) return null;
    return `The judge finds the goal reached: ${reason}\n\n` +
      "Call kanban_complete now, with a summary and metadata.";
  };
}

/** A judge that fails is asked again: the board counts, and stops the task when it fails too often. */
async function decide(goal: Goal, log: Log): Promise<Judged | null> {
  for (;;) {
    try {
      const found = await goal.judge();
      if (found.passed !== null || found.blocked) return found;
      log.warn("the judge could not decide", { reason: found.reason });
    } catch (thrown) {
      if (thrown instanceof HermesError && closedCodes.includes(thrown.code)) return null;
      throw thrown;
    }
  }
}

/** The board answers so when somebody else decides about the task now. */
const closedCodes = ["fenced", "refused", "lost_race", "not_found"];
