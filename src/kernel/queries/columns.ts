// Owns: the SQL of the board as a person looks at it, column by column.

import type { ReadTx } from "../engine/port.ts";

/** A task as a card of its column. */
export interface CardRow {
  id: string;
  title: string;
  status: string;
  assignee: string | null;
  priority: number;
  created_at: number;
  completed_at: number | null;
  /** Beginning of the open attempt. */
  run_started_at: number | null;
  /** The last time something moved the task. */
  moved_at: number | null;
}

/** Kinds of events after which a task is in another column than before, or a while longer in its own. */
export const moves = [
  "created",
  "promoted",
  "claimed",
  "completed",
  "blocked",
  "unblocked",
  "status",
  "reclaimed",
  "crashed",
  "timed_out",
  "spawn_failed",
  "protocol_violation",
  "rate_limited",
  "gave_up",
  "specified",
  "decomposed",
  "archived",
].map((kind) => `'${kind}'`).join(", ");

/** Look-ups around a task only for those that are left after sorting. */
function cards(order: string): string {
  return `SELECT id, title, status, assignee, priority, created_at, completed_at,
    (SELECT started_at FROM task_runs WHERE id = card.current_run_id) AS run_started_at,
    (SELECT MAX(created_at) FROM task_events
      WHERE task_id = card.id AND kind IN (${moves})) AS moved_at
  FROM (SELECT id, title, status, assignee, priority, created_at, completed_at, current_run_id
    FROM tasks WHERE status = ? ORDER BY ${order} LIMIT ?) AS card ORDER BY ${order}`;
}

export const sql = {
  mostUrgent: cards("priority DESC, created_at, id"),
  lastDone: cards("completed_at DESC, id"),
} as const;

/** At most `limit` cards of a column: what is over from its newest, all else from the most urgent. */
export function cardsOf(tx: ReadTx, status: string, limit: number): Promise<CardRow[]> {
  const isOver = status === "done" || status === "archived";
  return tx.all(isOver ? sql.lastDone : sql.mostUrgent, [status, limit]);
}
