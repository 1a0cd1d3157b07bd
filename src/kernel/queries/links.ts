// Owns: the SQL of table `task_links`.

import type { ReadTx, WriteTx } from "../engine/port.ts";
import type { LinkedTask } from "../model/rows.ts";

const linked = `task.id, task.title, task.status, task.completed_at, task.assignee, link.waived`;

const handedOver = `task.id, task.title, task.status, task.result,
    (SELECT run.summary FROM task_runs AS run
     WHERE run.task_id = task.id AND run.summary IS NOT NULL
     ORDER BY run.id DESC LIMIT 1) AS latest_summary`;

/** UNION, not UNION ALL: links of a foreign program may run in a circle. */
const members = `WITH RECURSIVE member(id) AS (
      SELECT CAST(? AS TEXT)
      UNION SELECT CASE WHEN link.parent_id = member.id THEN link.child_id ELSE link.parent_id END
        FROM member JOIN task_links AS link
          ON link.parent_id = member.id OR link.child_id = member.id)`;

const node = `tasks.id, tasks.title, tasks.status, tasks.assignee, tasks.completed_at`;

const nodeOrder = `tasks.priority DESC, tasks.created_at, tasks.id`;

export const sql = {
  connectedTasks: `${members} SELECT ${node} FROM tasks JOIN member ON member.id = tasks.id
    ORDER BY ${nodeOrder}`,
  connectedLinks: `${members} SELECT link.parent_id, link.child_id, link.waived
    FROM task_links AS link JOIN member ON member.id = link.child_id
    ORDER BY link.parent_id, link.child_id`,
  boardTasks: `SELECT ${node} FROM tasks WHERE status <> 'archived' ORDER BY ${nodeOrder}`,
  allTasks: `SELECT ${node} FROM tasks ORDER BY ${nodeOrder}`,
  parents: `SELECT ${linked} FROM task_links AS link JOIN tasks AS task ON task.id = link.parent_id
    WHERE link.child_id = ? ORDER BY task.created_at, task.id`,
  children: `SELECT ${linked} FROM task_links AS link JOIN tasks AS task ON task.id = link.child_id
    WHERE link.parent_id = ? ORDER BY task.created_at, task.id`,
  parentResults: `SELECT ${handedOver} FROM task_links AS link
    JOIN tasks AS task ON task.id = link.parent_id
    WHERE link.child_id = ? ORDER BY task.created_at, task.id`,
  childResults: `SELECT ${handedOver} FROM task_links AS link
    JOIN tasks AS task ON task.id = link.child_id
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

/** What came of a neighbour. */
export interface NeighbourResult {
  id: string;
  title: string;
  status: string;
  result: string | null;
  /** Of its newest attempt that left one. */
  latest_summary: string | null;
}

export function parentResultsOf(tx: ReadTx, childId: string): Promise<NeighbourResult[]> {
  return tx.all<NeighbourResult>(sql.parentResults, [childId]);
}

export function childResultsOf(tx: ReadTx, parentId: string): Promise<NeighbourResult[]> {
  return tx.all<NeighbourResult>(sql.childResults, [parentId]);
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

/** A task as a point of the graph. */
export interface NodeRow {
  id: string;
  title: string;
  status: string;
  assignee: string | null;
  completed_at: number | null;
}

export interface LinkRow {
  parent_id: string;
  child_id: string;
  waived: number;
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
