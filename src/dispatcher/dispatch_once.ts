// Owns: dispatching on demand, without a service.

import type { DispatcherDeps } from "./deps.ts";
import { lockDispatch } from "./lock.ts";
import { freedTasks, joinReports } from "./report.ts";
import { runTick } from "./tick.ts";
import { emptyResult, type TickResult } from "./tick_result.ts";

export interface DispatchOnceOptions {
  /** Report what would happen and change nothing. */
  dryRun?: boolean;
  /** Workers started at most. */
  maxSpawns?: number;
}

/**
 * Dispatches once under the dispatch lock; without the lock nothing is done. Tasks whose run is ended here
 * can start again in the same call. A dry run needs no lock and prints the plan of the first pass.
 */
export async function dispatchOnce(
  deps: DispatcherDeps,
  options: DispatchOnceOptions = {},
): Promise<TickResult> {
  if (options.dryRun) return (await runTick(deps, options)).result;
  const lock = await lockDispatch(deps.paths);
  if (!lock) return { ...emptyResult(false), skipped_locked: true };
  try {
    const { maxSpawns = Infinity } = options;
    const first = await runTick(deps, { maxSpawns });
    if (!freedTasks(first.result)) return first.result;
    const second = await runTick(deps, { maxSpawns: maxSpawns - first.claims, sweep: false });
    return joinReports(first.result, second.result);
  } finally {
    lock.release();
  }
}
