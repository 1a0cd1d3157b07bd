// Owns: what this process knows about workers: which are its children, how they exited, which are in its hands.

import type { ExitStatus, SpawnedProcess } from "../platform/spawn.ts";
import { SteadyTimes } from "./steady_times.ts";

/** The workers of one board, as far as this process saw them. */
export class WorkerTable {
  /** What this process knows about the age of runs, whatever the wall clock says. */
  readonly times = new SteadyTimes();
  readonly #children = new Set<number>();
  readonly #exits = new Map<number, ExitStatus>();
  readonly #busy = new Map<number, Promise<unknown>>();
  /** Runs that were open, or whose processes were still there, when last looked at. */
  #known: ReadonlySet<number> = new Set();

  /** Follows a worker that this process started until it exits, then calls back. */
  track(runId: number, process: SpawnedProcess, onExit: () => void): void {
    this.#children.add(runId);
    process.exited.then((status) => {
      this.#children.delete(runId);
      this.#exits.set(runId, status);
      onExit();
    });
  }

  /** True from the start of a worker by this process until its exit is reported. */
  isChild(runId: number): boolean {
    return this.#children.has(runId);
  }

  /** How the run's worker exited, if this process saw it. */
  exitOf(runId: number): ExitStatus | null {
    return this.#exits.get(runId) ?? null;
  }

  /**
   * Whether a run is no longer open that was known, is in the hands of this process or has a worker of it: its
   * processes may have outlived it. A run may be over before any pass has seen it open.
   */
  outlives(open: ReadonlySet<number>): boolean {
    const followed = [...this.#known, ...this.#children, ...this.#busy.keys()];
    return followed.some((runId) => !open.has(runId));
  }

  /** Notes the runs to keep an eye on, and drops the exit records of all that are over. */
  remember(open: ReadonlySet<number>, withStrays: readonly number[]): void {
    this.#known = new Set([...open, ...withStrays]);
    this.times.keep(this.#known);
    for (const runId of this.#exits.keys()) if (!open.has(runId)) this.#exits.delete(runId);
  }

  /** Marks a run as being started or ended until `work` settles; a plan leaves it alone meanwhile. */
  occupy<T>(runId: number, work: Promise<T>): Promise<T> {
    const settled = work.finally(() => this.#busy.delete(runId));
    this.#busy.set(runId, settled.catch(() => {}));
    return settled;
  }

  isBusy(runId: number): boolean {
    return this.#busy.has(runId);
  }

  /** The runs that are being started or ended now. */
  busyRuns(): ReadonlySet<number> {
    return new Set(this.#busy.keys());
  }

  /** Resolves when nothing is being started or ended. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }
}
