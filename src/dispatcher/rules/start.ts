// Owns: the rule that picks which ready tasks start now. Pure.

import type { TaskRow } from "../../kernel/model/rows.ts";
import type { DispatchLimits } from "../observation.ts";

export interface Picked {
  start: TaskRow[];
  profileCapped: string[];
  capped: number;
}

/**
 * Takes candidates in order until the board, the pass or a profile is full.
 *
 * @param inProgress profile → workers that run already
 */
export function pickStarts(
  candidates: readonly TaskRow[],
  inProgress: ReadonlyMap<string, number>,
  limits: DispatchLimits,
): Picked {
  let running = 0;
  const perProfile = new Map(inProgress);
  for (const count of inProgress.values()) running += count;
  const picked: Picked = { start: [], profileCapped: [], capped: 0 };
  for (const task of candidates) {
    const profile = task.assignee ?? "";
    const busy = perProfile.get(profile) ?? 0;
    if (limits.maxPerProfile > 0 && busy >= limits.maxPerProfile) {
      picked.profileCapped.push(task.id);
    } else if (running >= limits.maxInProgress || picked.start.length >= limits.maxSpawns) {
      picked.capped++;
    } else {
      picked.start.push(task);
      perProfile.set(profile, busy + 1);
      running++;
    }
  }
  return picked;
}
