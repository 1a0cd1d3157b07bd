// Owns: the SQL of table `board_undo`, and what tells whether a task has moved on.

import type { ReadTx, WriteTx } from "../engine/port.ts";

const columns =
  `action.id, action.task_id, action.person, action.verb, action.inverse, action.done_at,
  task.title`;

export const sql = {
  insert: `INSERT INTO board_undo (task_id, person, verb, inverse, done_at) VALUES (?, ?, ?, ?, ?)`,
  newest: `SELECT ${columns} FROM board_undo AS action LEFT JOIN tasks AS task
    ON task.id = action.task_id WHERE action.undone_at IS NULL ORDER BY action.id DESC LIMIT ?`,
  byId: `SELECT ${columns}, action.undone_at FROM board_undo AS action LEFT JOIN tasks AS task
    ON task.id = action.task_id WHERE action.id = ?`,
  markUndone: `UPDATE board_undo SET undone_at = ? WHERE id = ? AND undone_at IS NULL`,
  forget: `DELETE FROM board_undo WHERE id <= ?`,
  /** The last attempt that somebody claimed; attempts made up for a handoff have no lock. */
  lastClaim: `SELECT COALESCE(MAX(id), 0) AS id FROM task_runs
    WHERE task_id = ? AND claim_lock IS NOT NULL`,
} as const;

/** One remembered action; `title` is null when the task is gone. */
export interface ActionRow {
  id: number;
  task_id: string;
  title: string | null;
  person: string;
  verb: string;
  /** JSON of an `Inverse`. */
  inverse: string;
  done_at: number;
}

/** Actions that were not undone, newest first. */
export function newestActions(tx: ReadTx, limit: number): Promise<ActionRow[]> {
  return tx.all<ActionRow>(sql.newest, [limit]);
}

export function actionById(
  tx: ReadTx,
  id: number,
): Promise<ActionRow & { undone_at: number | null } | undefined> {
  return tx.get<ActionRow & { undone_at: number | null }>(sql.byId, [id]);
}

/** Id of the newest claimed run of a task; 0 when nobody ever claimed it. */
export async function lastClaimOf(tx: ReadTx, taskId: string): Promise<number> {
  return (await tx.get<{ id: number }>(sql.lastClaim, [taskId]))?.id ?? 0;
}

/** Appends one action and forgets those that are `keep` actions older. */
export async function insertAction(
  tx: WriteTx,
  action: Omit<ActionRow, "id" | "title">,
  keep: number,
): Promise<void> {
  const { task_id, person, verb, inverse, done_at } = action;
  const { lastId } = await tx.run(sql.insert, [task_id, person, verb, inverse, done_at]);
  await tx.run(sql.forget, [lastId - keep]);
}
