// Owns: telling the passing of time from steps of the wall clock.

import type { Clock } from "../base/clock.ts";

/** A difference between the clocks below this is drift, not a step; milliseconds. */
const toleranceMs = 2000;

interface Seen {
  value: number;
  wallMs: number;
  monotonicMs: number;
}

/**
 * Remembers when each time of a run was first seen. A wall clock that is set, or a machine that slept, must
 * not make a run older or younger than it is.
 */
export class SteadyTimes {
  readonly #runs = new Map<number, Map<string, Seen>>();

  /**
   * An epoch second as the wall clock would have to show it for its distance from now to be the time that has
   * really passed since it was first seen.
   *
   * @param name which of the run's times this is
   */
  inPresent<T extends number | null>(clock: Clock, runId: number, name: string, value: T): T {
    if (value === null) return value;
    const [wallMs, monotonicMs] = [clock.nowMs(), clock.monotonicMs()];
    const times = this.#runs.get(runId) ?? new Map<string, Seen>();
    this.#runs.set(runId, times);
    const seen = times.get(name);
    if (seen?.value !== value) {
      times.set(name, { value, wallMs, monotonicMs });
      return value;
    }
    const stepMs = wallMs - seen.wallMs - (monotonicMs - seen.monotonicMs);
    if (Math.abs(stepMs) < toleranceMs) return value;
    return value + Math.round(stepMs / 1000) as T;
  }

  /** Forgets all runs but these. */
  keep(runs: ReadonlySet<number>): void {
    for (const runId of this.#runs.keys()) if (!runs.has(runId)) this.#runs.delete(runId);
  }
}
