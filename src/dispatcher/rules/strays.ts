// Owns: the rule for processes that outlive their run. Pure.

import type { DispatchLimits, Stray } from "../observation.ts";

/**
 * Leftovers of a finished run are ended at once. Only a worker that has just handed over gets time to
 * close its own affairs; one whose claim was taken away does not.
 */
export function mustEnd(stray: Stray, limits: DispatchLimits, now: number): boolean {
  if (!stray.workerAlive) return true;
  const handedOver = stray.outcome === "completed" || stray.outcome === "blocked";
  if (!handedOver || stray.endedAt === null) return true;
  return now - stray.endedAt >= limits.exitGraceSeconds;
}
