// Owns: the rule for claims whose time is up. Pure.

import { formatDuration } from "../../base/duration.ts";
import type { Command } from "../../kernel/lifecycle/commands.ts";
import type { DispatchLimits, ObservedRun } from "../observation.ts";

/**
 * An expired claim goes back to ready, unless its worker lives and beats: then it is extended. A worker
 * that lives but has been silent for too long is ended.
 */
export function expiredRule(
  observed: ObservedRun,
  limits: DispatchLimits,
  now: number,
): Command | "extend" | null {
  const { task, run, worker } = observed;
  if (worker.is === "never_started") {
    return { type: "reclaim", reason: "the dispatcher stopped before the worker was started" };
  }
  if (!isExpired(task, now)) return null;
  if (worker.is !== "alive" && worker.is !== "unidentified") {
    return { type: "reclaim", reason: "the claim expired" };
  }
  const lastSign = Math.max(task.last_heartbeat_at ?? 0, run?.started_at ?? 0);
  const silence = now - lastSign;
  if (silence < limits.staleHeartbeatSeconds) return "extend";
  return { type: "reclaim", reason: `no heartbeat for ${formatDuration(silence)}` };
}

/** Whether the time of a claim is up; claims without a time never expire. */
export function isExpired(task: { claim_expires: number | null }, now: number): boolean {
  return task.claim_expires !== null && task.claim_expires <= now;
}
