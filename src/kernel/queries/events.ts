// Owns: the SQL of tables `task_events`, `task_comments` and `board_cursors`.

import type { ReadTx, WriteTx } from "../engine/port.ts";
import type { CommentRow, EventRow } from "../model/rows.ts";
import type { EventKind } from "../model/status.ts";

export const sql = {
  insertEvent:
    `INSERT INTO task_events (task_id, run_id, kind, payload, created_at) VALUES (?, ?, ?, ?, ?)`,
  ofTask: `SELECT id, task_id, run_id, kind, payload, created_at FROM task_events
    WHERE task_id = ? ORDER BY id`,
  after: `SELECT id, task_id, run_id, kind, payload, created_at FROM task_events
    WHERE id > ? ORDER BY id LIMIT ?`,
  ofTaskAfter: `SELECT id, task_id, run_id, kind, payload, created_at FROM task_events
    WHERE task_id = ? AND id > ? ORDER BY id LIMIT ?`,
  newestOfKind: `SELECT id, task_id, run_id, kind, payload, created_at FROM task_events
    WHERE task_id = ? AND kind = ? ORDER BY id DESC LIMIT 1`,
  ofRunAndKind: `SELECT payload FROM task_events
    WHERE task_id = ? AND run_id = ? AND kind = ? AND payload IS NOT NULL ORDER BY id`,
  /** Walks back from the end: what is asked for is mostly recent. */
  lastBefore: `SELECT id FROM task_events WHERE created_at < ? ORDER BY id DESC LIMIT 1`,
  latestId: `SELECT COALESCE(MAX(id), 0) AS id FROM task_events`,
  decomposedOf: `SELECT payload FROM task_events WHERE task_id = ? AND kind = 'decomposed'
    ORDER BY id DESC LIMIT 1`,
  prune: `DELETE FROM task_events WHERE created_at < ? AND task_id IN (
    SELECT id FROM tasks WHERE status IN ('done', 'archived'))`,
  insertComment: `INSERT INTO task_comments (task_id, author, body, created_at)
    SELECT ?, ?, ?, ? WHERE CAST(? AS INTEGER) IS NULL
       OR EXISTS (SELECT 1 FROM task_runs WHERE id = ? AND ended_at IS NULL)`,
  comments:
    `SELECT id, task_id, author, body, created_at FROM task_comments WHERE task_id = ? ORDER BY id`,
  newestComments: `SELECT id, task_id, author, body, created_at FROM task_comments
    WHERE task_id = ? ORDER BY id DESC LIMIT ?`,
  countComments: `SELECT COUNT(*) AS count FROM task_comments WHERE task_id = ?`,
  cursor: `SELECT value FROM board_cursors WHERE name = ?`,
  setCursor: `INSERT INTO board_cursors (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
} as const;

/** Appends one event and returns its id. `payload` is stored as JSON; null stays NULL. */
export async function appendEvent(
  tx: WriteTx,
  event: {
    taskId: string;
    runId: number | null;
    kind: EventKind;
    payload: Record<string, unknown> | null;
    at: number;
  },
): Promise<number> {
  const payload = event.payload === null ? null : JSON.stringify(event.payload);
  const change = await tx.run(sql.insertEvent, [
    event.taskId,
    event.runId,
    event.kind,
    payload,
    event.at,
  ]);
  return change.lastId;
}

/** Events after a cursor, oldest first; of one task when `taskId` is given. */
export function eventsAfter(
  tx: ReadTx,
  cursor: number,
  limit: number,
  taskId?: string,
): Promise<EventRow[]> {
  return taskId === undefined
    ? tx.all<EventRow>(sql.after, [cursor, limit])
    : tx.all<EventRow>(sql.ofTaskAfter, [taskId, cursor, limit]);
}

/** Id of the newest event on the board, 0 when there is none. */
export async function latestEventId(tx: ReadTx): Promise<number> {
  return (await tx.get<{ id: number }>(sql.latestId))?.id ?? 0;
}

/** The newest event of one kind that a task has. */
export function newestOfKind(
  tx: ReadTx,
  taskId: string,
  kind: EventKind,
): Promise<EventRow | undefined> {
  return tx.get<EventRow>(sql.newestOfKind, [taskId, kind]);
}

/** The payloads of a run's events of one kind, oldest first, as JSON text. */
export async function payloadsOfRun(
  tx: ReadTx,
  taskId: string,
  runId: number,
  kind: EventKind,
): Promise<string[]> {
  const rows = await tx.all<{ payload: string }>(sql.ofRunAndKind, [taskId, runId, kind]);
  return rows.map(({ payload }) => payload);
}

/** Id of the last event before a time; 0 when all came later. */
export async function lastEventBefore(tx: ReadTx, at: number): Promise<number> {
  return (await tx.get<{ id: number }>(sql.lastBefore, [at]))?.id ?? 0;
}

/** Inserts a comment unless the fencing run is closed. True when a row was added. */
export async function insertComment(
  tx: WriteTx,
  comment: Omit<CommentRow, "id">,
  fence: number | null,
): Promise<boolean> {
  const { task_id, author, body, created_at } = comment;
  return (await tx.run(sql.insertComment, [task_id, author, body, created_at, fence, fence]))
    .changes > 0;
}

/** A stored log position; 0 when the reader never ran. */
export async function cursorOf(tx: ReadTx, name: string): Promise<number> {
  return (await tx.get<{ value: number }>(sql.cursor, [name]))?.value ?? 0;
}
