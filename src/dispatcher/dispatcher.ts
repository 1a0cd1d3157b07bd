// Owns: the dispatcher as a service — passes woken by commits, deadlines and exits, with a timer as backstop.

import { errorText } from "../base/errors.ts";
import type { Service } from "../base/service.ts";
import { sweepWaiting } from "../kernel/promote.ts";
import type { HeldLock } from "../platform/lock_file.ts";
import { sleep } from "../platform/timers.ts";
import { BudgetWatch } from "./budget_watch.ts";
import type { DispatcherDeps } from "./deps.ts";
import { LaneWatch } from "./lane_watch.ts";
import { lockDispatch } from "./lock.ts";
import { StuckWatch } from "./stuck.ts";
import { runTick, type Tick } from "./tick.ts";

/** Milliseconds between tries to take the dispatch lock from another dispatcher. */
const lockRetryMs = 1000;

/** Seconds between sweeps for strays and foreign changes when nothing calls for one. */
const sweepSeconds = 60;

/** Seconds until a pass that failed is tried again. */
const retrySeconds = 5;

/** Milliseconds that stopping waits for workers being started or ended. */
const stopWaitMs = 10_000;

/** Dispatches one board until it is stopped. Workers go on when it stops: they are processes of their own. */
export class Dispatcher implements Service {
  readonly #deps: DispatcherDeps;
  readonly #stuck = new StuckWatch();
  readonly #budgets = new BudgetWatch();
  readonly #lanes = new LaneWatch();
  #abort = new AbortController();
  #loop: Promise<void> | undefined;
  #wake: () => void = () => {};
  #woken = false;
  #sweepDue = true;
  #lastSweep = 0;
  #slice = "";
  #intervalSeconds = sweepSeconds;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
  }

  // deno-lint-ignore require-await -- the service shape is asynchronous
  async start(): Promise<void> {
    if (this.#loop) return;
    this.#abort = new AbortController();
    this.#loop = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    this.#wake();
    await this.#loop;
    this.#loop = undefined;
  }

  /** Asks for a pass now. */
  nudge(): void {
    this.#woken = true;
    this.#wake();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const lock = await this.#takeLock(signal);
    if (!lock) return;
    this.#deps.onHold?.();
    const unwatch = this.#deps.board.engine.watch(() => this.nudge());
    try {
      while (!signal.aborted) {
        this.#woken = false;
        const nextDeadline = await this.#pass();
        await this.#rest(nextDeadline, signal);
      }
    } finally {
      unwatch();
      // The next dispatcher must not find workers half started or half ended.
      await this.#settle();
      lock.release();
    }
  }

  async #takeLock(signal: AbortSignal): Promise<HeldLock | null> {
    let said = "";
    while (!signal.aborted) {
      const lock = await lockDispatch(this.#deps.paths).catch((error) => errorText(error));
      if (lock !== null && typeof lock !== "string") return lock;
      const why = lock ?? "another dispatcher has it";
      if (said !== why) {
        this.#deps.log.warn("waiting for the dispatch lock", {
          board: this.#deps.board.slug,
          reason: why,
        });
      }
      said = why;
      await sleep(lockRetryMs, signal).catch(() => {});
    }
    return null;
  }

  /** One pass; whatever it throws is logged, and the loop goes on. Returns the second the next one is due. */
  async #pass(): Promise<number | null> {
    const deps = this.#deps;
    const now = deps.board.clock.now();
    const backstop = Math.abs(now - this.#lastSweep) >= sweepSeconds;
    const sweep = this.#sweepDue || backstop;
    try {
      if (sweep) {
        this.#sweepDue = false;
        this.#lastSweep = now;
        this.#slice = (await sweepWaiting(deps.board, this.#slice)).next;
      }
      const { maxSpawns } = deps;
      const wake = () => this.#ended();
      const tick = await runTick(deps, { sweep, wait: false, wake, maxSpawns });
      this.#intervalSeconds = tick.intervalSeconds;
      this.#warnWhenStuck(tick);
      this.#lanes.note(tick.badLanes, deps.log);
      this.#budgets.note(tick.usedUp, tick.result.skipped_over_budget.length, deps.log);
      return tick.nextDeadline;
    } catch (error) {
      deps.log.error("dispatcher pass failed", { error: errorText(error) });
      this.#sweepDue ||= sweep;
      return now + retrySeconds;
    }
  }

  /** A worker ended: its children may have stayed behind. */
  #ended(): void {
    this.#sweepDue = true;
    this.nudge();
  }

  #warnWhenStuck({ stuck, claims, intervalSeconds }: Tick): void {
    const now = this.#deps.board.clock.now();
    if (!this.#stuck.note(stuck.length, claims, now, intervalSeconds)) return;
    this.#deps.log.warn(
      "ready tasks are not being started; check their profiles: hermes profile list",
      { tasks: stuck.slice(0, 5).join(" ") },
    );
  }

  /** Waits for a nudge, the next deadline, or the interval of the configuration. */
  async #rest(nextDeadline: number | null, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    // This dispatcher's own commits wake it too: timers and signals must get their turn all the same.
    if (this.#woken) return await sleep(0);
    const untilDeadline = nextDeadline === null
      ? Infinity
      : Math.max(0.05, nextDeadline - this.#deps.board.clock.nowMs() / 1000);
    const nap = new AbortController();
    this.#wake = () => nap.abort();
    await sleep(Math.min(this.#intervalSeconds, untilDeadline) * 1000, nap.signal).catch(() => {});
    this.#wake = () => {};
  }

  async #settle(): Promise<void> {
    const enough = new AbortController();
    const { workers } = this.#deps;
    await Promise.race([workers.idle(), sleep(stopWaitMs, enough.signal).catch(() => {})]);
    enough.abort();
  }
}
