// Owns: the text of `assign`.

import type { AssignOutput } from "../../ops/tasks/assign.ts";

export function text({ task_id, assignee }: AssignOutput): string {
  return assignee === null ? `Assigned ${task_id} to nobody` : `Assigned ${task_id} to ${assignee}`;
}
