// Owns: bringing one ready task to a running worker.

import { errorText } from "../base/errors.ts";
import type { Config } from "../config/schema.ts";
import { command } from "../kernel/board.ts";
import { getRun } from "../kernel/detail.ts";
import { isDecomposedRoot } from "../kernel/dispatch_view.ts";
import type { RunRow, TaskRow } from "../kernel/model/rows.ts";
import { parseSkills } from "../kernel/views.ts";
import { recordWorkspace } from "../kernel/workspaces.ts";
import { endTree } from "../platform/kill_tree.ts";
import { spawnDetached, type SpawnedProcess } from "../platform/spawn.ts";
import { requireSkills } from "../profiles/skills.ts";
import { resolveWorkspace } from "../workspace/resolve.ts";
import { type DispatcherDeps, lockText, runMarker } from "./deps.ts";
import { type LaneChoice, laneEnvironment, requireProgram } from "./lane_program.ts";
import { workerArgv } from "./lane.ts";
import { prepareLog } from "./logs.ts";
import type { DispatchLimits } from "./observation.ts";
import { mayLinger } from "./rules/strays.ts";
import { workerEnvironment } from "./worker_environment.ts";

/** Milliseconds a worker gets to stop whose task went to somebody else while it was being started. */
const lostGraceMs = 500;

/** How an attempt to start a worker went. */
export type Started =
  | { ok: true; taskId: string; assignee: string; workspace: string; runId: number; pid: number }
  | {
    ok: false;
    taskId: string;
    /** `lost`: somebody else has the task. `failed`: it counts against the task's budget. */
    why: "lost" | "failed";
    error: string;
    /** True when this failure was the last one allowed. */
    gaveUp: boolean;
  };

/**
 * Claims a task for a worker.
 *
 * @returns the task as claimed and its run, or null when somebody else was faster or a parent is open.
 */
export async function claimTask(
  deps: DispatcherDeps,
  config: Config,
  task: TaskRow,
  lane: LaneChoice,
): Promise<{ task: TaskRow; runId: number } | null> {
  const claim = await command(deps.board, task.id, {
    type: "claim",
    lock: lockText(deps),
    ttlSeconds: config.kanban.claim_ttl_seconds,
    lane: lane.name,
  });
  return claim.ok && claim.runId !== null ? { task: claim.task, runId: claim.runId } : null;
}

/**
 * Resolves the workspace of a claimed task, starts the worker detached and records its process. What goes
 * wrong counts as a spawn failure.
 *
 * @param onExit called when the worker exits while this process lives.
 */
export async function startWorker(
  deps: DispatcherDeps,
  config: Config,
  limits: DispatchLimits,
  { task, runId }: { task: TaskRow; runId: number },
  choice: LaneChoice,
  onExit: () => void,
): Promise<Started> {
  let workspace: { path: string; branch: string | null };
  try {
    workspace = await resolveWorkspace(task, { workspacesRoot: deps.paths.workspacesRoot });
    await recordWorkspace(deps.board, task.id, workspace);
  } catch (error) {
    return await spawnFailure(deps, task, runId, `workspace: ${errorText(error)}`);
  }
  let process: SpawnedProcess;
  try {
    const run = await openRun(deps, runId);
    await requireSkills(deps, task.assignee ?? "default", parseSkills(task.skills));
    const isRoot = await isDecomposedRoot(deps.board, task.id);
    const env = await workerEnvironment(deps, task, run, workspace);
    const { lane } = choice;
    if (lane !== null) await requireProgram(lane, env["PATH"]);
    process = await spawnDetached({
      argv: workerArgv(deps.selfCommand(), task, isRoot, lane),
      cwd: workspace.path,
      env: lane === null ? env : laneEnvironment(lane, env, deps.environment()),
      logPath: await prepareLog(
        deps.paths.logsRoot,
        task.id,
        config.kanban.worker_log_rotate_bytes,
      ),
    });
  } catch (error) {
    return await spawnFailure(deps, task, runId, errorText(error));
  }
  const { pid, startTime, bootId } = process.identity;
  const recorded = await command(
    deps.board,
    task.id,
    { type: "spawned", process: { pid, start: startTime, boot: bootId } },
    { expect: { runId } },
  );
  if (!recorded.ok && !await hasHandedOver(deps, limits, runId)) {
    const marker = runMarker(deps.board, runId);
    await endTree({ identity: process.identity, marker, graceMs: lostGraceMs });
    const error = recorded.refusal.message;
    return { ok: false, taskId: task.id, why: "lost", error, gaveUp: false };
  }
  deps.workers.track(runId, process, onExit);
  const assignee = task.assignee ?? "";
  deps.log.info("worker started", { task: task.id, profile: assignee, run: runId, pid });
  return { ok: true, taskId: task.id, assignee, workspace: workspace.path, runId, pid };
}

/** Whether a worker was so quick that its run is over before its process could be recorded. */
async function hasHandedOver(
  deps: DispatcherDeps,
  limits: DispatchLimits,
  runId: number,
): Promise<boolean> {
  const run = await getRun(deps.board, runId);
  if (!run) return false;
  const { outcome, ended_at: endedAt } = run;
  return mayLinger({ outcome, endedAt }, limits, deps.board.clock.now());
}

async function openRun(deps: DispatcherDeps, runId: number): Promise<RunRow> {
  const run = await getRun(deps.board, runId);
  if (!run || run.ended_at !== null) throw new Error(`run ${runId} is closed`);
  return run;
}

async function spawnFailure(
  deps: DispatcherDeps,
  task: TaskRow,
  runId: number,
  error: string,
): Promise<Started> {
  const written = await command(
    deps.board,
    task.id,
    { type: "spawn_failed", error },
    { expect: { runId } },
  );
  deps.log.warn("worker could not be started", { task: task.id, error });
  const gaveUp = written.ok && written.task.status === "blocked";
  return { ok: false, taskId: task.id, why: written.ok ? "failed" : "lost", error, gaveUp };
}
