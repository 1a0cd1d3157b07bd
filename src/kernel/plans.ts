// Owns: proposed plans — kept, changed, approved or discarded without a task being created before its time.

import { HermesError } from "../base/errors.ts";
import { type Board, read, write } from "./board.ts";
import {
  checkPlan,
  isStale,
  type PlannedChild,
  proposedMeanwhile,
  staleText,
  writePlanIn,
  writeSpecIn,
} from "./decomposition.ts";
import type { WriteTx } from "./engine/port.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import type { TaskRow } from "./model/rows.ts";
import type { EventKind } from "./model/status.ts";
import { appendEvent } from "./queries/events.ts";
import { openPlanOf, type PlanRow, sql } from "./queries/plans.ts";
import { taskById } from "./queries/tasks.ts";

/** One task of a proposal. `parents` are positions in its list, counted from 0. */
export interface ProposedTask extends PlannedChild {
  parents: number[];
  /** Why it goes to this profile; null when the planner did not say. */
  why: string | null;
  /** The profile that would be the second choice. */
  runner_up: string | null;
}

/** What a plan would make of a task. */
export interface Proposal {
  /** False for a task that stays one: the only task of the list is its rewrite. */
  fanout: boolean;
  rationale: string;
  tasks: ProposedTask[];
  /** What was put right in the planner's answer, in sentences. */
  remarks: string[];
  /** The text the plan was made from. */
  based_on: { title: string; body: string | null };
}

/** A proposal that waits for a word, and the task it is about. */
export interface OpenPlan {
  id: number;
  proposal: Proposal;
  /** The proposal as it is stored, by which a change by somebody else is noticed. */
  stored: string;
  author: string | null;
  created_at: number;
  updated_at: number;
  task: TaskRow;
}

/**
 * Keeps a proposal for a triage task, in place of an earlier one.
 *
 * @param yields for one that nobody asked for: what somebody proposed or wrote meanwhile stays as it is.
 * @throws HermesError `not_found`; `refused` when the task is not in triage; `lost_race` when it has to yield.
 */
export function keepPlan(
  board: Board,
  taskId: string,
  proposal: Proposal,
  author: string,
  yields = false,
): Promise<OpenPlan> {
  return write(board, async (tx, { now }) => {
    const task = await taskById(tx, taskId);
    if (!task) throw refusalError(unknownTask(taskId));
    if (task.status !== "triage") throw leftTriage("propose plan for", task);
    if (yields && isStale(task, proposal.based_on)) {
      throw refusalError(staleText("decompose", taskId));
    }
    if (yields && await openPlanOf(tx, taskId)) {
      throw refusalError(proposedMeanwhile("decompose", taskId));
    }
    await tx.run(sql.closeOfTask, [now, taskId]);
    const stored = JSON.stringify(proposal);
    const { lastId } = await tx.run(sql.insert, [taskId, stored, author, now, now]);
    const { fanout, tasks } = proposal;
    await note(tx, taskId, "plan_proposed", now, { author, fanout, tasks: tasks.length });
    return { id: lastId, proposal, stored, author, created_at: now, updated_at: now, task };
  });
}

/** The open proposal of a task, or null. @throws HermesError `not_found` for an unknown task. */
export function openPlan(board: Board, taskId: string): Promise<OpenPlan | null> {
  return read(board, async (tx) => {
    const task = await taskById(tx, taskId);
    if (!task) throw refusalError(unknownTask(taskId));
    const row = await openPlanOf(tx, taskId);
    return row ? { ...row, proposal: readProposal(row), stored: row.proposal, task } : null;
  });
}

/** {@link openPlan}. @throws HermesError `not_found` naming what was to be done when there is none. */
export async function mustOpenPlan(board: Board, verb: string, taskId: string): Promise<OpenPlan> {
  const plan = await openPlan(board, taskId);
  if (!plan) throw noPlan(verb, taskId);
  return plan;
}

/**
 * Puts `proposal` in the place of what was read as `plan`.
 *
 * @throws HermesError `lost_race` when the plan was changed, approved or discarded since.
 */
export function changePlan(
  board: Board,
  plan: OpenPlan,
  proposal: Proposal,
  author: string,
): Promise<OpenPlan> {
  return write(board, async (tx, { now }) => {
    const { id, task } = plan;
    const stored = JSON.stringify(proposal);
    const change = await tx.run(sql.change, [stored, now, id, plan.stored]);
    if (change.changes === 0) {
      throw new HermesError(
        "lost_race",
        `Cannot edit plan of task "${task.id}": somebody else changed it first`,
        { remedy: `Look at it again with: hermes kanban plan show ${task.id}` },
      );
    }
    await note(tx, task.id, "plan_edited", now, { author, tasks: proposal.tasks.length });
    return { ...plan, proposal, stored, updated_at: now };
  });
}

