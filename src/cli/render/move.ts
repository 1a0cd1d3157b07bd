// Owns: the text of `move`.

import type { MoveOutput } from "../../ops/tasks/move.ts";

export function text({ task_id, status }: MoveOutput): string {
  return `Moved ${task_id}  (${status})`;
}
