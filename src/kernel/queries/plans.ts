// Owns: the SQL of table `task_plans`, and of what tells whether a triage task may be planned by itself.

import type { ReadTx, WriteTx } from "../engine/port.ts";

/** One row of `task_plans`. `status` is `proposed`, `approved` or `discarded`. */
export interface PlanRow {
  id: number;
  task_id: string;
  status: string;
  /** JSON text. */
  proposal: string;
  author: string | null;
  created_at: number;
  updated_at: number;
}

const columns = "id, task_id, status, proposal, author, created_at, updated_at";

export const sql = {
  open: `SELECT ${columns} FROM task_plans WHERE task_id = ? AND status = 'proposed'`,
  insert: `INSERT INTO task_plans (task_id, status, proposal, author, created_at, updated_at)
    VALUES (?, 'proposed', ?, ?, ?, ?)`,
  /** Repeats what was read: of two people who edit one plan, the second hears of the first. */
  change: `UPDATE task_plans SET proposal = ?, updated_at = ?
    WHERE id = ? AND status = 'proposed' AND proposal = ?`,
  close: `UPDATE task_plans SET status = ?, updated_at = ? WHERE id = ? AND status = 'proposed'`,
  closeOfTask: `UPDATE task_plans SET status = 'discarded', updated_at = ?
    WHERE task_id = ? AND status = 'proposed'`,
  /** How many of the tasks a task came out of were split. The depth ends circles of foreign programs. */
  splitsAbove: `WITH RECURSIVE origin(id, depth) AS (
      SELECT origin_task_id, 1 FROM tasks WHERE id = ? AND origin_task_id IS NOT NULL
      UNION SELECT tasks.origin_task_id, origin.depth + 1 FROM origin
        JOIN tasks ON tasks.id = origin.id
        WHERE tasks.origin_task_id IS NOT NULL AND origin.depth < 100)
    SELECT COUNT(*) AS count FROM origin WHERE EXISTS (
      SELECT 1 FROM task_events WHERE task_id = origin.id AND kind = 'decomposed')`,
  /** When somebody last changed a task's text or wrote on it. */
  lastTouched: `SELECT MAX(created_at) AS at FROM task_events
    WHERE task_id = ? AND created_at > ? AND kind IN ('edited', 'commented')`,
  triageBefore: `SELECT COUNT(*) AS count FROM tasks
    WHERE status = 'triage' AND loop_guard = 0 AND id <> ?
      AND (priority > ? OR (priority = ? AND created_at < ?)
        OR (priority = ? AND created_at = ? AND id < ?))
      AND NOT EXISTS (SELECT 1 FROM task_plans WHERE task_id = tasks.id AND status = 'proposed')`,
  openTitles: `SELECT id, title, status FROM tasks
    WHERE status IN ('triage', 'todo', 'ready', 'running', 'blocked') AND id <> ?
    ORDER BY rowid DESC LIMIT ?`,
  sizes: `SELECT started_at, ended_at, input_tokens, output_tokens, cost_usd FROM task_runs
    WHERE profile = ? AND outcome = 'completed' AND lane IS NOT NULL
    ORDER BY ended_at DESC LIMIT ?`,
} as const;

/** The open proposal of a task. */
export function openPlanOf(tx: ReadTx, taskId: string): Promise<PlanRow | undefined> {
  return tx.get<PlanRow>(sql.open, [taskId]);
}

/** A task that goes its way without its proposal leaves none behind. */
export async function closeOpenPlan(tx: WriteTx, taskId: string, at: number): Promise<void> {
  await tx.run(sql.closeOfTask, [at, taskId]);
}
