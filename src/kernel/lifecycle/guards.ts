// Owns: the conditions a decision rests on, each under a name. Pure.

import type { LinkedTask, TaskRow } from "../model/rows.ts";
import type { Command } from "./commands.ts";
import type { Policy, Refusal, Snapshot } from "./decision.ts";
import { accepts } from "./transitions.ts";

/** A parent is satisfied when it was completed: done, or archived after having been done. */
export function isSatisfied(parent: { status: string; completed_at: number | null }): boolean {
  return parent.status === "done" || (parent.status === "archived" && parent.completed_at !== null);
}

/** Why the command is refused from the task's status, or null. */
export function refuseStatus(task: TaskRow, command: Command): Refusal | null {
  if (accepts(command.type, task.status)) return null;
  const verb = command.type.replaceAll("_", " ");
  return {
    code: "refused",
    message: `Cannot ${verb} task "${task.id}": status is ${task.status}`,
    details: { status: task.status },
  };
}

/** Why a write for run `fence` is refused, or null when that run is the task's open one. */
export function refuseFence(snapshot: Snapshot, fence: number | null | undefined): Refusal | null {
  if (fence === null || fence === undefined) return null;
  if (snapshot.run?.id === fence) return null;
  const holder = snapshot.run ? `run ${snapshot.run.id} holds the task` : "it is closed";
  return {
    code: "fenced",
    message: `Cannot write to task "${snapshot.task.id}" for run ${fence}: ${holder}`,
    remedy: "Stop working on this task: another attempt may be under way.",
    details: { run_id: fence },
  };
}

/** Failures that the task may still have, this one included, before it is blocked. */
export function isLastStraw(task: TaskRow, policy: Policy): boolean {
  const limit = task.max_retries ?? policy.failureLimit;
  return task.consecutive_failures + 1 >= Math.max(1, limit);
}

/** `"Title" (t_…, running), …` for messages that name open parents. */
export function nameParents(parents: readonly LinkedTask[]): string {
  return parents.map((parent) => `"${parent.title}" (${parent.id}, ${parent.status})`).join(", ");
}
