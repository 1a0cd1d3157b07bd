// Owns: the one door for state. Nothing else writes status, claim or run columns.

import { HermesError } from "../../base/errors.ts";
import type { WriteTx } from "../engine/port.ts";
import type { LinkedTask, RunRow, TaskRow } from "../model/rows.ts";
import { runStatusOf } from "../model/status.ts";
import { appendEvent, newestOfKind } from "../queries/events.ts";
import { sql as links } from "../queries/links.ts";
import { insertRun, runById, updateRun } from "../queries/runs.ts";
import {
  sql as tasks,
  taskById,
  type TaskPatch,
  updateTask,
  type WaitingTask,
} from "../queries/tasks.ts";
import type { Command, WriteContext } from "./commands.ts";
import { decide, needsParents } from "./decide.ts";
import type { Change, Policy, Refusal, Snapshot } from "./decision.ts";
import { refuseGoalExit, type Verdict } from "./goal_gate.ts";
import { refuseFence } from "./guards.ts";
import { movable } from "./ready.ts";

/** What a command did. Refusals are values: only callers know whether they are errors. */
export type Applied =
  | {
    ok: true;
    /** The task after the change. */
    task: TaskRow;
    /** The run the event belongs to, if any. */
    runId: number | null;
    /** False when the task already was what was asked for. */
    changed: boolean;
    /** Other tasks that became ready in the same transaction. */
    promoted: string[];
  }
  | { ok: false; refusal: Refusal };

/** What `apply` needs besides the transaction. */
export interface ApplyEnv {
  now: number;
  policy: Policy;
}

/**
 * Applies `command` to one task inside a write transaction: reads, decides, writes the change with its
 * event, and lets children follow.
 */
export async function apply(
  tx: WriteTx,
  env: ApplyEnv,
  taskId: string,
  command: Command,
  context: WriteContext = {},
): Promise<Applied> {
  const snapshot = await load(tx, taskId, command);
  if (!snapshot) return { ok: false, refusal: unknownTask(taskId) };
  const fenced = refuseFence(snapshot, context.fence);
  if (fenced) {
    await recordRefusedWrite(tx, env, taskId, context.fence ?? null, command.type);
    return { ok: false, refusal: fenced };
  }
  if (!matches(snapshot, context.expect)) {
    return { ok: false, refusal: lostRace(taskId, "it has moved on") };
  }
  if (context.agent === true || (context.fence ?? null) !== null) {
    const gated = refuseGoalExit(snapshot, command, await newestVerdict(tx, snapshot));
    if (gated) return { ok: false, refusal: gated };
  }
  const decision = decide(snapshot, command, env.policy, env.now);
  if (!decision.ok) {
    if (decision.refusal.instead) await write(tx, env, snapshot, decision.refusal.instead);
    return decision;
  }
  return await write(tx, env, snapshot, decision.change);
}

/** Moves every listed waiting task that nothing keeps to ready; returns those that moved. */
export async function promoteAll(
  tx: WriteTx,
  env: ApplyEnv,
  waiting: readonly WaitingTask[],
): Promise<string[]> {
  const moved: string[] = [];
  for (const id of movable(waiting)) {
    const applied = await apply(tx, env, id, { type: "promote" });
    if (applied.ok) moved.push(id);
  }
  return moved;
}

/** Notes on the task that a closed run tried to write. */
export async function recordRefusedWrite(
  tx: WriteTx,
  env: ApplyEnv,
  taskId: string,
  runId: number | null,
  operation: string,
): Promise<void> {
  const known = runId === null ? undefined : await runById(tx, runId);
  await appendEvent(tx, {
    taskId,
    runId: known?.id ?? null,
    kind: "write_refused",
    payload: { operation },
    at: env.now,
  });
}

/** The refusal for an id that names no task. */
export function unknownTask(taskId: string): Refusal {
  return {
    code: "not_found",
    message: `Cannot find task "${taskId}": no such task on this board`,
    remedy: "List the tasks with `hermes kanban list`.",
  };
}

/** Turns a refusal into the error a surface reports. */
export function refusalError(refusal: Refusal): HermesError {
  const { code, message, remedy, details } = refusal;
  return new HermesError(code, message, { remedy, details });
}

async function load(tx: WriteTx, taskId: string, command: Command): Promise<Snapshot | null> {
  const task = await taskById(tx, taskId);
  if (!task) return null;
  let run: RunRow | null = null;
  if (task.current_run_id !== null) {
    const pointed = await runById(tx, task.current_run_id);
    if (pointed && pointed.ended_at === null) run = pointed;
  }
  const openParents = needsParents(command)
    ? await tx.all<LinkedTask>(tasks.openParents, [taskId])
    : [];
  return { task, run, openParents };
}

