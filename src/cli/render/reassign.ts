// Owns: the text of `reassign`.

import type { ReassignOutput } from "../../ops/tasks/reassign.ts";
import { name } from "./words.ts";

export function text({ task_id, assignee, status, reclaimed_run }: ReassignOutput): string {
  const ended = reclaimed_run === null ? "" : `, run ${reclaimed_run} was ended`;
  return `Reassigned ${task_id} to ${name(assignee)}  (${status}${ended})`;
}
