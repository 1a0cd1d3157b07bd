// Owns: gathering an observation from the board and the operating system.

import { getRun } from "../kernel/detail.ts";
import { dispatchView, type RunningTask } from "../kernel/dispatch_view.ts";
import { exitNotePath, readExitNote } from "../lanes/exit_note.ts";
import { findMarked } from "../platform/kill_tree.ts";
import { identify, isAlive } from "../platform/process.ts";
import { type DispatcherDeps, markerPrefix, runMarker } from "./deps.ts";
import type {
  DispatchLimits,
  Observation,
  ObservedRun,
  Stray,
  WorkerState,
} from "./observation.ts";

/** Ready tasks of one profile beyond the free places, so that a refused claim does not leave a place empty. */
const spareCandidates = 4;

/** Reads the board and looks at the processes; changes nothing. `sweep` also looks for processes of finished runs. */
export async function observe(
  deps: DispatcherDeps,
  limits: DispatchLimits,
  profiles: readonly string[],
  sweep: boolean,
): Promise<Observation> {
  const now = deps.board.clock.now();
  const room = Math.min(limits.maxInProgress, limits.maxSpawns) + spareCandidates;
  // Asked before the board is read: a worker that gets started meanwhile is not in the rows yet.
  const busy = deps.workers.busyRuns();
  const view = await dispatchView(deps.board, profiles, room, limits.maxCostPerDay);
  const running: ObservedRun[] = [];
  for (const entry of view.running) {
    const worker = await withNote(deps, entry, workerState(deps, entry, busy));
    running.push({ ...inPresent(deps, entry), worker });
  }
  const open = openRuns(view.running);
  const strays = sweep || deps.workers.outlives(open) ? await findStrays(deps, open) : [];
  return {
    now,
    running,
    promotable: view.promotable,
    ready: view.ready,
    unassigned: view.unassigned,
    nonspawnable: view.nonspawnable,
    overBudget: view.overBudget,
    usedUp: view.usedUp,
    badLanes: await badLanes(deps, [...view.ready, ...view.promotable], profiles),
    strays,
    nextDue: view.nextDue,
  };
}

/** The times that rules measure by, freed from steps of the wall clock. */
function inPresent({ board, workers }: DispatcherDeps, { task, run }: RunningTask): RunningTask {
  if (run === null) return { task, run };
  const at = <T extends number | null>(name: string, value: T): T =>
    workers.times.inPresent(board.clock, run.id, name, value);
  return {
    task: {
      ...task,
      claim_expires: at("claim_expires", task.claim_expires),
      last_heartbeat_at: at("last_heartbeat_at", task.last_heartbeat_at),
    },
    run: { ...run, started_at: at("started_at", run.started_at) },
  };
}

/** Ids of the open runs among running tasks. */
export function openRuns(running: readonly RunningTask[]): Set<number> {
  const open = new Set<number>();
  for (const { run } of running) if (run && run.ended_at === null) open.add(run.id);
  return open;
}

function workerState(
  deps: DispatcherDeps,
  { task, run }: RunningTask,
  busy: ReadonlySet<number>,
): WorkerState {
  if (run === null) return { is: "not_ours" };
  if (busy.has(run.id) || deps.workers.isBusy(run.id)) return { is: "busy" };
  if (run.lane === null && run.worker_pid === null) return { is: "not_ours" };
  const [host, claimer] = (task.claim_lock ?? "").split(":");
  if (host !== deps.host) return { is: "foreign" };
  if (run.worker_pid === null) {
    return { is: isAnotherProcess(deps, Number(claimer)) ? "starting" : "never_started" };
  }
  const exit = deps.workers.exitOf(run.id);
  if (exit !== null) return { is: "gone", exit };
  if (run.worker_start === null || run.worker_boot === null) {
    return identify(run.worker_pid) ? { is: "unidentified" } : { is: "gone", exit: null };
  }
  const alive = isAlive({
    pid: run.worker_pid,
    startTime: run.worker_start,
    bootId: run.worker_boot,
  });
  const child = deps.workers.isChild(run.id);
  // A dead child of ours counts as alive until its exit event, which is on its way, says how it ended.
  return alive || child ? { is: "alive", child } : { is: "gone", exit: null };
}

/** What a worker that is gone has left in writing. */
async function withNote(
  { paths }: DispatcherDeps,
  { run }: RunningTask,
  worker: WorkerState,
): Promise<WorkerState> {
  if (worker.is !== "gone" || run === null) return worker;
  return { ...worker, note: await readExitNote(exitNotePath(paths.logsRoot, run.task_id, run.id)) };
}

/** Why tasks of a profile cannot be started whatever else is the case. */
async function badLanes(
  deps: DispatcherDeps,
  tasks: readonly { assignee: string | null }[],
  profiles: readonly string[],
): Promise<Map<string, string>> {
  const bad = new Map<string, string>();
  for (const name of new Set(tasks.map(({ assignee }) => assignee))) {
    if (name === null || !profiles.includes(name)) continue;
    const lane = await deps.lane(name);
    if (!lane.ok) bad.set(name, lane.error.message);
  }
  return bad;
}

/** Whether a claimer's pid is that of a living process other than this one. */
function isAnotherProcess(deps: DispatcherDeps, pid: number): boolean {
  return pid !== deps.self.pid && identify(pid) !== null;
}

async function findStrays(deps: DispatcherDeps, open: ReadonlySet<number>): Promise<Stray[]> {
  const prefix = markerPrefix(deps.board);
  const pids = new Map<number, number[]>();
  for (const { marker, identity } of findMarked(prefix)) {
    const runId = Number(marker.slice(prefix.length));
    if (Number.isInteger(runId)) pids.set(runId, [...pids.get(runId) ?? [], identity.pid]);
  }
  // The worker of a run that is just being started may not be there yet.
  for (const runId of deps.workers.busyRuns()) if (!pids.has(runId)) pids.set(runId, []);
  const strays: Stray[] = [];
  for (const [runId, found] of pids) {
    if (!open.has(runId)) strays.push(await strayOf(deps, runId, found));
  }
  return strays;
}

async function strayOf(deps: DispatcherDeps, runId: number, pids: number[]): Promise<Stray> {
  const { board, workers } = deps;
  const run = await getRun(board, runId);
  return {
    runId,
    marker: runMarker(board, runId),
    taskId: run?.task_id ?? null,
    busy: workers.isBusy(runId),
    workerAlive: pids.some((pid) => pid === run?.worker_pid),
    child: workers.isChild(runId),
    outcome: run?.outcome ?? null,
    endedAt: workers.times.inPresent(board.clock, runId, "ended_at", run?.ended_at ?? null),
  };
}
