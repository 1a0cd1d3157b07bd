// Owns: the SQL of budgets — which tasks have one, and what was spent of it.

import type { ReadTx } from "../engine/port.ts";
import { usedModel } from "./usage.ts";

/** A task and all that came out of it. */
const members = `member(id) AS (
      SELECT CAST(? AS TEXT)
      UNION SELECT child.id FROM member
        JOIN tasks AS child ON child.origin_task_id = member.id)`;

export const sql = {
  anyBudget: `SELECT 1 AS found FROM tasks WHERE max_cost_usd IS NOT NULL LIMIT 1`,
  /** Of the task and what it came out of, those with a budget. The depth ends a circle. */
  budgetsAbove: `WITH RECURSIVE above(id, depth) AS (
      SELECT CAST(? AS TEXT), 0
      UNION SELECT tasks.origin_task_id, above.depth + 1 FROM above
        JOIN tasks ON tasks.id = above.id
        WHERE tasks.origin_task_id IS NOT NULL AND above.depth < 64)
    SELECT tasks.id, tasks.max_cost_usd AS limit_usd, above.depth
      FROM above JOIN tasks ON tasks.id = above.id WHERE tasks.max_cost_usd IS NOT NULL`,
  spentByGraph: `WITH RECURSIVE ${members} SELECT COALESCE(SUM(cost_usd), 0) AS spent FROM (
      SELECT cost_usd FROM member CROSS JOIN task_runs ON task_id = member.id
      UNION ALL SELECT cost_usd FROM member CROSS JOIN model_calls ON task_id = member.id)`,
  membersOf: `WITH RECURSIVE ${members} SELECT id FROM member`,
  spentSince: `SELECT COALESCE(SUM(cost_usd), 0) AS spent FROM (
      SELECT cost_usd FROM task_runs WHERE started_at >= ? AND ${usedModel}
      UNION ALL SELECT cost_usd FROM model_calls WHERE created_at >= ?)`,
} as const;

/** A task that has a budget. */
export interface BudgetRow {
  id: string;
  /** US dollars. */
  limit_usd: number;
}

/** Whether any task of the board has a budget. */
export async function hasBudgets(tx: ReadTx): Promise<boolean> {
  return await tx.get(sql.anyBudget) !== undefined;
}

/** The budgets a task counts towards: its own, and those of what it came out of, nearest first. */
export async function budgetsAbove(tx: ReadTx, taskId: string): Promise<BudgetRow[]> {
  const rows = await tx.all<BudgetRow & { depth: number }>(sql.budgetsAbove, [taskId]);
  const nearest = new Map<string, BudgetRow>();
  for (const { id, limit_usd } of rows.toSorted((a, b) => a.depth - b.depth)) {
    if (!nearest.has(id)) nearest.set(id, { id, limit_usd });
  }
  return [...nearest.values()];
}

/** Known costs, in US dollars, of a task and all that came out of it. */
export async function spentByGraph(tx: ReadTx, taskId: string): Promise<number> {
  return (await tx.get<{ spent: number }>(sql.spentByGraph, [taskId]))?.spent ?? 0;
}

/** A task and all that came out of it. */
export async function membersOf(tx: ReadTx, taskId: string): Promise<string[]> {
  return (await tx.all<{ id: string }>(sql.membersOf, [taskId])).map(({ id }) => id);
}

/** Known costs, in US dollars, of the whole board since a second. */
export async function spentSince(tx: ReadTx, since: number): Promise<number> {
  return (await tx.get<{ spent: number }>(sql.spentSince, [since, since]))?.spent ?? 0;
}
