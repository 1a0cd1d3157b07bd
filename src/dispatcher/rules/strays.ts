// Owns: the rule for processes that outlive their run. Pure.

import type { DispatchLimits, Stray } from "../observation.ts";

/** Leftovers of a finished run are ended at once, its worker as soon as it may no longer linger. */
export function mustEnd(stray: Stray, limits: DispatchLimits, now: number): boolean {
  return !stray.workerAlive || !mayLinger(stray, limits, now);
}

/**
 * Whether the worker of a finished run may still be there: one that has just handed over gets time to
 * close its own affairs; one whose claim was taken away does not.
 */
export function mayLinger(
  { outcome, endedAt }: Pick<Stray, "outcome" | "endedAt">,
  limits: Pick<DispatchLimits, "exitGraceSeconds">,
  now: number,
): boolean {
  const handedOver = outcome === "completed" || outcome === "blocked";
  return handedOver && endedAt !== null && now - endedAt < limits.exitGraceSeconds;
}
