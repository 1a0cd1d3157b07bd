// Owns: which triage tasks may be planned without anybody asking, and what holds the others back.

import { type Board, read } from "./board.ts";
import type { ReadTx } from "./engine/port.ts";
import type { TaskRow } from "./model/rows.ts";
import { openPlanOf, sql } from "./queries/plans.ts";
import { sql as tasks } from "./queries/tasks.ts";

/** What a triage task must keep within to be planned without anybody asking. */
export interface AutoLimits {
  /** Decompositions the task may lie inside of. */
  maxDepth: number;
  /** Seconds since somebody edited it or wrote on it. */
  quietSeconds: number;
}

/** What keeps a triage task from being planned by itself. Tasks of the loop guard are another matter. */
export type PlanningHold =
  | { type: "proposed"; author: string | null; at: number; tasks: number }
  | { type: "deep"; depth: number }
  | { type: "touched"; at: number };

/** Tasks that may be planned now, and when the next one that was touched has been quiet for long enough. */
export interface Plannable {
  tasks: TaskRow[];
  /** Epoch second; null when nothing waits for quiet. */
  nextAt: number | null;
}

/** Rows looked at in one go. */
const pageSize = 50;

/** At most `limit` tasks in board order. Those with an open proposal or behind the loop guard are left out. */
export function plannableTasks(
  board: Board,
  limits: AutoLimits,
  limit: number,
): Promise<Plannable> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const found: TaskRow[] = [];
    let nextAt: number | null = null;
    for (let offset = 0; found.length < limit; offset += pageSize) {
      const page = await tx.all<TaskRow>(tasks.triage, [pageSize, offset]);
      for (const task of page) {
        const hold = await holdOf(tx, task, limits, now);
        if (hold === null && found.length < limit) found.push(task);
        if (hold?.type !== "touched") continue;
        nextAt = Math.min(nextAt ?? Infinity, hold.at + limits.quietSeconds);
      }
      if (page.length < pageSize) break;
    }
    return { tasks: found, nextAt };
  });
}

/** Where a triage task stands with a planner that nobody asks. */
export interface PlanningStand {
  hold: PlanningHold | null;
  /** Triage tasks that may be planned and come before it, whether they are held back or not. */
  ahead: number;
}

export function planningStand(
  board: Board,
  task: TaskRow,
  limits: AutoLimits,
): Promise<PlanningStand> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const open = await openPlanOf(tx, task.id);
    if (open) {
      const { author, created_at: at, proposal } = open;
      return { hold: { type: "proposed", author, at, tasks: countTasks(proposal) }, ahead: 0 };
    }
    const { id, priority, created_at } = task;
    const place = [id, priority, priority, created_at, priority, created_at, id];
    const before = await tx.get<{ count: number }>(sql.triageBefore, place);
    return { hold: await holdOf(tx, task, limits, now), ahead: before?.count ?? 0 };
  });
}

/** Everything but an open proposal, which queries look for themselves. */
async function holdOf(
  tx: ReadTx,
  { id, origin_task_id }: TaskRow,
  limits: AutoLimits,
  now: number,
): Promise<PlanningHold | null> {
  if (origin_task_id !== null) {
    const depth = (await tx.get<{ count: number }>(sql.splitsAbove, [id]))?.count ?? 0;
    if (depth > limits.maxDepth) return { type: "deep", depth };
  }
  const touched = await tx.get<{ at: number | null }>(sql.lastTouched, [
    id,
    now - limits.quietSeconds,
  ]);
  const at = touched?.at ?? null;
  // A clock that was set back must not hold a task for longer than the quiet time.
  return at === null ? null : { type: "touched", at: Math.min(at, now) };
}

/** 0 when another program left something else in the row. */
function countTasks(proposal: string): number {
  try {
    const { tasks } = JSON.parse(proposal);
    return Array.isArray(tasks) ? tasks.length : 0;
  } catch {
    return 0;
  }
}
