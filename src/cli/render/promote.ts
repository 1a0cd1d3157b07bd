// Owns: the text of `promote`.

import type { PromoteOutput } from "../../ops/tasks/promote.ts";

export function text({ task_id, dry_run, waived_parents }: PromoteOutput): string {
  const waived = waived_parents.length > 0 ? `  (without ${waived_parents.join(", ")})` : "";
  return `${dry_run ? "Would promote" : "Promoted"} ${task_id}${waived}`;
}
