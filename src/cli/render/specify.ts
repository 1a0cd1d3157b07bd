// Owns: the text of one outcome of `specify`.

import { HermesError } from "../../base/errors.ts";
import type { SpecifyItem } from "../../ops/planning/specify.ts";
import { oneLine } from "../terminal.ts";

export const empty = "No triage tasks.";

export function text({ task_id, new_title }: SpecifyItem): string {
  const title = new_title === null ? "" : `: ${oneLine(new_title)}`;
  return `Specified ${task_id} → todo${title}`;
}

export function refusal({ task_id, ok, reason }: SpecifyItem): HermesError | null {
  if (ok) return null;
  return new HermesError("refused", `Cannot specify task "${task_id}": ${reason}`);
}
