// Owns: the rule for workers that are gone. Pure.

import type { Command } from "../../kernel/lifecycle/commands.ts";
import type { DispatchLimits, ObservedRun } from "../observation.ts";
import { isExpired } from "./expired.ts";

/** Exit status by which a worker says that its provider wants it to come back later (sysexits: EX_TEMPFAIL). */
export const exitTempFail = 75;

/**
 * A worker that is gone while its run is open has not handed over: exit 0 breaks the protocol, exit 75
 * is a rate limit, everything else is a crash. When nobody saw it go and its claim has expired, it is
 * left to the rule for expired claims: it may have been gone for as long as the dispatcher was.
 */
export function exitedRule(
  observed: ObservedRun,
  limits: DispatchLimits,
  now: number,
): Command | null {
  const { worker, run, task } = observed;
  if (worker.is !== "gone") return null;
  const pid = run?.worker_pid ?? task.worker_pid;
  const note = worker.note ?? null;
  // Nobody may have seen it go, as when the dispatcher was started anew: then its own word counts.
  const exit = worker.exit ?? (note === null ? null : { code: note.code, signal: null });
  if (exit === null && isExpired(task, now)) return null;
  if (exit?.code === 0) {
    return {
      type: "protocol_violation",
      pid,
      error: note?.error ?? `worker process ${pid} exited without completing or blocking the task`,
    };
  }
  if (exit?.code === exitTempFail) {
    return {
      type: "rate_limit",
      error: note?.error ?? "the model provider is rate limited or unavailable",
      cooldownSeconds: coolDown(note?.retry_at ?? null, limits, now),
    };
  }
  if (exit !== null && note?.code === exit.code && note.error !== null) {
    return { type: "crash", pid, error: note.error };
  }
  const how = exit === null
    ? "is gone"
    : exit.signal !== null
    ? `was ended by ${exit.signal}`
    : `exited with status ${exit.code}`;
  return { type: "crash", pid, error: `worker process ${pid} ${how}` };
}

/** Seconds a provider may ask us to stay away at most. */
const longestCoolDown = 86_400;

/** As long as configured, or until the provider said it can be asked again. */
function coolDown(
  retryAt: number | null,
  { rateLimitCooldownSeconds }: DispatchLimits,
  now: number,
): number {
  if (retryAt === null) return rateLimitCooldownSeconds;
  return Math.max(rateLimitCooldownSeconds, Math.min(retryAt - now, longestCoolDown));
}
