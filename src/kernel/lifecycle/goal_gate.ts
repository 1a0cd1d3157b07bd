// Owns: what an agent may not do with its own task in goal mode: the judge stands at every exit. Pure.

import type { BlockKind } from "../model/status.ts";
import type { Command } from "./commands.ts";
import type { Refusal, Snapshot } from "./decision.ts";

/** What the judge found last in an attempt. */
export interface Verdict {
  /** Null when the judge could not decide. */
  passed: boolean | null;
  reason: string;
}

/** Blocks that an agent may choose: its goal waits for something, it is not given up. */
const openKinds: readonly (BlockKind | null)[] = ["dependency", "needs_input"];

/**
 * Why an agent may not do this, or null. `verdict` is the newest of the open attempt. Only a passing one
 * lets the task be completed; a block says what the goal waits for; other ways off the task, and changing
 * the goal itself, are for people.
 */
export function refuseGoalExit(
  { task }: Snapshot,
  command: Command,
  verdict: Verdict | null,
): Refusal | null {
  if (task.goal_mode !== 1) return null;
  switch (command.type) {
    case "complete":
      if (verdict?.passed === true) return null;
      return refuse(
        `Cannot complete task "${task.id}": ${lackOf(verdict)}`,
        "Go on working. The judge looks again when you hand off with kanban_complete.",
      );
    case "block":
      if (openKinds.includes(command.kind)) return null;
      // Without a judge nobody could ever complete the task: it may wait until there is one again.
      if (command.kind === "transient" && verdict?.passed === null) return null;
      return refuse(
        `Cannot block task "${task.id}": it is in goal mode, where a block has kind dependency or needs_input`,
        "Name what you wait for with one of these kinds, or go on working.",
      );
    case "archive":
    case "move":
    case "reclaim":
      return refuse(
        `Cannot ${command.type} task "${task.id}": it is in goal mode, and its worker may only complete or block it`,
        "Go on working, or block it with kind dependency or needs_input.",
      );
    case "edit":
      if (command.title === undefined && command.body === undefined) return null;
      return refuse(
        `Cannot edit task "${task.id}": it is in goal mode, and its worker may not change the goal`,
        "Say in a comment what should change, and block it with kind needs_input.",
      );
    default:
      return null;
  }
}

function lackOf(verdict: Verdict | null): string {
  if (verdict === null) return "no judge has found its goal reached";
  const found = verdict.passed === null ? "the judge could not decide" : "its goal is not reached";
  return `${found}: ${verdict.reason}`;
}

function refuse(message: string, remedy: string): Refusal {
  return { code: "refused", message, remedy };
}
