// Owns: the text of `plan propose`.

import { HermesError } from "../../base/errors.ts";
import type { PlanProposeOutput } from "../../ops/planning/plan_propose.ts";
import type { Screen } from "../terminal.ts";
import { planText } from "./plan_lines.ts";

export function text({ plan }: PlanProposeOutput, screen: Screen): string {
  return plan ? planText(plan, screen) : "";
}

export function refusal({ task_id, ok, reason }: PlanProposeOutput): HermesError | null {
  if (ok) return null;
  return new HermesError("refused", `Cannot propose plan for task "${task_id}": ${reason}`);
}
