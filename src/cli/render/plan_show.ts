// Owns: the text of `plan show`.

import type { PlanShowOutput } from "../../ops/planning/plan_show.ts";
import type { Screen } from "../terminal.ts";
import { planText } from "./plan_lines.ts";

export function text({ plan }: PlanShowOutput, screen: Screen): string {
  return planText(plan, screen);
}
