// Owns: the text of one outcome of `decompose`.

import { HermesError } from "../../base/errors.ts";
import type { DecomposeItem } from "../../ops/planning/decompose.ts";
import type { Screen } from "../terminal.ts";
import { planText } from "./plan_lines.ts";

export const empty = "No triage tasks.";

export function text({ task_id, fanout, child_ids, plan }: DecomposeItem, screen: Screen): string {
  if (plan) return planText(plan, screen);
  if (!fanout) return `Specified ${task_id} → todo (no fanout)`;
  const children = child_ids.length === 1 ? "1 child" : `${child_ids.length} children`;
  return `Decomposed ${task_id} → ${children} (${child_ids.join(", ")}); root promoted to todo`;
}

export function refusal({ task_id, ok, reason }: DecomposeItem): HermesError | null {
  if (ok) return null;
  return new HermesError("refused", `Cannot decompose task "${task_id}": ${reason}`);
}
