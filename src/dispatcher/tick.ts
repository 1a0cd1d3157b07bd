// Owns: one pass — observe, plan, act.

import { errorText } from "../base/errors.ts";
import type { Config } from "../config/schema.ts";
import { command } from "../kernel/board.ts";
import { promoteWaiting } from "../kernel/promote.ts";
import { endMarked } from "../platform/kill_tree.ts";
import type { Action, Plan } from "./actions.ts";
import { type DispatcherDeps, lockText } from "./deps.ts";
import { type Ended, endRun } from "./end_run.ts";
import type { DispatchLimits } from "./observation.ts";
import { observe } from "./observe.ts";
import { plan } from "./plan.ts";
import { claimTask, type Started, startWorker } from "./start_worker.ts";
import { emptyResult, type TickResult } from "./tick_result.ts";

export interface TickOptions {
  /** Report what would happen and change nothing. */
  dryRun?: boolean;
  /** Workers started by this pass at most. */
  maxSpawns?: number;
  /** Also look for processes of finished runs. */
  sweep?: boolean;
  /** Called when something ended after the pass, so that another one is due. */
  wake?: () => void;
  /** False returns while workers are still being started and ended; the rest is then missing in the result. */
  wait?: boolean;
}

/** What a pass did, and when the next one is due at the latest. */
export interface Tick {
  result: TickResult;
  /** Tasks claimed by this pass. */
  claims: number;
  /** Epoch second, or null. */
  nextDeadline: number | null;
}

/** Seconds a worker may take to exit after it has handed over. */
const exitGraceSeconds = 20;

/** Milliseconds strays get between SIGTERM and SIGKILL. */
const strayGraceMs = 1000;

/** Runs one pass. The caller holds the dispatch lock unless this is a dry run. */
export async function runTick(deps: DispatcherDeps, options: TickOptions = {}): Promise<Tick> {
  const config = await deps.config();
  const limits = limitsOf(config, options.maxSpawns);
  const profiles = await deps.profileNames();
  const observation = await observe(deps, limits, profiles, options.sweep ?? true);
  const made = plan(observation, limits, (profile) => profiles.includes(profile));
  const result = reportPlan(made, options.dryRun ?? false);
  if (options.dryRun) return { result, claims: 0, nextDeadline: made.nextDeadline };
  // Promotion first: the plan starts tasks that it promotes.
  if (made.actions.some((action) => action.type === "promote")) {
    result.promoted = (await promoteWaiting(deps.board)).length;
  }
  const wake = options.wake ?? (() => {});
  const work: Promise<void>[] = [];
  let claims = 0;
  for (const action of made.actions) {
    if (action.type !== "spawn") {
      work.push(guarded(deps, action.type, act(deps, config, action, result, wake)));
      continue;
    }
    // Claims are waited for, so that the next pass sees them; starting takes longer and is not.
    const claimed = await claimTask(deps, config, action.task);
    if (!claimed) continue;
    claims++;
    const start = deps.workers.occupy(claimed.runId, startWorker(deps, config, claimed, wake));
    work.push(guarded(deps, "spawn", start.then((started) => reportStart(result, started))));
  }
  if (options.wait ?? true) await Promise.all(work);
  return { result, claims, nextDeadline: made.nextDeadline };
}

function limitsOf(config: Config, maxSpawns = Infinity): DispatchLimits {
  const { kanban } = config;
  return {
    maxInProgress: kanban.max_in_progress,
    maxPerProfile: kanban.max_in_progress_per_profile,
    maxSpawns,
    claimTtlSeconds: kanban.claim_ttl_seconds,
    staleHeartbeatSeconds: kanban.stale_heartbeat_seconds,
    rateLimitCooldownSeconds: kanban.rate_limit_cooldown_seconds,
    exitGraceSeconds,
  };
}

/** A failing action is logged and leaves the others alone. */
async function guarded(deps: DispatcherDeps, what: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    deps.log.error("dispatcher action failed", { action: what, error: errorText(error) });
  }
}

async function act(
  deps: DispatcherDeps,
  config: Config,
  action: Exclude<Action, { type: "spawn" }>,
  result: TickResult,
  wake: () => void,
): Promise<void> {
  switch (action.type) {
    case "promote":
      return;
    case "extend": {
      const { task } = action.observed;
      const extended = await command(deps.board, task.id, {
        type: "extend",
        lock: task.claim_lock ?? lockText(deps),
        ttlSeconds: config.kanban.claim_ttl_seconds,
      }, { expect: { runId: task.current_run_id } });
      if (extended.ok) result.extended++;
      return;
    }
    case "end_run": {
      const { run } = action.observed;
      const ending = endRun(deps, action.observed, action.command);
      reportEnd(result, await (run ? deps.workers.occupy(run.id, ending) : ending));
      wake();
      return;
    }
    case "end_strays": {
      const report = await deps.workers.occupy(
        action.runId,
        endMarked(action.marker, strayGraceMs),
      );
      deps.log.info("ended processes of a finished run", {
        run: action.runId,
        pids: report.ended.join(" "),
      });
      return;
    }
  }
}

function reportPlan(made: Plan, dryRun: boolean): TickResult {
  const result = emptyResult(dryRun);
  result.skipped_unassigned = made.skipped.unassigned;
  result.skipped_nonspawnable = made.skipped.nonspawnable;
  result.skipped_per_profile_capped = made.skipped.profileCapped;
  result.skipped_capped = made.skipped.capped;
  if (!dryRun) return result;
  for (const action of made.actions) {
    switch (action.type) {
      case "promote":
        result.promoted = action.tasks.length;
        break;
      case "spawn":
        result.spawned.push({
          task_id: action.task.id,
          assignee: action.task.assignee ?? "",
          workspace: null,
        });
        break;
      case "extend":
        result.extended++;
        break;
      case "end_run": {
        const { task } = action.observed;
        const ended: Ended = {
          taskId: task.id,
          command: action.command.type,
          written: true,
          gaveUp: false,
        };
        reportEnd(result, ended);
        break;
      }
      case "end_strays":
        break;
    }
  }
  return result;
}

function reportStart(result: TickResult, started: Started): void {
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

function reportEnd(result: TickResult, ended: Ended): void {
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
