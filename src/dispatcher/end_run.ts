// Owns: ending a run whose worker is gone, stuck or out of time.

import { command } from "../kernel/board.ts";
import type { Command } from "../kernel/lifecycle/commands.ts";
import { endMarked, type EndReport, endTree } from "../platform/kill_tree.ts";
import { identify } from "../platform/process.ts";
import { type DispatcherDeps, runMarker } from "./deps.ts";
import type { ObservedRun } from "./observation.ts";

/** Milliseconds between asking a worker to stop and killing it. */
const graceMs = 5000;

/** Milliseconds left-over children get once their worker is gone. */
const leftoverGraceMs = 500;

/** What became of the run. */
export interface Ended {
  taskId: string;
  command: Command["type"];
  /** False when the task moved on by itself, or the worker could not be ended and is tried again later. */
  written: boolean;
  gaveUp: boolean;
}

/**
 * Ends the worker with everything it started, then writes the outcome. The task is not handed to anybody
 * else while the old worker still runs.
 */
export async function endRun(
  deps: DispatcherDeps,
  observed: ObservedRun,
  how: Command,
): Promise<Ended> {
  const { task, run } = observed;
  const report = await endProcesses(deps, observed);
  const ended: Ended = { taskId: task.id, command: how.type, written: false, gaveUp: false };
  if (report.survivors.length > 0) {
    deps.log.warn("worker does not end; its task waits", {
      task: task.id,
      pids: report.survivors.join(" "),
    });
    return ended;
  }
  const outcome: Command = how.type === "time_out" ? { ...how, sigkill: report.sigkill } : how;
  const written = await command(deps.board, task.id, outcome, {
    expect: { runId: run?.id ?? task.current_run_id, lock: task.claim_lock },
  });
  if (!written.ok) return ended;
  return { ...ended, written: true, gaveUp: written.task.status === "blocked" };
}

/** Nothing is signalled for claims made by hand or on another host. */
async function endProcesses(
  deps: DispatcherDeps,
  { run, worker }: ObservedRun,
): Promise<EndReport> {
  const nothing: EndReport = { sigkill: false, ended: [], survivors: [] };
  if (!run || worker.is === "foreign" || worker.is === "not_ours") return nothing;
  const marker = runMarker(deps.board, run.id);
  if (worker.is !== "alive" || run.worker_pid === null) {
    return await endMarked(marker, leftoverGraceMs);
  }
  const identity = run.worker_start !== null && run.worker_boot !== null
    ? { pid: run.worker_pid, startTime: run.worker_start, bootId: run.worker_boot }
    : identify(run.worker_pid);
  return identity ? await endTree({ identity, marker, graceMs }) : await endMarked(marker, graceMs);
}
