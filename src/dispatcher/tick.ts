// Owns: one pass — observe, plan, act.

import { errorText } from "../base/errors.ts";
import type { Config } from "../config/schema.ts";
import { command } from "../kernel/board.ts";
import type { Budget } from "../kernel/budget.ts";
import { promoteWaiting } from "../kernel/promote.ts";
import { endMarked } from "../platform/kill_tree.ts";
import type { Action } from "./actions.ts";
import { type DispatcherDeps, lockText } from "./deps.ts";
import { endRun } from "./end_run.ts";
import type { DispatchLimits, ObservedRun } from "./observation.ts";
import { observe, openRuns } from "./observe.ts";
import { plan } from "./plan.ts";
import { reportDryRun, reportEnd, reportSkipped, reportStart } from "./report.ts";
import { claimTask, startWorker } from "./start_worker.ts";
import type { TickResult } from "./tick_result.ts";

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

/** What a pass did, and when the next one is due. */
export interface Tick {
  result: TickResult;
  /** Tasks claimed by this pass. */
  claims: number;
  /** Runs and leftovers of runs that were ended: their tasks may be started by another pass. */
  ended: number;
  /** Ready tasks that neither a limit nor a running worker explains: their start is refused, or has no profile. */
  stuck: string[];
  /** Budgets that keep tasks from being started. */
  usedUp: Budget[];
  /** Profiles whose worker cannot be told from their files, and why. */
  badLanes: ReadonlyMap<string, string>;
  /** Epoch second at which a rule may decide otherwise, or null. */
  nextDeadline: number | null;
  /** Seconds between passes when nothing happens. */
  intervalSeconds: number;
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
  const due = {
    usedUp: observation.usedUp,
    badLanes: observation.badLanes,
    nextDeadline: made.nextDeadline,
    intervalSeconds: config.kanban.dispatch_interval_seconds,
  };
  if (options.dryRun) return { result: reportDryRun(made), claims: 0, ended: 0, stuck: [], ...due };
  const strayRuns = observation.strays.map((stray) => stray.runId);
  deps.workers.remember(openRuns(observation.running), strayRuns);

  const pass = new Pass(deps, config, limits, reportSkipped(made), options.wake ?? (() => {}));
  try {
    for (const action of made.actions) if (action.type !== "spawn") await pass.settle(action);
    // Not only when the plan names tasks to promote: this is also what moves the read position on.
    pass.result.promoted = (await promoteWaiting(deps.board)).length;
    for (const action of made.actions) if (action.type === "spawn") await pass.start(action);
  } finally {
    if (options.wait ?? true) await pass.done();
  }
  const { result, claims, ended, refused } = pass;
  return { result, claims, ended, stuck: [...result.skipped_nonspawnable, ...refused], ...due };
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
    maxCostPerDay: kanban.max_cost_per_day,
  };
}

/** The acting half of a pass. Ending and starting processes takes long and goes on in the background. */
class Pass {
  readonly result: TickResult;
  claims = 0;
  ended = 0;
  /** Ready tasks whose claim was refused. */
  readonly refused: string[] = [];
  readonly #deps: DispatcherDeps;
  readonly #config: Config;
  readonly #limits: DispatchLimits;
  readonly #wake: () => void;
  readonly #work: Promise<void>[] = [];

  constructor(
    deps: DispatcherDeps,
    config: Config,
    limits: DispatchLimits,
    result: TickResult,
    wake: () => void,
  ) {
    this.#deps = deps;
    this.#config = config;
    this.#limits = limits;
    this.result = result;
    this.#wake = wake;
  }

  /** Carries out what concerns runs that are open or over. */
  async settle(action: Exclude<Action, { type: "spawn" }>): Promise<void> {
    switch (action.type) {
      case "promote":
        return;
      case "extend":
        return await this.#extend(action.observed);
      case "end_run":
        return this.#inBackground("end run", this.#endRun(action));
      case "end_strays":
        return this.#inBackground("end strays", this.#endStrays(action));
    }
  }

  /** Claims are waited for, so that the next pass sees them; starting takes longer and is not. */
  async start({ task }: Extract<Action, { type: "spawn" }>): Promise<void> {
    const deps = this.#deps;
    const lane = await deps.lane(task.assignee ?? "default");
    // Its files were edited since the plan was made: the next pass tells.
    if (!lane.ok) return;
    const claimed = await claimTask(deps, this.#config, task, lane);
    if (!claimed) {
      this.refused.push(task.id);
      return;
    }
    this.claims++;
    const starting = startWorker(deps, this.#config, this.#limits, claimed, lane, this.#wake);
    const started = deps.workers.occupy(claimed.runId, starting);
    this.#inBackground(
      "start",
      started.then((outcome) => {
        reportStart(this.result, outcome);
        // Its task has waited for this.
        if (!outcome.ok && outcome.why === "lost") this.#wake();
      }),
    );
  }

  /** Resolves when nothing of this pass is under way any more. */
  async done(): Promise<void> {
    await Promise.all(this.#work);
  }

  async #extend({ task }: ObservedRun): Promise<void> {
    const extended = await command(this.#deps.board, task.id, {
      type: "extend",
      lock: task.claim_lock ?? lockText(this.#deps),
      ttlSeconds: this.#limits.claimTtlSeconds,
    }, { expect: { runId: task.current_run_id } });
    if (extended.ok) this.result.extended++;
  }

  async #endRun(action: Extract<Action, { type: "end_run" }>): Promise<void> {
    const { run } = action.observed;
    const ending = endRun(this.#deps, action.observed, action.command);
    const ended = await (run ? this.#deps.workers.occupy(run.id, ending) : ending);
    reportEnd(this.result, ended);
    // What could not be ended is tried again at the deadline of the plan, not at once.
    if (!ended.written) return;
    this.ended++;
    this.#wake();
  }

  async #endStrays(action: Extract<Action, { type: "end_strays" }>): Promise<void> {
    const { log, workers } = this.#deps;
    const report = await workers.occupy(action.runId, endMarked(action.marker, strayGraceMs));
    if (report.survivors.length > 0) {
      log.warn("processes of a finished run do not end", {
        run: action.runId,
        pids: report.survivors.join(" "),
      });
      return;
    }
    this.ended++;
    this.#wake();
    if (report.ended.length === 0) return;
    log.info("ended processes of a finished run", {
      run: action.runId,
      pids: report.ended.join(" "),
    });
  }

  /** A failing action is logged and leaves the others alone. */
  #inBackground(what: string, work: Promise<void>): void {
    this.#work.push(work.catch((error) => {
      this.#deps.log.error("dispatcher action failed", { action: what, error: errorText(error) });
    }));
  }
}
