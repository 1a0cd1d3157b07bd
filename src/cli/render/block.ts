// Owns: the text of `block`.

import type { BlockOutput } from "../../ops/tasks/block.ts";

export function text({ task_id, status }: BlockOutput): string {
  if (status === "todo") {
    return `Blocked ${task_id}: it goes on when the tasks it waits for are done`;
  }
  return status === "blocked"
    ? `Blocked ${task_id}`
    : `Blocked ${task_id} for the same kind again: it is back in ${status}`;
}
