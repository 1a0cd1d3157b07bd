// Owns: a proposal as it is shown — its graph, its size by experience, and what may be on the board already.

import type { Board } from "../kernel/board.ts";
import { planFacts } from "../kernel/plan_facts.ts";
import type { OpenTitle } from "../kernel/plan_facts.ts";
import type { OpenPlan, ProposedTask } from "../kernel/plans.ts";
import type { PlanSize, Size } from "./estimate.ts";
import { sizeOfPlan, usualSize, wavesOf } from "./estimate.ts";
import { likelyDuplicates, wordsOf } from "./likeness.ts";

/** One task of a shown plan. */
export interface PlanTaskView extends ProposedTask {
  /** What this profile's work usually takes; null when it has completed nothing yet. */
  size: Size | null;
  /** Open tasks that look like it. */
  duplicates: (OpenTitle & { likeness: number })[];
}

/** A shown plan. Positions count from 0. */
export interface PlanView {
  id: number;
  task_id: string;
  title: string;
  /** Status of the task. */
  status: string;
  author: string | null;
  created_at: number;
  updated_at: number;
  fanout: boolean;
  rationale: string;
  remarks: string[];
  /** Whether the task's text is no longer the one the plan was made from. */
  stale: boolean;
  tasks: PlanTaskView[];
  /** Positions of tasks that can run at the same time, in the order of their turns. */
  waves: number[][];
  total: PlanSize;
}

/** Adds to a proposal what the board knows about it. */
export async function viewPlan(board: Board, plan: OpenPlan): Promise<PlanView> {
  const { proposal, task } = plan;
  const profiles = proposal.tasks.map(({ assignee }) => assignee);
  const facts = await planFacts(board, task.id, profiles);
  const open = facts.open.map((other) => ({ task: other, words: wordsOf(other.title) }));
  const tasks = proposal.tasks.map((planned) => ({
    ...planned,
    size: usualSize(facts.sizes.get(planned.assignee) ?? []),
    duplicates: likelyDuplicates(planned.title, open),
  }));
  const { title, body } = proposal.based_on;
  return {
    id: plan.id,
    task_id: task.id,
    title: task.title,
    status: task.status,
    author: plan.author,
    created_at: plan.created_at,
    updated_at: plan.updated_at,
    fanout: proposal.fanout,
    rationale: proposal.rationale,
    remarks: proposal.remarks,
    stale: task.title !== title || task.body !== body,
    tasks,
    waves: wavesOf(tasks),
    total: sizeOfPlan(tasks),
  };
}