/** What the judge found last about the open run of a task in goal mode. */
async function newestVerdict(tx: WriteTx, { task, run }: Snapshot): Promise<Verdict | null> {
  if (task.goal_mode !== 1 || run === null) return null;
  const event = await newestOfKind(tx, task.id, "goal_judged");
  if (!event?.payload || event.run_id !== run.id) return null;
  return JSON.parse(event.payload) as Verdict;
}

function matches({ task }: Snapshot, expect: WriteContext["expect"]): boolean {
  if (!expect) return true;
  if (expect.runId !== undefined && expect.runId !== task.current_run_id) return false;
  return expect.lock === undefined || expect.lock === task.claim_lock;
}

async function write(
  tx: WriteTx,
  env: ApplyEnv,
  { task, run }: Snapshot,
  change: Change,
): Promise<Applied> {
  const runId = await writeRun(tx, env, task, run, change);
  const patch = {
    ...change.patch,
    ...(change.run.type === "open" ? { current_run_id: runId } : {}),
    ...await keyIfFree(tx, task, change),
  };
  if (!await updateTask(tx, task.id, task, patch)) {
    throw refusalError(lostRace(task.id, "another process changed it first"));
  }
  if (change.event) {
    const { kind, payload } = change.event;
    await appendEvent(tx, {
      taskId: task.id,
      runId,
      kind,
      payload: kind === "claimed" ? { ...payload, run_id: runId } : payload,
      at: env.now,
    });
  }
  const after: TaskRow = { ...task, ...patch };
  const promoted = await followUp(tx, env, after, change);
  return { ok: true, task: after, runId, changed: change.event !== null, promoted };
}

/**
 * A key names one live task. A task that comes back from the archive, or to an earlier state, gets its key
 * back unless the key names another task by now.
 */
async function keyIfFree(tx: WriteTx, task: TaskRow, { patch }: Change): Promise<TaskPatch> {
  const key = patch.idempotency_key === undefined ? task.idempotency_key : patch.idempotency_key;
  const lives = (patch.status ?? task.status) !== "archived";
  const regains = patch.idempotency_key !== undefined || task.status === "archived";
  if (key === null || !lives || !regains) return {};
  const holder = await tx.get<TaskRow>(tasks.byLiveKey, [key]);
  return holder && holder.id !== task.id ? { idempotency_key: null } : {};
}

/** Performs the effect on the attempt and returns the run the event belongs to. */
async function writeRun(
  tx: WriteTx,
  env: ApplyEnv,
  task: TaskRow,
  run: RunRow | null,
  { run: effect }: Change,
): Promise<number | null> {
  switch (effect.type) {
    case "none":
      return null;
    case "open":
      if (effect.closeDangling !== null) {
        await updateRun(tx, effect.closeDangling, {
          status: runStatusOf.reclaimed,
          outcome: "reclaimed",
          ended_at: Math.max(env.now, run?.started_at ?? 0),
        });
      }
      return await insertRun(tx, { task_id: task.id, ...effect.run });
    case "synthesize":
      return await insertRun(tx, { task_id: task.id, ...effect.run, outcome: effect.outcome });
    case "touch":
    case "close": {
      if (!run) throw refusalError(lostRace(task.id, "it has no open run"));
      const patch = effect.type === "touch" ? effect.patch : {
        ...effect.patch,
        // A stepped clock must not end a run before it began.
        ended_at: Math.max(env.now, run.started_at),
        status: runStatusOf[effect.outcome],
        outcome: effect.outcome,
      };
      if (!await updateRun(tx, run.id, patch)) {
        throw refusalError(lostRace(task.id, `run ${run.id} is closed`));
      }
      return run.id;
    }
  }
}

async function followUp(
  tx: WriteTx,
  env: ApplyEnv,
  task: TaskRow,
  { followUps }: Change,
): Promise<string[]> {
  const promoted: string[] = [];
  for (const step of followUps) {
    switch (step.type) {
      case "promote_children":
        promoted.push(
          ...await promoteAll(tx, env, await tx.all<WaitingTask>(tasks.waitingChildren, [task.id])),
        );
        break;
      case "promote_self": {
        const applied = await apply(tx, env, task.id, { type: "promote" });
        if (applied.ok) promoted.push(task.id);
        break;
      }
      case "demote_children":
        for (const child of await tx.all<{ id: string }>(tasks.readyChildren, [task.id])) {
          await apply(tx, env, child.id, {
            type: "demote",
            reason: "parent_reopened",
            parent: task.id,
          });
        }
        break;
      case "waive_parents":
        for (const parent of step.parents) await tx.run(links.waive, [parent, task.id]);
        break;
      case "unwaive_parents":
        for (const parent of step.parents) await tx.run(links.unwaive, [parent, task.id]);
        break;
    }
  }
  return promoted;
}

function lostRace(taskId: string, reason: string): Refusal {
  return { code: "lost_race", message: `Cannot change task "${taskId}": ${reason}` };
}
