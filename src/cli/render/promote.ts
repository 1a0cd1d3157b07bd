// Owns: the text of `promote`.

import type { PromoteOutput } from "../../ops/promote.ts";

export function text({ task_id, status }: PromoteOutput): string {
  return `Promoted ${task_id}  (${status})`;
}
