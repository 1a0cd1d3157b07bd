// Owns: putting right what contradicts itself on boards that another program, or a damaged file, left so.

import type { WriteTx } from "../engine/port.ts";
import { runStatusOf } from "../model/status.ts";
import { appendEvent } from "../queries/events.ts";
import { mendRunEnd, runById, updateRun } from "../queries/runs.ts";
import { taskById, type TaskPatch, updateTask } from "../queries/tasks.ts";
import { apply, type ApplyEnv } from "./apply.ts";
import { released } from "./released.ts";

/** Stands in the events of what is done here. */
const reason = "the board contradicted itself";

/** Closes an open run that no running task points to. */
export async function closeStrayRun(tx: WriteTx, env: ApplyEnv, runId: number): Promise<void> {
  const run = await runById(tx, runId);
  if (!run || run.ended_at !== null) return;
  await updateRun(tx, runId, {
    status: runStatusOf.reclaimed,
    outcome: run.outcome ?? "reclaimed",
    ended_at: Math.max(env.now, run.started_at),
    error: run.error ?? reason,
  });
  if (!await taskById(tx, run.task_id)) return;
  await note(tx, env, run.task_id, runId, run.claim_lock);
}

/** Frees a task that is not running of everything that only running tasks have. */
export async function clearStrayClaim(tx: WriteTx, env: ApplyEnv, taskId: string): Promise<void> {
  const task = await taskById(tx, taskId);
  if (!task || task.status === "running") return;
  if (await updateTask(tx, taskId, task, released)) {
    await note(tx, env, taskId, null, task.claim_lock);
  }
}

/** Takes away a pointer that leads to no open run of the task; a task that was running goes back to ready. */
export async function dropPointer(tx: WriteTx, env: ApplyEnv, taskId: string): Promise<void> {
  const task = await taskById(tx, taskId);
  if (!task) return;
  if (task.status !== "running") return await clearStrayClaim(tx, env, taskId);
  const nowhere: TaskPatch = { current_run_id: null };
  if (await updateTask(tx, taskId, task, nowhere)) {
    await apply(tx, env, taskId, { type: "reclaim", reason });
  }
}

/** Makes the end of a closed run agree with its start and its outcome. */
export async function mendClosedRun(tx: WriteTx, runId: number): Promise<void> {
  await mendRunEnd(tx, runId);
}

async function note(
  tx: WriteTx,
  env: ApplyEnv,
  taskId: string,
  runId: number | null,
  lock: string | null,
): Promise<void> {
  await appendEvent(tx, {
    taskId,
    runId,
    kind: "reclaimed",
    payload: { stale_lock: lock, reason },
    at: env.now,
  });
}
