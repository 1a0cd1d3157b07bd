// Owns: decomposing triage tasks on their own — which, how many, and when to try a failed one again.

import type { Clock } from "../base/clock.ts";
import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Service } from "../base/service.ts";
import type { Config } from "../config/schema.ts";
import type { Board } from "../kernel/board.ts";
import { isDayUsedUp } from "../kernel/budget.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import { plannableTasks } from "../kernel/plannable.ts";
import type { AutoLimits } from "../kernel/plannable.ts";
import { auxiliaryProblem } from "../llm/auxiliary.ts";
import { decomposeTask } from "./decompose.ts";
import type { PlannerDeps } from "./decompose.ts";
import { choose, retrySeconds } from "./pacing.ts";
import type { Attempt, Candidate } from "./pacing.ts";
import { autoLimits } from "./readiness.ts";

/** Author of everything written without a person asking for it. */
export const autoAuthor = "auto-decomposer";

/** What the automatic planner is made of; `app` fills it in. */
export interface AutoPlannerDeps extends Pick<PlannerDeps, "paths" | "env" | "createClient"> {
  /** The configuration as it is now, read before every round. */
  config(): Promise<Config>;
  clock: Clock;
  log: Log;
  /** Resolves after `ms` milliseconds; rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Watches triage and decomposes what it finds. Model calls run beside the dispatcher, never in its
 * way: a hanging model delays nothing but its own task. At most `auto_decompose_per_tick` calls are
 * begun per dispatch interval and at most that many are under way, over all boards together.
 */
export class AutoPlanner implements Service {
  readonly #deps: AutoPlannerDeps;
  /** The boards that are looked after; a controller ends the calls for its board. */
  readonly #boards = new Map<Board, AbortController>();
  readonly #watches = new Map<Board, () => void>();
  readonly #attempts = new Map<string, Attempt>();
  readonly #underWay = new Map<string, { board: Board; done: Promise<void> }>();
  /** Monotonic milliseconds at which each call of the running interval began. */
  #begun: number[] = [];
  #abort = new AbortController();
  #loop: Promise<void> | undefined;
  #nap = new AbortController();
  #problem: string | null = null;
  /** The look at the boards that is under way. */
  #reading: Promise<unknown> = Promise.resolve();

  constructor(deps: AutoPlannerDeps) {
    this.#deps = deps;
  }

