// Owns: the text of `plan approve`.

import type { PlanApproveOutput } from "../../ops/planning/plan_approve.ts";
import { text as decomposed } from "./decompose.ts";
import type { Screen } from "../terminal.ts";

export function text(outcome: PlanApproveOutput, screen: Screen): string {
  return decomposed(outcome, screen);
}
