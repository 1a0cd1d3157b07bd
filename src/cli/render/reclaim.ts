// Owns: the text of `reclaim`.

import type { ReclaimOutput } from "../../ops/runs/reclaim.ts";

export function text({ task_id }: ReclaimOutput): string {
  return `Reclaimed ${task_id}`;
}
