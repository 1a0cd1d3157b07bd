// Owns: what a failed attempt does to its task — retry, give up, or wait out a rate limit. Pure.

import type { EventKind, Outcome } from "../model/status.ts";
import type { Command } from "./commands.ts";
import type { Decision, Policy, Snapshot } from "./decision.ts";
import { isLastStraw } from "./guards.ts";
import { released } from "./released.ts";

type Failure = Extract<
  Command,
  { type: "spawn_failed" | "crash" | "time_out" | "protocol_violation" | "rate_limit" }
>;

/** How one failure is recorded when the task is retried. */
interface FailureRecord {
  outcome: Outcome;
  event: EventKind;
  error: string;
  payload: Record<string, unknown>;
}

/**
 * One counter for every kind of failure. With limit N a task has N−1 failed runs and one that gave up.
 * A rate limit is no failure: the task is ready again once the cool-down is over.
 */
export function decideFailure(
  snapshot: Snapshot,
  command: Failure,
  policy: Policy,
  now: number,
): Decision {
  const { task, run } = snapshot;
  if (command.type === "rate_limit") {
    return {
      ok: true,
      change: {
        patch: { ...released, status: "ready", not_before: now + command.cooldownSeconds },
        event: {
          kind: "rate_limited",
          payload: { error: command.error, retry_at: now + command.cooldownSeconds },
        },
        run: run
          ? {
            type: "close",
            outcome: "rate_limited",
            patch: { ended_at: now, error: command.error },
          }
          : { type: "none" },
        followUps: [],
      },
    };
  }
  const failures = task.consecutive_failures + 1;
  const record = recordOf(command, task.claim_lock, failures);
  const gaveUp = isLastStraw(task, policy);
  return {
    ok: true,
    change: {
      patch: {
        ...released,
        status: gaveUp ? "blocked" : "ready",
        consecutive_failures: failures,
        last_failure_error: record.error,
      },
      event: gaveUp
        ? { kind: "gave_up", payload: { failures, error: record.error, cause: record.event } }
        : { kind: record.event, payload: record.payload },
      run: run
        ? {
          type: "close",
          outcome: gaveUp ? "gave_up" : record.outcome,
          patch: { ended_at: now, error: record.error },
        }
        : { type: "none" },
      followUps: [],
    },
  };
}

function recordOf(
  command: Exclude<Failure, { type: "rate_limit" }>,
  lock: string | null,
  failures: number,
): FailureRecord {
  switch (command.type) {
    case "spawn_failed":
      return {
        outcome: "spawn_failed",
        event: "spawn_failed",
        error: command.error,
        payload: { error: command.error, failures },
      };
    case "crash":
      return {
        outcome: "crashed",
        event: "crashed",
        error: command.error,
        payload: { pid: command.pid, claimer: lock, error: command.error },
      };
    case "time_out": {
      const { pid, elapsedSeconds, limitSeconds, sigkill } = command;
      return {
        outcome: "timed_out",
        event: "timed_out",
        error: `ran ${elapsedSeconds} s, limit ${limitSeconds} s`,
        payload: {
          pid,
          elapsed_seconds: elapsedSeconds,
          limit_seconds: limitSeconds,
          sigkill,
        },
      };
    }
    case "protocol_violation":
      return {
        outcome: "protocol_violation",
        event: "protocol_violation",
        error: command.error,
        payload: { pid: command.pid, error: command.error },
      };
  }
}
