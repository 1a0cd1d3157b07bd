// Owns: writing a plan — the children of a decomposed task, or the rewrite of a single one — in one transaction.

import { HermesError } from "../base/errors.ts";
import { type Board, write } from "./board.ts";
import { cleanAssignee, cleanTask, insertTask } from "./create.ts";
import type { WriteTx } from "./engine/port.ts";
import { type Applied, apply, type ApplyEnv, promoteAll, refusalError } from "./lifecycle/apply.ts";
import type { Refusal } from "./lifecycle/decision.ts";
import type { TaskRow } from "./model/rows.ts";
import { appendEvent, insertComment } from "./queries/events.ts";
import { insertLink } from "./queries/links.ts";
import { closeOpenPlan, openPlanOf } from "./queries/plans.ts";
import { sql as tasks, taskById, type WaitingTask } from "./queries/tasks.ts";

/** One child of a plan. `parents` are indices into the plan's list. */
export interface PlannedChild {
  title: string;
  body: string;
  assignee: string;
  parents: readonly number[];
}

export interface PlanWrite {
  rootId: string;
  /** Profile that judges the result once every child is done. */
  orchestrator: string;
  children: readonly PlannedChild[];
  /** Author of the audit comment and creator of the children. */
  author: string;
  /** False leaves the children in todo until somebody promotes them. */
  autoPromote: boolean;
  /** The text the plan was made from: when it has changed since, nothing is written. */
  basedOn?: Pick<TaskRow, "title" | "body">;
  /** Nothing is written while a proposal for the task waits for a word. */
  yieldsToProposal?: boolean;
}

/**
 * Writes a plan: children as todo under the root's tenant, sibling links, every child a parent of the
 * root, root from triage to todo with its orchestrator, an audit comment and one `decomposed` event; then
 * promotes children that wait for nothing. Everything or nothing.
 *
 * @returns the child ids in plan order, or null when the root is missing or no longer in triage.
 * @throws HermesError `invalid` for an empty list, a blank title, a bad index, or a cycle; `lost_race` when
 * the text is no longer the one the plan was made from, or somebody proposed another plan.
 */
export async function writePlan(board: Board, plan: PlanWrite): Promise<string[] | null> {
  checkPlan(plan);
  if (plan.children.length === 0) return null;
  return await write(board, (tx, env) => writePlanIn(tx, env, board, plan));
}

/** {@link writePlan} of a plan that was checked, inside a transaction that is already open. */
export async function writePlanIn(
  tx: WriteTx,
  env: ApplyEnv,
  board: Pick<Board, "ids">,
  plan: PlanWrite,
): Promise<string[] | null> {
  const root = await taskById(tx, plan.rootId);
  if (!root || root.status !== "triage") return null;
  if (isStale(root, plan.basedOn)) throw refusalError(staleText("decompose", root.id));
  if (plan.yieldsToProposal && await openPlanOf(tx, root.id)) {
    throw refusalError(proposedMeanwhile("decompose", root.id));
  }
  const ids = await insertChildren(tx, env, board, root, plan);
  const applied = await apply(tx, env, root.id, {
    type: "decompose",
    assignee: plan.orchestrator,
    childIds: ids,
  });
  // Thrown, so that no child stays behind in a transaction that goes on.
  if (!applied.ok) throw refusalError(applied.refusal);
  await audit(tx, env, root.id, plan.author, auditText(ids));
  await closeOpenPlan(tx, root.id, env.now);
  if (plan.autoPromote) {
    const waiting = await Promise.all(ids.map((id) => waitingTask(tx, id)));
    await promoteAll(tx, env, waiting);
  }
  return ids;
}

/** A rewrite of a triage task that stays one task. Null and blank fields keep what is there. */
export interface SpecWrite {
  taskId: string;
  title: string | null;
  body: string | null;
  assignee: string | null;
  /** Author of the audit comment; null writes none. */
  author: string | null;
  /** The text the rewrite was made from: when it has changed since, nothing is written. */
  basedOn?: Pick<TaskRow, "title" | "body">;
  /** Nothing is written while a proposal for the task waits for a word. */
  yieldsToProposal?: boolean;
}

/**
 * Moves a triage task to todo with its new text and promotes it when it waits for nothing. A refusal
 * with code `lost_race` means that somebody changed the text the rewrite was made from.
 */
export function writeSpec(board: Board, spec: SpecWrite): Promise<Applied> {
  return write(board, (tx, env) => writeSpecIn(tx, env, spec));
}

