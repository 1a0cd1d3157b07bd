// Owns: decomposing one triage task — draft a plan, write it — with failures as outcomes.

import { HermesError } from "../base/errors.ts";
import { writePlan, writeSpec } from "../kernel/decomposition.ts";
import { getTask } from "../kernel/detail.ts";
import type { Refusal } from "../kernel/lifecycle/decision.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import { keepPlan } from "../kernel/plans.ts";
import type { Proposal } from "../kernel/plans.ts";
import { draftPlan } from "./draft.ts";
import type { PlannerDeps } from "./draft.ts";

export type { PlannerDeps } from "./draft.ts";

/** What came of a decomposition; the JSON shape every surface shows. */
export interface DecomposeOutcome {
  task_id: string;
  ok: boolean;
  /** Why not; empty when `ok`. */
  reason: string;
  /** Whether the task became several. */
  fanout: boolean;
  child_ids: string[];
  /** The new title of a task that stayed one, when it changed; else null. */
  new_title: string | null;
}

/** What nobody looked at before it is written keeps within these. */
export interface AutoPolicy {
  /** Tasks a plan may have; a larger one is kept as a proposal. */
  maxChildren: number;
}

/**
 * Turns a triage task into a graph of tasks routed to profiles, or into one specified task. The
 * board is read before the model is called and written after, in one transaction that checks again;
 * nothing is held meanwhile. Expected failures come back in the outcome and leave no trace.
 *
 * @param author who asked: author of the audit comment and creator of the children
 * @param policy the limits when nobody asked; null when a person did
 * @throws only the signal's reason when it is aborted, and bugs.
 */
export async function decomposeTask(
  deps: PlannerDeps,
  taskId: string,
  author = "decomposer",
  policy: AutoPolicy | null = null,
): Promise<DecomposeOutcome> {
  try {
    const task = await getTask(deps.board, taskId);
    const draft = await draftPlan(deps, task);
    if (!draft.ok) return failed(taskId, draft.reason);
    const { proposal, team } = draft;
    const limit = policy?.maxChildren ?? Infinity;
    if (proposal.fanout && proposal.tasks.length > limit) {
      await keepPlan(deps.board, taskId, proposal, author, true);
      return failed(taskId, tooMany(proposal.tasks.length, limit));
    }
    const write = { task, proposal, author, yieldsToProposal: policy !== null };
    return proposal.fanout
      ? await writeFanout(deps, { ...write, orchestrator: team.orchestrator })
      : await writeSingle(deps, write);
  } catch (thrown) {
    deps.signal?.throwIfAborted();
    if (!(thrown instanceof HermesError)) throw thrown;
    return failed(taskId, thrown.message);
  }
}

interface Writing {
  task: TaskRow;
  proposal: Proposal;
  author: string;
  yieldsToProposal: boolean;
}

async function writeFanout(
  deps: PlannerDeps,
  { task, proposal, author, orchestrator, yieldsToProposal }: Writing & { orchestrator: string },
): Promise<DecomposeOutcome> {
  const ids = await written(() =>
    writePlan(deps.board, {
      rootId: task.id,
      orchestrator,
      children: proposal.tasks,
      author,
      autoPromote: deps.config.kanban.auto_promote_children,
      basedOn: task,
      yieldsToProposal,
    })
  );
  if (typeof ids === "string") return failed(task.id, ids);
  if (ids === null) return failed(task.id, movedOn);
  return { task_id: task.id, ok: true, reason: "", fanout: true, child_ids: ids, new_title: null };
}

async function writeSingle(
  deps: PlannerDeps,
  { task, proposal, author, yieldsToProposal }: Writing,
): Promise<DecomposeOutcome> {
  const { title, body, assignee } = proposal.tasks[0]!;
  const applied = await written(() =>
    writeSpec(deps.board, {
      taskId: task.id,
      title,
      body,
      assignee: task.assignee ? null : assignee,
      author,
      basedOn: task,
      yieldsToProposal,
    })
  );
  if (typeof applied === "string") return failed(task.id, applied);
  if (!applied.ok) return failed(task.id, refusedSpec(applied.refusal));
  const now = applied.task.title;
  return {
    task_id: task.id,
    ok: true,
    reason: "",
    fanout: false,
    child_ids: [],
    new_title: now === task.title ? null : now,
  };
}

const movedOn = "the task moved out of triage meanwhile";

/** Why a rewrite was refused, in the words of an outcome. */
export function refusedSpec({ code, message }: Pick<Refusal, "code" | "message">): string {
  return code === "lost_race" ? afterColon(message) : movedOn;
}

/** The result of a write, or the reason the board gave for refusing it. */
async function written<T>(write: () => Promise<T>): Promise<T | string> {
  try {
    return await write();
  } catch (thrown) {
    if (!(thrown instanceof HermesError)) throw thrown;
    if (thrown.code === "lost_race") return afterColon(thrown.message);
    return `DB rejected graph: ${thrown.message}`;
  }
}

/** The reason in a message that reads `Cannot … "…": <reason>`. */
function afterColon(message: string): string {
  return message.slice(message.indexOf('": ') + 3);
}

function tooMany(count: number, limit: number): string {
  return `the plan has ${count} tasks, more than kanban.auto_decompose_max_children (${limit}): ` +
    "it waits as a proposal";
}

function failed(taskId: string, reason: string): DecomposeOutcome {
  return { task_id: taskId, ok: false, reason, fanout: false, child_ids: [], new_title: null };
}
