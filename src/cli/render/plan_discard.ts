// Owns: the text of `plan discard`.

import type { PlanDiscardOutput } from "../../ops/planning/plan_discard.ts";

export function text({ task_id }: PlanDiscardOutput): string {
  return `Discarded the plan for ${task_id}; the task stays in triage.`;
}
