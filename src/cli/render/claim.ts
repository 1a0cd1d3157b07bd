// Owns: the text of `claim`.

import type { ClaimOutput } from "../../ops/tasks/claim.ts";
import { stamp } from "./words.ts";

export function text({ task_id, run_id, lock, expires, workspace }: ClaimOutput): string {
  const until = expires === null ? "no limit" : `until ${stamp(expires)} UTC`;
  return `Claimed ${task_id}  (run ${run_id}, ${lock}, ${until})\nWorkspace: ${workspace}`;
}
