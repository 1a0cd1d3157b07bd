// Owns: the SQL of table `task_links`.

import type { ReadTx, WriteTx } from "../engine/port.ts";
import type { LinkedTask } from "../model/rows.ts";

const linked = `task.id, task.title, task.status, task.completed_at, task.assignee, link.waived`;

export const sql = {
  parents: `SELECT ${linked} FROM task_links AS link JOIN tasks AS task ON task.id = link.parent_id
    WHERE link.child_id = ? ORDER BY task.created_at, task.id`,
  children: `SELECT ${linked} FROM task_links AS link JOIN tasks AS task ON task.id = link.child_id
    WHERE link.parent_id = ? ORDER BY task.created_at, task.id`,
  insert: `INSERT INTO task_links (parent_id, child_id)
    SELECT ?, ? WHERE CAST(? AS INTEGER) IS NULL
       OR EXISTS (SELECT 1 FROM task_runs WHERE id = ? AND ended_at IS NULL)
    ON CONFLICT (parent_id, child_id) DO NOTHING`,
  exists: `SELECT 1 FROM task_links WHERE parent_id = ? AND child_id = ?`,
  remove: `DELETE FROM task_links WHERE parent_id = ? AND child_id = ?`,
  waive: `UPDATE task_links SET waived = 1 WHERE parent_id = ? AND child_id = ?`,
  unwaive: `UPDATE task_links SET waived = 0 WHERE parent_id = ? AND child_id = ?`,
  one: `SELECT waived FROM task_links WHERE parent_id = ? AND child_id = ?`,
  /** Whether `from` can be reached from `to` by following links downwards. */
  reaches: `WITH RECURSIVE below(id) AS (
      SELECT child_id FROM task_links WHERE parent_id = ?
      UNION SELECT link.child_id FROM task_links AS link JOIN below ON link.parent_id = below.id)
    SELECT 1 FROM below WHERE id = ? LIMIT 1`,
  all: `SELECT parent_id, child_id, waived FROM task_links ORDER BY parent_id, child_id`,
} as const;

export function parentsOf(tx: ReadTx, childId: string): Promise<LinkedTask[]> {
  return tx.all<LinkedTask>(sql.parents, [childId]);
}

export function childrenOf(tx: ReadTx, parentId: string): Promise<LinkedTask[]> {
  return tx.all<LinkedTask>(sql.children, [parentId]);
}

/** Inserts the pair unless it is there, or the fencing run is closed. True when a row was added. */
export async function insertLink(
  tx: WriteTx,
  parentId: string,
  childId: string,
  fence: number | null,
): Promise<boolean> {
  return (await tx.run(sql.insert, [parentId, childId, fence, fence])).changes > 0;
}

/** One link, or undefined when there is none. */
export function linkBetween(
  tx: ReadTx,
  parentId: string,
  childId: string,
): Promise<{ waived: number } | undefined> {
  return tx.get<{ waived: number }>(sql.one, [parentId, childId]);
}

/** Whether `task` lies below `ancestor` in the graph. */
export async function liesBelow(tx: ReadTx, ancestor: string, task: string): Promise<boolean> {
  return await tx.get(sql.reaches, [ancestor, task]) !== undefined;
}