  /** Looks after a board from now on. */
  add(board: Board): void {
    if (this.#boards.has(board)) return;
    this.#boards.set(board, new AbortController());
    if (this.#loop) this.#watch(board);
    this.#nap.abort();
  }

  /** Lets go of a board and aborts its calls. It may be closed once this has resolved. */
  async remove(board: Board): Promise<void> {
    this.#boards.get(board)?.abort();
    this.#boards.delete(board);
    this.#unwatch(board);
    await this.#reading.catch(() => {});
    const own = [...this.#underWay.values()].filter((call) => call.board === board);
    await Promise.all(own.map(({ done }) => done));
  }

  // deno-lint-ignore require-await -- the service shape is asynchronous
  async start(): Promise<void> {
    if (this.#loop) return;
    this.#abort = new AbortController();
    for (const board of this.#boards.keys()) {
      this.#boards.set(board, new AbortController());
      this.#watch(board);
    }
    this.#loop = this.#run(this.#abort.signal);
  }

  /** Aborts the calls under way: their tasks stay in triage untouched. */
  async stop(): Promise<void> {
    this.#abort.abort();
    for (const calls of this.#boards.values()) calls.abort();
    this.#nap.abort();
    await this.#loop;
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
    for (const board of this.#boards.keys()) this.#unwatch(board);
    this.#loop = undefined;
  }

  #watch(board: Board): void {
    this.#watches.set(board, board.engine.watch(() => this.#nap.abort()));
  }

  #unwatch(board: Board): void {
    this.#watches.get(board)?.();
    this.#watches.delete(board);
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#nap = new AbortController();
      const seconds = await this.#round().catch((error) => {
        this.#deps.log.error("Automatic planning failed", { error: errorText(error) });
        return 60;
      });
      if (!signal.aborted) {
        await this.#deps.sleep(seconds * 1000, this.#nap.signal).catch(() => {});
      }
    }
  }

  /** Begins what may begin now; returns the seconds after which something else may. */
  async #round(): Promise<number> {
    const config = await this.#deps.config();
    const { auto_decompose, auto_decompose_per_tick: cap, dispatch_interval_seconds } =
      config.kanban;
    if (!auto_decompose || cap === 0 || !this.#hasModel(config)) return dispatch_interval_seconds;
    const now = this.#deps.clock.monotonicMs();
    this.#begun = this.#begun.filter((at) => now - at < dispatch_interval_seconds * 1000);
    const reading = this.#candidates(cap, autoLimits(config), config.kanban.max_cost_per_day);
    this.#reading = reading;
    const { candidates, quietMs } = await reading;
    const { chosen, waitMs } = choose(candidates, {
      nowMs: now,
      attempts: this.#attempts,
      budget: Math.min(cap - this.#begun.length, cap - this.#underWay.size),
    });
    for (const { key, board, task } of chosen) {
      const own = this.#boards.get(board);
      if (!own) continue;
      this.#begun.push(now);
      const done = this.#plan(config, key, board, task, own.signal);
      this.#underWay.set(key, { board, done });
    }
    const full = this.#begun.length >= cap;
    const opensMs = full ? this.#begun[0]! + dispatch_interval_seconds * 1000 - now : Infinity;
    const seconds = Math.min(waitMs, opensMs, quietMs) / 1000;
    return Math.min(dispatch_interval_seconds, Math.max(1, seconds));
  }

  /** What may be planned, and milliseconds until something that was just touched may be, too. */
  async #candidates(
    cap: number,
    limits: AutoLimits,
    dayLimitUsd: number,
  ): Promise<{ candidates: Candidate[]; quietMs: number }> {
    const perBoard = cap + this.#attempts.size + this.#underWay.size;
    let quietMs = Infinity;
    const lists = await Promise.all([...this.#boards.keys()].map(async (board) => {
      if (await isDayUsedUp(board, dayLimitUsd)) return [];
      const { tasks, nextAt } = await plannableTasks(board, limits, perBoard);
      if (nextAt !== null) quietMs = Math.min(quietMs, (nextAt - board.clock.now()) * 1000);
      return tasks.map((task) => ({ key: `${board.path}\0${task.id}`, board, task }));
    }));
    const all = lists.flat();
    const known = new Set(all.map(({ key }) => key));
    for (const key of this.#attempts.keys()) if (!known.has(key)) this.#attempts.delete(key);
    return { candidates: all.filter(({ key }) => !this.#underWay.has(key)), quietMs };
  }

  /** One decomposition. Never rejects: whatever goes wrong is logged and the task left in triage. */
  async #plan(
    config: Config,
    key: string,
    board: Board,
    task: TaskRow,
    signal: AbortSignal,
  ): Promise<void> {
    const { paths, env, createClient, log, clock } = this.#deps;
    let reason: string;
    try {
      const deps = { board, config, paths, env, createClient, log, signal };
      const policy = { maxChildren: config.kanban.auto_decompose_max_children };
      const outcome = await decomposeTask(deps, task.id, autoAuthor, policy);
      reason = outcome.reason;
      if (outcome.ok) log.info("Planned a task", { task: task.id, children: outcome.child_ids });
    } catch (error) {
      reason = errorText(error);
    } finally {
      this.#underWay.delete(key);
    }
    if (reason === "" || signal.aborted) {
      this.#attempts.delete(key);
    } else {
      const failures = (this.#attempts.get(key)?.failures ?? 0) + 1;
      const notBeforeMs = clock.monotonicMs() + retrySeconds(failures) * 1000;
      this.#attempts.set(key, { failures, notBeforeMs, title: task.title, body: task.body });
      log.warn("Could not plan a task; it stays in triage", { task: task.id, failures, reason });
    }
    this.#nap.abort();
  }

  /** Whether a model is configured; says once what is missing, so that no task is tried in vain. */
  #hasModel(config: Config): boolean {
    const problem = auxiliaryProblem(config, this.#deps.env, "kanban_decomposer");
    if (problem !== null && problem !== this.#problem) {
      this.#deps.log.warn("Triage tasks wait for a person", { reason: problem });
    }
    this.#problem = problem;
    return problem === null;
  }
}
