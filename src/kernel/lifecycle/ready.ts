// Owns: the rule that moves waiting tasks to ready. Pure.

import type { WaitingTask } from "../queries/tasks.ts";

/** The tasks that nothing keeps waiting: no unsatisfied parent, and not parked by a person. */
export function movable(waiting: readonly WaitingTask[]): string[] {
  return waiting.filter((task) => task.held === 0 && task.waits === 0).map((task) => task.id);
}
