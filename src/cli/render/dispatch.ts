// Owns: the text of `dispatch`.

import { plural } from "../../base/text.ts";
import type { DispatchOutput } from "../../ops/runs/dispatch.ts";
import { name } from "./words.ts";

export function text(result: DispatchOutput): string {
  if (result.skipped_locked) return "Another dispatcher has this board; nothing was done.";
  const would = result.dry_run ? "Would start" : "Started";
  const lines = [
    ...result.spawned.map(({ task_id, assignee, workspace }) =>
      `${would} ${task_id}  @${name(assignee)}${workspace === null ? "" : `  ${workspace}`}`
    ),
    ...listed("Crashed", result.crashed),
    ...listed("Out of time", result.timed_out),
    ...listed("Ended without handing over", result.protocol_violations),
    ...listed("Waiting for the model provider", result.rate_limited),
    ...listed("Could not be started", result.spawn_failed),
    ...listed("Given up", result.auto_blocked),
    ...listed("Skipped, nobody assigned", result.skipped_unassigned),
    ...listed("Skipped, assignee is no profile", result.skipped_nonspawnable),
    ...listed("Skipped, profile is busy", result.skipped_per_profile_capped),
    ...listed("Skipped, budget is used up", result.skipped_over_budget),
    ...listed("Skipped, worker of the profile is not set up", result.skipped_bad_lane),
    ...counted("Skipped, board is busy", result.skipped_capped),
    ...counted("Reclaimed", result.reclaimed),
    ...counted("Promoted", result.promoted),
    ...counted("Claims extended", result.extended),
  ];
  return lines.length > 0 ? lines.join("\n") : "Nothing to do.";
}

function listed(words: string, ids: readonly string[]): string[] {
  return ids.length > 0 ? [`${words}: ${ids.join(", ")}`] : [];
}

function counted(words: string, count: number): string[] {
  return count > 0 ? [`${words}: ${plural(count, "task")}`] : [];
}
