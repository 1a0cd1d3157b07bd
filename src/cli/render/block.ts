// Owns: the text of `block`.

import type { BlockOutput } from "../../ops/block.ts";

export function text({ task_id, status }: BlockOutput): string {
  return status === "blocked"
    ? `Blocked ${task_id}`
    : `Blocked ${task_id} for the same kind again: it is back in ${status}`;
}
