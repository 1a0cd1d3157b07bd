// Owns: bringing tasks into being.

import { HermesError } from "../base/errors.ts";
import type { Board } from "./board.ts";
import { write } from "./board.ts";
import type { WriteTx } from "./engine/port.ts";
import { type ApplyEnv, recordRefusedWrite } from "./lifecycle/apply.ts";
import { isSatisfied } from "./lifecycle/guards.ts";
import type { TaskRow } from "./model/rows.ts";
import { type Status, type WorkspaceKind, workspaceKinds } from "./model/status.ts";
import { appendEvent } from "./queries/events.ts";
import { insertLink } from "./queries/links.ts";
import { runById } from "./queries/runs.ts";
import { sql, taskById } from "./queries/tasks.ts";
import { rememberSteps } from "./undo/remember.ts";

/** A task as its creator describes it. Everything but the title is optional. */
export interface NewTask {
  title: string;
  body?: string | null;
  assignee?: string | null;
  parents?: readonly string[];
  tenant?: string | null;
  priority?: number;
  workspaceKind?: string;
  workspacePath?: string | null;
  branchName?: string | null;
  triage?: boolean;
  /** Starts in todo although nothing keeps it there; whoever creates it promotes it. */
  todo?: boolean;
  /** Starts in todo and stays there until somebody promotes it. */
  held?: boolean;
  idempotencyKey?: string | null;
  maxRuntimeSeconds?: number | null;
  maxRetries?: number | null;
  skills?: readonly string[] | null;
  createdBy?: string | null;
  /** Epoch second before which the dispatcher leaves the task alone. */
  notBefore?: number | null;
  /** A judge decides after each of the worker's turns whether the goal is reached. */
  goalMode?: boolean;
  /** Turns of goal mode at most; null = the default. */
  goalMaxTurns?: number | null;
  modelOverride?: string | null;
  providerOverride?: string | null;
  /** US dollars all attempts together may cost. */
  maxCostUsd?: number | null;
  /** The task it comes out of; without one, the task of the worker that creates it. */
  originTaskId?: string | null;
  /** Facts added to the payload of the `created` event. */
  origin?: Record<string, unknown>;
}

/** The outcome of a creation: a new row, or the live one that already has the idempotency key. */
export interface Created {
  task: TaskRow;
  created: boolean;
}

/**
 * Creates one task with its links and its `created` event.
 *
 * @param fence the run of the worker that asks; refused once that run is closed.
 * @param person who can undo it; null when no person asks.
 * @throws HermesError `invalid` for an unusable field, `not_found` listing unknown parents, `fenced`.
 */
export async function createTask(
  board: Board,
  input: NewTask,
  fence: number | null = null,
  person: string | null = null,
): Promise<Created> {
  const task = cleanTask(input);
  const made = await write(board, async (tx, env) => {
    const inserted = await insertTask(tx, env, board, task, fence);
    if (person !== null && inserted?.created) {
      await rememberSteps(tx, env, person, "create", inserted.task.id, { type: "archive" });
    }
    return inserted;
  });
  if (!made) throw fencedCreate(fence);
  return made;
}

/** {@link createTask} inside a transaction that is already open; null when the fence is closed. */
export async function insertTask(
  tx: WriteTx,
  env: ApplyEnv,
  board: Pick<Board, "ids">,
  task: CleanTask,
  fence: number | null = null,
): Promise<Created | null> {
  if (task.idempotencyKey !== null) {
    const existing = await tx.get<TaskRow>(sql.byLiveKey, [task.idempotencyKey]);
    if (existing) return { task: existing, created: false };
  }
  const status = await startStatus(tx, task);
  const id = await freshId(tx, board);
  const change = await tx.run(sql.insert, [
    id,
    task.title,
    task.body,
    task.assignee,
    status,
    task.priority,
    task.createdBy,
    env.now,
    task.workspaceKind,
    task.workspacePath,
    task.branchName,
    task.tenant,
    task.skills,
    task.idempotencyKey,
    task.maxRuntimeSeconds,
    task.maxRetries,
    task.held && status === "todo" ? 1 : 0,
    task.notBefore,
    task.goalMode ? 1 : 0,
    task.goalMaxTurns,
    task.modelOverride,
    task.providerOverride,
    task.maxCostUsd,
    task.originTaskId,
    fence,
    fence,
    fence,
  ]);
  if (change.changes === 0) {
    await recordLateCreate(tx, env, fence);
    return null;
  }
  for (const parent of task.parents) await insertLink(tx, parent, id, null);
  await appendEvent(tx, {
    taskId: id,
    runId: null,
    kind: "created",
    payload: {
      assignee: task.assignee,
      status,
      parents: task.parents,
      tenant: task.tenant,
      ...task.origin,
    },
    at: env.now,
  });
  const row = await taskById(tx, id);
  if (!row) throw new HermesError("internal", `Cannot read task "${id}" after creating it`);
  return { task: row, created: true };
}

