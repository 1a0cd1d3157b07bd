// Owns: the rule for runs that exceed their time. Pure.

import type { Command } from "../../kernel/lifecycle/commands.ts";
import type { ObservedRun } from "../observation.ts";

/** The limit counts from the start of this run, not of the task. No limit, no rule; never on foreign hosts. */
export function overdueRule({ run, worker }: ObservedRun, now: number): Command | null {
  if (!run || run.max_runtime_seconds === null) return null;
  if (worker.is !== "alive") return null;
  const elapsed = now - run.started_at;
  if (elapsed <= run.max_runtime_seconds) return null;
  return {
    type: "time_out",
    pid: run.worker_pid,
    elapsedSeconds: elapsed,
    limitSeconds: run.max_runtime_seconds,
    // Known only once the worker has been ended; act() fills it in.
    sigkill: false,
  };
}
