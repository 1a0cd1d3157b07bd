// Owns: the text of `plan edit`.

import type { PlanEditOutput } from "../../ops/planning/plan_edit.ts";
import type { Screen } from "../terminal.ts";
import { planText } from "./plan_lines.ts";

export function text({ plan, changes, form }: PlanEditOutput, screen: Screen): string {
  if (form !== null) return form;
  if (changes.length === 0) return `Nothing changed in the plan for ${plan.task_id}.`;
  return `Changed ${changes.join("; ")}.\n\n${planText(plan, screen)}`;
}
