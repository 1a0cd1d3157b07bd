// Owns: the dispatcher as a service — passes woken by commits, deadlines and exits, with a timer as backstop.

import { errorText } from "../base/errors.ts";
import type { Service } from "../base/service.ts";
import { sweepWaiting } from "../kernel/promote.ts";
import type { HeldLock } from "../platform/lock_file.ts";
import { sleep } from "../platform/timers.ts";
import type { DispatcherDeps } from "./deps.ts";
import { lockDispatch } from "./lock.ts";
import { StuckWatch } from "./stuck.ts";
import { runTick, type Tick } from "./tick.ts";
import { emptyResult, type TickResult } from "./tick_result.ts";

/** Milliseconds between tries to take the dispatch lock from another dispatcher. */
const lockRetryMs = 1000;

/** Seconds between sweeps for strays and foreign changes when nothing calls for one. */
const sweepSeconds = 60;

/** Runs one pass under the dispatch lock; without the lock nothing is done. Dry runs need no lock. */
export async function dispatchOnce(
  deps: DispatcherDeps,
  options: { dryRun?: boolean; maxSpawns?: number } = {},
): Promise<TickResult> {
  if (options.dryRun) return (await runTick(deps, options)).result;
  const lock = await lockDispatch(deps.paths);
  if (!lock) return { ...emptyResult(false), skipped_locked: true };
  try {
    return (await runTick(deps, options)).result;
  } finally {
    lock.release();
  }
}

/** Dispatches one board until it is stopped. Workers go on when it stops: they are processes of their own. */
export class Dispatcher implements Service {
  readonly #deps: DispatcherDeps;
  readonly #stuck = new StuckWatch();
  #abort = new AbortController();
  #loop: Promise<void> | undefined;
  #wake: () => void = () => {};
  #woken = false;
  #sweepDue = true;
  #lastSweep = 0;
  #slice = "";

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
    await this.#deps.workers.idle();
  }

  /** Asks for a pass now. */
  nudge(): void {
    this.#woken = true;
    this.#wake();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const lock = await this.#takeLock(signal);
    if (!lock) return;
    const unwatch = this.#deps.board.engine.watch(() => this.nudge());
    try {
      while (!signal.aborted) {
        this.#woken = false;
        const nextDeadline = await this.#pass();
        if (!this.#woken) await this.#rest(nextDeadline, signal);
      }
    } finally {
      unwatch();
      lock.release();
    }
  }

  async #takeLock(signal: AbortSignal): Promise<HeldLock | null> {
    let said = false;
    while (!signal.aborted) {
      const lock = await lockDispatch(this.#deps.paths);
      if (lock) return lock;
      if (!said) {
        this.#deps.log.warn("another dispatcher has this board; waiting for it to end", {
          board: this.#deps.board.slug,
        });
      }
      said = true;
      await sleep(lockRetryMs, signal).catch(() => {});
    }
    return null;
  }

  /** One pass; whatever it throws is logged, and the loop goes on. */
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
      const tick = await runTick(deps, { sweep, wait: false, wake: () => this.#ended() });
      this.#warnWhenStuck(tick);
      return tick.nextDeadline;
    } catch (error) {
      deps.log.error("dispatcher pass failed", { error: errorText(error) });
      return null;
    }
  }

  /** A worker ended: its children may have stayed behind. */
  #ended(): void {
    this.#sweepDue = true;
    this.nudge();
  }

  #warnWhenStuck({ result, claims }: Tick): void {
    const waiting = result.skipped_nonspawnable;
    if (!this.#stuck.note(waiting.length, claims, this.#deps.board.clock.now())) return;
    this.#deps.log.warn(
      "ready tasks are not being started; check their profiles: hermes profile list",
      { tasks: waiting.slice(0, 5).join(" ") },
    );
  }

  /** Waits for a nudge, the next deadline, or the interval of the configuration. */
  async #rest(nextDeadline: number | null, signal: AbortSignal): Promise<void> {
    const { board } = this.#deps;
    const { kanban } = await this.#deps.config();
    const untilDeadline = nextDeadline === null
      ? Infinity
      : Math.max(0.05, nextDeadline - board.clock.nowMs() / 1000);
    const seconds = Math.min(kanban.dispatch_interval_seconds, untilDeadline);
    const nap = new AbortController();
    this.#wake = () => nap.abort();
    if (this.#woken || signal.aborted) return;
    await sleep(seconds * 1000, nap.signal).catch(() => {});
    this.#wake = () => {};
  }
}
