// Owns: the SQL of the full-text index and of the table that tells how fresh it is.

import type { ReadTx, WriteTx } from "../engine/port.ts";

/** Statements on ordinary tables. */
export const sql = {
  hasIndex: `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'board_search'`,
  noteAll: `INSERT INTO board_search_docs (task_id) SELECT id FROM tasks WHERE true
    ON CONFLICT (task_id) DO UPDATE SET stale = 1`,
  noteChanged: `INSERT INTO board_search_docs (task_id)
    SELECT DISTINCT task_id FROM task_events WHERE id > ? AND id <= ?
      AND kind NOT IN ('heartbeat', 'claim_extended', 'claimed', 'spawned', 'promoted')
    ON CONFLICT (task_id) DO UPDATE SET stale = 1`,
  stale: `SELECT id, task_id FROM board_search_docs WHERE stale = 1 LIMIT ?`,
  anyStale: `SELECT 1 FROM board_search_docs WHERE stale = 1 LIMIT 1`,
  fresh: `UPDATE board_search_docs SET stale = 0 WHERE id = ?`,
  forget: `DELETE FROM board_search_docs WHERE id = ?`,
  taskText: `SELECT id, title, body, result FROM tasks WHERE id = ?`,
  comments: `SELECT body AS text FROM task_comments WHERE task_id = ? ORDER BY id`,
  handoffs: `SELECT summary AS text FROM task_runs
    WHERE task_id = ? AND summary IS NOT NULL ORDER BY id`,
} as const;

/** Statements on the index itself, which exists once somebody has searched. It keeps no copy of the texts. */
export const indexSql = {
  make: `CREATE VIRTUAL TABLE IF NOT EXISTS board_search USING fts5(
    id, title, body, comments, handoffs, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2')`,
  put: `INSERT OR REPLACE INTO board_search (rowid, id, title, body, comments, handoffs)
    VALUES (?, ?, ?, ?, ?, ?)`,
  remove: `DELETE FROM board_search WHERE rowid = ?`,
} as const;

/** A condition on table `tasks` with one parameter: the query of the index. */
export const isFound = `id IN (SELECT doc.task_id FROM board_search
  JOIN board_search_docs AS doc ON doc.id = board_search.rowid WHERE board_search MATCH ?)`;

/** A condition on table `tasks` that does without the index; one pattern, bound six times. */
export const isLike = `(id LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\' OR body LIKE ? ESCAPE '\\'
  OR result LIKE ? ESCAPE '\\'
  OR EXISTS (SELECT 1 FROM task_comments WHERE task_id = tasks.id AND body LIKE ? ESCAPE '\\')
  OR EXISTS (SELECT 1 FROM task_runs WHERE task_id = tasks.id AND summary LIKE ? ESCAPE '\\'))`;

/** How often {@link isLike} wants its pattern. */
export const likeParameters = 6;

/** Everything of a task that can be searched. */
export interface TaskText {
  id: string;
  title: string;
  body: string | null;
  result: string | null;
  comments: string[];
  handoffs: string[];
}

export async function hasIndex(tx: ReadTx): Promise<boolean> {
  return await tx.get(sql.hasIndex) !== undefined;
}

/** Whether texts have changed since they were indexed, as far as that was noted. */
export async function isStale(tx: ReadTx): Promise<boolean> {
  return await tx.get(sql.anyStale) !== undefined;
}

/** Some of the documents whose text has changed. */
export function staleDocs(tx: ReadTx, limit: number): Promise<{ id: number; task_id: string }[]> {
  return tx.all<{ id: number; task_id: string }>(sql.stale, [limit]);
}

/** The texts of one task; undefined when it is gone. */
export async function taskText(tx: ReadTx, taskId: string): Promise<TaskText | undefined> {
  const task = await tx.get<Omit<TaskText, "comments" | "handoffs">>(sql.taskText, [taskId]);
  if (!task) return undefined;
  const comments = await tx.all<{ text: string }>(sql.comments, [taskId]);
  const handoffs = await tx.all<{ text: string }>(sql.handoffs, [taskId]);
  return {
    ...task,
    comments: comments.map(({ text }) => text),
    handoffs: handoffs.map(({ text }) => text),
  };
}

/** Takes a document that has no task any more out of the index. */
export async function dropDoc(tx: WriteTx, id: number): Promise<void> {
  await tx.run(indexSql.remove, [id]);
  await tx.run(sql.forget, [id]);
}
