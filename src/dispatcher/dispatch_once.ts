// Owns: dispatching on demand, without a service.

import type { Board } from "../kernel/board.ts";
import { sweepWaiting } from "../kernel/promote.ts";
import type { DispatcherDeps } from "./deps.ts";
import { lockDispatch } from "./lock.ts";
import { joinReports } from "./report.ts";
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
    const promoted = await sweepWhole(deps.board);
    const { result, claims, ended } = await runTick(deps, { maxSpawns });
    result.promoted += promoted;
    if (ended === 0) return result;
    const second = await runTick(deps, { maxSpawns: maxSpawns - claims, sweep: false });
    return joinReports(result, second.result);
  } finally {
    lock.release();
  }
}

/** Promotes also what a foreign program freed without an event: there may be no service that would find it. */
async function sweepWhole(board: Board): Promise<number> {
  let promoted = 0;
  let after = "";
  do {
    const slice = await sweepWaiting(board, after);
    promoted += slice.promoted.length;
    after = slice.next;
  } while (after !== "");
  return promoted;
}
