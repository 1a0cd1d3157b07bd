// Owns: which parents keep a task waiting, told as the kernel tells it.

import type { LinkedTask } from "../api/shapes.ts";

/** Parents that were not completed and that nobody waived. */
export function openParentsOf(parents: readonly LinkedTask[]): LinkedTask[] {
  return parents.filter((parent) => !isCompleted(parent) && !parent.waived);
}

/** Archived before it was done: it will never let go of its children by itself. */
export function isLost(parent: LinkedTask): boolean {
  return parent.status === "archived" && parent.completed_at === null;
}

function isCompleted({ status, completed_at }: LinkedTask): boolean {
  return status === "done" || (status === "archived" && completed_at !== null);
}
