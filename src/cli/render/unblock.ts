// Owns: the text of `unblock`.

import type { UnblockOutput } from "../../ops/tasks/unblock.ts";

export function text({ task_id, status }: UnblockOutput): string {
  return `Unblocked ${task_id}  (${status})`;
}