/** {@link NewTask} with every field checked and in stored form. */
export interface CleanTask {
  title: string;
  body: string | null;
  assignee: string | null;
  parents: string[];
  tenant: string | null;
  priority: number;
  workspaceKind: WorkspaceKind;
  workspacePath: string | null;
  branchName: string | null;
  triage: boolean;
  todo: boolean;
  held: boolean;
  idempotencyKey: string | null;
  maxRuntimeSeconds: number | null;
  maxRetries: number | null;
  skills: string | null;
  createdBy: string | null;
  notBefore: number | null;
  goalMode: boolean;
  goalMaxTurns: number | null;
  modelOverride: string | null;
  providerOverride: string | null;
  maxCostUsd: number | null;
  originTaskId: string | null;
  origin: Record<string, unknown>;
}

/**
 * Checks a new task without looking at the board.
 *
 * @throws HermesError `invalid` naming the field.
 */
export function cleanTask(input: NewTask): CleanTask {
  const title = input.title.trim();
  if (title === "") {
    throw new HermesError("invalid", "Cannot create task: title is required", {
      remedy: "Give the task a title of at least one visible character.",
    });
  }
  const kind = input.workspaceKind ?? "scratch";
  if (!(workspaceKinds as readonly string[]).includes(kind)) {
    throw new HermesError("invalid", `Cannot create task: unknown workspace kind "${kind}"`, {
      remedy: `Use one of ${workspaceKinds.join(", ")}.`,
    });
  }
  return {
    title,
    body: input.body ?? null,
    assignee: cleanAssignee(input.assignee),
    parents: [...new Set(input.parents ?? [])],
    tenant: input.tenant || null,
    priority: input.priority ?? 0,
    workspaceKind: kind as WorkspaceKind,
    workspacePath: input.workspacePath || null,
    branchName: input.branchName || null,
    triage: input.triage ?? false,
    todo: input.todo ?? false,
    held: input.held ?? false,
    idempotencyKey: input.idempotencyKey || null,
    maxRuntimeSeconds: input.maxRuntimeSeconds ?? null,
    maxRetries: input.maxRetries ?? null,
    skills: cleanSkills(input.skills),
    createdBy: input.createdBy || null,
    notBefore: input.notBefore ?? null,
    goalMode: input.goalMode ?? false,
    goalMaxTurns: input.goalMaxTurns ?? null,
    modelOverride: input.modelOverride?.trim() || null,
    providerOverride: input.providerOverride?.trim() || null,
    maxCostUsd: input.maxCostUsd ?? null,
    originTaskId: input.originTaskId ?? null,
    origin: input.origin ?? {},
  };
}

/** Free text; an empty or blank assignee is none. */
export function cleanAssignee(assignee: string | null | undefined): string | null {
  const trimmed = assignee?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}

function cleanSkills(skills: readonly string[] | null | undefined): string | null {
  if (skills === null || skills === undefined) return null;
  const names = [...new Set(skills.map((skill) => skill.trim()).filter((skill) => skill !== ""))];
  const listed = names.find((name) => name.includes(","));
  if (listed !== undefined) {
    throw new HermesError(
      "invalid",
      `Cannot create task: skill name "${listed}" contains a comma`,
      {
        remedy: "Name each skill separately.",
      },
    );
  }
  return names.length > 0 ? JSON.stringify(names) : null;
}

async function startStatus(tx: WriteTx, task: CleanTask): Promise<Status> {
  const parents = await Promise.all(task.parents.map((id) => taskById(tx, id)));
  const unknown = task.parents.filter((_, index) => parents[index] === undefined);
  if (unknown.length > 0) {
    throw new HermesError(
      "not_found",
      `Cannot create task "${task.title}": unknown parent ${unknown.join(", ")}`,
      { remedy: "List the tasks with `hermes kanban list`.", details: { parents: unknown } },
    );
  }
  if (task.triage) return "triage";
  if (task.held || task.todo) return "todo";
  return parents.every((parent) => parent && isSatisfied(parent)) ? "ready" : "todo";
}

async function freshId(tx: WriteTx, board: Pick<Board, "ids">): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const id = board.ids.taskId();
    if (!await taskById(tx, id)) return id;
  }
  throw new HermesError("internal", "Cannot create task: every id that was drawn is taken");
}

async function recordLateCreate(tx: WriteTx, env: ApplyEnv, fence: number | null): Promise<void> {
  if (fence === null) return;
  const run = await runById(tx, fence);
  if (run) await recordRefusedWrite(tx, env, run.task_id, fence, "create");
}

function fencedCreate(fence: number | null): HermesError {
  return new HermesError("fenced", `Cannot create task for run ${fence}: that run is closed`, {
    remedy: "Stop working on this task: another attempt may be under way.",
    details: { run_id: fence },
  });
}
