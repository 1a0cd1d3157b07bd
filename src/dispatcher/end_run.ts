// Owns: ending a run whose worker is gone, stuck or out of time.

import { command } from "../kernel/board.ts";
import type { Command } from "../kernel/lifecycle/commands.ts";
import type { RunRow } from "../kernel/model/rows.ts";
import { exitNotePath, removeExitNote } from "../lanes/exit_note.ts";
import { endMarked, type EndReport, endTree } from "../platform/kill_tree.ts";
import type { ProcessIdentity } from "../platform/process.ts";
import { type DispatcherDeps, runMarker } from "./deps.ts";
import type { ObservedRun } from "./observation.ts";

/** Milliseconds between asking a worker to stop and killing it, unless the deps say otherwise. */
const defaultGraceMs = 5000;

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
  // What the note says is on the board now, or the task has moved on.
  if (run) await removeExitNote(exitNotePath(deps.paths.logsRoot, task.id, run.id));
  if (!written.ok) return ended;
  return { ...ended, written: true, gaveUp: written.task.status === "blocked" };
}

/**
 * Nothing is signalled for claims made by hand or on another host, nor a process that is only known by its
 * number: that may have passed to a stranger.
 */
async function endProcesses(
  deps: DispatcherDeps,
  { run, worker }: ObservedRun,
): Promise<EndReport> {
  if (!run || worker.is === "foreign" || worker.is === "not_ours") {
    return { sigkill: false, ended: [], survivors: [] };
  }
  const marker = runMarker(deps.board, run.id);
  const identity = worker.is === "alive" ? identityOf(run) : null;
  if (!identity) return await endMarked(marker, leftoverGraceMs);
  return await endTree({ identity, marker, graceMs: deps.workerGraceMs ?? defaultGraceMs });
}

function identityOf(run: RunRow): ProcessIdentity | null {
  const { worker_pid: pid, worker_start: startTime, worker_boot: bootId } = run;
  return pid === null || startTime === null || bootId === null ? null : { pid, startTime, bootId };
}