/** {@link writeSpec} inside a transaction that is already open. */
export async function writeSpecIn(tx: WriteTx, env: ApplyEnv, spec: SpecWrite): Promise<Applied> {
  const wanted = {
    title: spec.title?.trim() || null,
    body: spec.body || null,
    assignee: cleanAssignee(spec.assignee),
  };
  const before = await taskById(tx, spec.taskId);
  if (before?.status === "triage" && isStale(before, spec.basedOn)) {
    return { ok: false, refusal: staleText("specify", before.id) };
  }
  if (before && spec.yieldsToProposal && await openPlanOf(tx, before.id)) {
    return { ok: false, refusal: proposedMeanwhile("specify", before.id) };
  }
  const applied = await apply(tx, env, spec.taskId, { type: "specify", ...wanted });
  if (!applied.ok || !before) return applied;
  await closeOpenPlan(tx, spec.taskId, env.now);
  const changed = (["title", "body", "assignee"] as const).filter((field) =>
    wanted[field] !== null && wanted[field] !== before[field]
  );
  if (spec.author !== null && changed.length > 0) {
    await audit(tx, env, spec.taskId, spec.author, `Specified: changed ${changed.join(", ")}.`);
  }
  return applied;
}

/** Whether the text is no longer the one that something was made from. */
export function isStale(task: TaskRow, basis: SpecWrite["basedOn"]): boolean {
  return basis !== undefined && (basis.title !== task.title || basis.body !== task.body);
}

/** The refusal to write what was made from another text. */
export function staleText(verb: "decompose" | "specify", taskId: string): Refusal {
  const message = `Cannot ${verb} task "${taskId}": its text was changed meanwhile`;
  return { code: "lost_race", message, remedy: "Do it again with the text as it is now." };
}

/** The refusal to plan by itself what somebody proposed a plan for. */
export function proposedMeanwhile(verb: "decompose" | "specify", taskId: string): Refusal {
  const message = `Cannot ${verb} task "${taskId}": somebody proposed a plan meanwhile`;
  const remedy = `Look at it with: hermes kanban plan show ${taskId}`;
  return { code: "lost_race", message, remedy };
}

async function insertChildren(
  tx: WriteTx,
  env: ApplyEnv,
  board: Pick<Board, "ids">,
  root: TaskRow,
  plan: PlanWrite,
): Promise<string[]> {
  const ids: string[] = [];
  for (const child of plan.children) {
    const task = cleanTask({
      title: child.title,
      body: child.body,
      assignee: child.assignee,
      tenant: root.tenant,
      // A worktree or scratch folder belongs to one task; a shared folder is the point of `dir`.
      workspaceKind: root.workspace_kind === "dir" ? "dir" : "scratch",
      workspacePath: root.workspace_kind === "dir" ? root.workspace_path : null,
      priority: root.priority,
      createdBy: plan.author,
      todo: true,
      held: !plan.autoPromote,
      originTaskId: root.id,
      origin: { by: plan.author, from_decompose_of: root.id },
    });
    const made = await insertTask(tx, env, board, task);
    if (made) ids.push(made.task.id);
  }
  for (const [index, child] of plan.children.entries()) {
    for (const parent of child.parents) await insertLink(tx, ids[parent]!, ids[index]!, null);
  }
  for (const id of ids) await insertLink(tx, id, root.id, null);
  return ids;
}

async function waitingTask(tx: WriteTx, id: string): Promise<WaitingTask> {
  const open = await tx.all(tasks.openParents, [id]);
  return { id, held: 0, waits: open.length > 0 ? 1 : 0 };
}

async function audit(
  tx: WriteTx,
  env: ApplyEnv,
  taskId: string,
  author: string,
  body: string,
): Promise<void> {
  await insertComment(tx, { task_id: taskId, author, body, created_at: env.now }, null);
  await appendEvent(tx, {
    taskId,
    runId: null,
    kind: "commented",
    payload: { author, len: body.length },
    at: env.now,
  });
}

function auditText(ids: readonly string[]): string {
  return `Decomposed into ${ids.join(", ")}. This task wakes up when all of them are complete.`;
}

/**
 * The last line of defence: a planner validates its plans before they come here.
 *
 * @throws HermesError `invalid`.
 */
export function checkPlan(
  { children, orchestrator }: Pick<PlanWrite, "children" | "orchestrator">,
): void {
  const refuse = (index: number, reason: string): never => {
    throw new HermesError("invalid", `Cannot write plan: task ${index} ${reason}`);
  };
  for (const [index, child] of children.entries()) {
    if (child.title.trim() === "") refuse(index, "has no title");
    if (child.assignee.trim() === "") refuse(index, "has no assignee");
    for (const parent of child.parents) {
      if (!Number.isInteger(parent) || parent < 0 || parent >= children.length) {
        refuse(index, `names parent ${parent}, which is not in the plan`);
      }
      if (parent === index) refuse(index, "waits for itself");
    }
  }
  const settled = new Set<number>();
  while (settled.size < children.length) {
    const free = children.findIndex((child, index) =>
      !settled.has(index) && child.parents.every((parent) => settled.has(parent))
    );
    if (free < 0) {
      throw new HermesError(
        "invalid",
        "Cannot write plan: its tasks wait for each other in a cycle",
      );
    }
    settled.add(free);
  }
  if (orchestrator.trim() === "") {
    throw new HermesError("invalid", "Cannot write plan: it names no orchestrator");
  }
}
