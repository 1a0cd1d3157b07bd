// Owns: finding claims whose worker is gone, for when no dispatcher looks after them.

import { command } from "../kernel/board.ts";
import type { DispatcherDeps } from "./deps.ts";
import type { DispatchLimits, ObservedRun } from "./observation.ts";
import { observe } from "./observe.ts";
import { isExpired } from "./rules/expired.ts";

/** Claims that nothing stands behind. */
export interface StaleClaims {
  /** The worker process is gone. */
  lost: ObservedRun[];
  /** The time is over, and whether somebody still works cannot be told from here. */
  expired: ObservedRun[];
  /** Finished runs of which processes are left. */
  strays: number[];
}

/** Nothing is started: only what runs is looked at. */
const noStarts: DispatchLimits = {
  maxInProgress: 0,
  maxPerProfile: 0,
  maxSpawns: 0,
  claimTtlSeconds: 0,
  staleHeartbeatSeconds: 0,
  rateLimitCooldownSeconds: 0,
  exitGraceSeconds: 0,
  maxCostPerDay: 0,
};

/** Compares the claims on the board with the processes of this machine; changes nothing. */
export async function findStaleClaims(deps: DispatcherDeps): Promise<StaleClaims> {
  const { running, strays, now } = await observe(deps, noStarts, [], true);
  const isLost = ({ worker }: ObservedRun) => worker.is === "gone" || worker.is === "never_started";
  return {
    lost: running.filter(isLost),
    expired: running.filter((observed) => {
      const watched = ["alive", "busy", "starting", "unidentified"].includes(observed.worker.is);
      return !watched && !isLost(observed) && isExpired(observed.task, now);
    }),
    strays: strays.filter((stray) => stray.workerAlive).map((stray) => stray.runId),
  };
}

/**
 * Gives the task of a lost worker back.
 *
 * @returns false when it has moved on since it was looked at.
 */
export async function releaseLost(
  deps: DispatcherDeps,
  { task }: ObservedRun,
): Promise<boolean> {
  const applied = await command(
    deps.board,
    task.id,
    { type: "reclaim", reason: "its worker is gone" },
    { expect: { runId: task.current_run_id, lock: task.claim_lock } },
  );
  return applied.ok;
}
