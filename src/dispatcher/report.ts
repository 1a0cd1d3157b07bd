// Owns: turning what a pass plans and does into its report.

import type { Plan } from "./actions.ts";
import type { Ended } from "./end_run.ts";
import type { Started } from "./start_worker.ts";
import { emptyResult, type TickResult } from "./tick_result.ts";

/** The report of a plan that is about to be carried out: so far only what it leaves out. */
export function reportSkipped({ skipped }: Plan): TickResult {
  return {
    ...emptyResult(false),
    skipped_unassigned: skipped.unassigned,
    skipped_nonspawnable: skipped.nonspawnable,
    skipped_per_profile_capped: skipped.profileCapped,
    skipped_over_budget: skipped.overBudget,
    skipped_bad_lane: skipped.badLane,
    skipped_capped: skipped.capped,
  };
}

/** The report of a plan that is not carried out, as if everything in it had succeeded. */
export function reportDryRun(plan: Plan): TickResult {
  const result = { ...reportSkipped(plan), dry_run: true };
  for (const action of plan.actions) {
    switch (action.type) {
      case "promote":
        result.promoted = action.tasks.length;
        break;
      case "spawn": {
        const { id, assignee } = action.task;
        result.spawned.push({ task_id: id, assignee: assignee ?? "", workspace: null });
        break;
      }
      case "extend":
        result.extended++;
        break;
      case "end_run":
        reportEnd(result, {
          taskId: action.observed.task.id,
          command: action.command.type,
          written: true,
          gaveUp: false,
        });
        break;
      case "end_strays":
        break;
    }
  }
  return result;
}

export function reportStart(result: TickResult, started: Started): void {
  if (started.ok) {
    result.spawned.push({
      task_id: started.taskId,
      assignee: started.assignee,
      workspace: started.workspace,
    });
  } else if (started.why === "failed") {
    result.spawn_failed.push(started.taskId);
    if (started.gaveUp) result.auto_blocked.push(started.taskId);
  }
}

export function reportEnd(result: TickResult, ended: Ended): void {
  if (!ended.written) return;
  if (ended.gaveUp) result.auto_blocked.push(ended.taskId);
  switch (ended.command) {
    case "crash":
      result.crashed.push(ended.taskId);
      break;
    case "time_out":
      result.timed_out.push(ended.taskId);
      break;
    case "protocol_violation":
      result.protocol_violations.push(ended.taskId);
      break;
    case "rate_limit":
      result.rate_limited.push(ended.taskId);
      break;
    default:
      result.reclaimed++;
  }
}

/** One report for two passes that follow each other: what happened adds up, what waits is the later view. */
export function joinReports(first: TickResult, second: TickResult): TickResult {
  return {
    ...second,
    reclaimed: first.reclaimed + second.reclaimed,
    promoted: first.promoted + second.promoted,
    extended: first.extended + second.extended,
    crashed: [...first.crashed, ...second.crashed],
    timed_out: [...first.timed_out, ...second.timed_out],
    protocol_violations: [...first.protocol_violations, ...second.protocol_violations],
    rate_limited: [...first.rate_limited, ...second.rate_limited],
    spawn_failed: [...first.spawn_failed, ...second.spawn_failed],
    auto_blocked: [...first.auto_blocked, ...second.auto_blocked],
    spawned: [...first.spawned, ...second.spawned],
  };
}