/** Drops the open proposal of a task. @throws HermesError `not_found`. */
export function discardPlan(board: Board, taskId: string, author: string): Promise<OpenPlan> {
  return write(board, async (tx, { now }) => {
    const task = await taskById(tx, taskId);
    if (!task) throw refusalError(unknownTask(taskId));
    const row = await openPlanOf(tx, taskId);
    if (!row) throw noPlan("discard", taskId);
    await tx.run(sql.close, ["discarded", now, row.id]);
    await note(tx, taskId, "plan_discarded", now, { author });
    // A proposal that cannot be read any more can still be dropped.
    const proposal = readable(row) ?? emptyProposal;
    return { ...row, proposal, stored: row.proposal, task, updated_at: now };
  });
}

/** How a proposal becomes tasks. */
export interface Approval {
  plan: OpenPlan;
  orchestrator: string;
  /** Author of the audit comment and creator of the children. */
  author: string;
  autoPromote: boolean;
  /** Approves although the task's text is no longer the one the plan was made from. */
  anyway: boolean;
}

/**
 * Does what a proposal says and marks it approved, in one transaction.
 *
 * @returns the children in plan order, none when the task stays one; and the task's new title if it changed.
 * @throws HermesError `refused` when the task is not in triage, `lost_race` when its text or the plan
 * changed since, `invalid` for a plan that cannot be written.
 */
export async function approvePlan(
  board: Board,
  approval: Approval,
): Promise<{ childIds: string[]; newTitle: string | null }> {
  const { plan, orchestrator, author } = approval;
  const { proposal, task: { id: taskId } } = plan;
  checkPlan({ orchestrator, children: proposal.tasks });
  return await write(board, async (tx, env) => {
    const row = await openPlanOf(tx, taskId);
    if (!row) throw noPlan("approve", taskId);
    if (row.id !== plan.id || row.proposal !== plan.stored) {
      throw changedMeanwhile(taskId, "the plan was changed since it was shown", "");
    }
    const task = await taskById(tx, taskId);
    if (task?.status !== "triage") throw leftTriage("approve plan of", task ?? plan.task);
    const { title, body } = proposal.based_on;
    if (!approval.anyway && (task.title !== title || task.body !== body)) {
      throw changedMeanwhile(
        taskId,
        "the task's text was changed since the plan was made",
        ", or approve it as it is with --anyway",
      );
    }
    // Before the plan is written: writing it would discard an open proposal.
    await tx.run(sql.close, ["approved", env.now, row.id]);
    if (proposal.fanout) {
      const childIds = await writePlanIn(tx, env, board, {
        rootId: taskId,
        orchestrator,
        children: proposal.tasks,
        author,
        autoPromote: approval.autoPromote,
      });
      return { childIds: childIds ?? [], newTitle: null };
    }
    const only = proposal.tasks[0]!;
    const applied = await writeSpecIn(tx, env, { taskId, ...only, author });
    if (!applied.ok) throw refusalError(applied.refusal);
    const newTitle = applied.task.title === task.title ? null : applied.task.title;
    return { childIds: [], newTitle };
  });
}

/** The refusal to do something with a plan that is not there. */
export function noPlan(verb: string, taskId: string): HermesError {
  return new HermesError(
    "not_found",
    `Cannot ${verb} plan of task "${taskId}": there is no open proposal`,
    { remedy: `Make one with: hermes kanban decompose ${taskId} --plan` },
  );
}

function leftTriage(what: string, { id, status }: Pick<TaskRow, "id" | "status">): HermesError {
  return new HermesError(
    "refused",
    `Cannot ${what} task "${id}": the task is not in triage: its status is ${status}`,
    { remedy: `Move it back with: hermes kanban move ${id} triage` },
  );
}

function changedMeanwhile(taskId: string, reason: string, or: string): HermesError {
  return new HermesError("lost_race", `Cannot approve plan of task "${taskId}": ${reason}`, {
    remedy: `Look at it with: hermes kanban plan show ${taskId}. Make a new one with: ` +
      `hermes kanban decompose ${taskId} --plan${or}`,
  });
}

const emptyProposal: Proposal = {
  fanout: true,
  rationale: "",
  tasks: [],
  remarks: [],
  based_on: { title: "", body: null },
};

/** @throws HermesError `invalid` when another program left something else in the row. */
function readProposal(row: PlanRow): Proposal {
  const proposal = readable(row);
  if (proposal) return proposal;
  throw new HermesError("invalid", `Cannot read plan of task "${row.task_id}": it is damaged`, {
    remedy: `Drop it with: hermes kanban plan discard ${row.task_id}`,
  });
}

function readable({ proposal }: PlanRow): Proposal | null {
  try {
    const value = JSON.parse(proposal) as Proposal;
    return Array.isArray(value.tasks) && value.tasks.length > 0 && value.based_on ? value : null;
  } catch {
    return null;
  }
}

async function note(
  tx: WriteTx,
  taskId: string,
  kind: EventKind,
  at: number,
  payload: Record<string, unknown>,
): Promise<void> {
  await appendEvent(tx, { taskId, runId: null, kind, payload, at });
}
