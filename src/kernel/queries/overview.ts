// Owns: the SQL of views across the whole board: attempts over time, what happened last, what needs a person.

import type { ReadTx, SqlValue } from "../engine/port.ts";
import type { EventRow, RunRow } from "../model/rows.ts";

const run = `run.id, run.task_id, run.profile, run.step_key, run.status, run.claim_lock,
  run.claim_expires, run.worker_pid, run.worker_start, run.worker_boot, run.lane,
  run.max_runtime_seconds, run.last_heartbeat_at, run.started_at, run.ended_at, run.outcome,
  run.summary, run.metadata, run.error, run.model, run.input_tokens, run.output_tokens, run.cost_usd,
  run.worker_session_id, task.title`;

/** Signs of life that tell nobody anything afterwards. */
const quiet = `'heartbeat', 'claim_extended'`;

export const sql = {
  runsBetween: `SELECT ${run} FROM task_runs AS run LEFT JOIN tasks AS task ON task.id = run.task_id
    WHERE run.started_at < ? AND (run.ended_at IS NULL OR run.ended_at >= ?)
      AND (CAST(? AS TEXT) IS NULL OR run.profile = ?)
    ORDER BY run.id DESC LIMIT ?`,
  openRuns: `SELECT ${run} FROM task_runs AS run LEFT JOIN tasks AS task ON task.id = run.task_id
    WHERE run.status = 'running' AND run.ended_at IS NULL ORDER BY run.id`,
  runById: `SELECT ${run} FROM task_runs AS run LEFT JOIN tasks AS task ON task.id = run.task_id
    WHERE run.id = ?`,
  eventsBefore: `SELECT event.id, event.task_id, event.run_id, event.kind, event.payload,
      event.created_at, task.title, task.assignee
    FROM task_events AS event LEFT JOIN tasks AS task ON task.id = event.task_id
    WHERE event.id < ? AND event.kind NOT IN (${quiet})
      AND (CAST(? AS TEXT) IS NULL OR event.kind IN (SELECT value FROM json_each(?)))
      AND (CAST(? AS TEXT) IS NULL OR task.assignee = ?)
    ORDER BY event.id DESC LIMIT ?`,
  blocked: `SELECT id, title, assignee, status, block_kind, consecutive_failures,
      last_failure_error, created_at,
      (SELECT MAX(event.id) FROM task_events AS event
        WHERE event.task_id = tasks.id AND event.kind IN ('blocked', 'gave_up', 'status')) AS cause
    FROM tasks WHERE status = 'blocked' ORDER BY priority DESC, created_at, id LIMIT ?`,
  causes: `SELECT id, task_id, run_id, kind, payload, created_at FROM task_events
    WHERE id IN (SELECT value FROM json_each(?))`,
  waitingReady: `SELECT id, title, assignee, status, block_kind, consecutive_failures,
      last_failure_error, created_at, (SELECT MAX(event.created_at) FROM task_events AS event
        WHERE event.task_id = tasks.id AND event.kind NOT IN (${quiet}, 'commented')) AS cause
    FROM tasks WHERE status = 'ready' AND (not_before IS NULL OR not_before <= ?)
    ORDER BY priority DESC, created_at, id LIMIT ?`,
} as const;

/** An attempt with the title of its task; null when that is gone. */
export type TitledRun = RunRow & { title: string | null };

/** An event with what its task is called and who does it. */
export type TitledEvent = EventRow & { title: string | null; assignee: string | null };

/** A task that may need a person. */
export interface NeedyRow {
  id: string;
  title: string;
  assignee: string | null;
  status: string;
  block_kind: string | null;
  consecutive_failures: number;
  last_failure_error: string | null;
  created_at: number;
  /** What `cause` names: see the query. */
  cause: number | null;
}

/** Attempts that overlap a time, the newest first. */
export function runsBetween(
  tx: ReadTx,
  { since, until, profile, limit }: {
    since: number;
    until: number;
    profile: string | null;
    limit: number;
  },
): Promise<TitledRun[]> {
  return tx.all<TitledRun>(sql.runsBetween, [until, since, profile, profile, limit]);
}

/** Events before one, the newest first; of some kinds and of one assignee's tasks where they are given. */
export function eventsBefore(
  tx: ReadTx,
  { before, kinds, assignee, limit }: {
    before: number;
    kinds: readonly string[] | null;
    assignee: string | null;
    limit: number;
  },
): Promise<TitledEvent[]> {
  const list: SqlValue = kinds === null ? null : JSON.stringify(kinds);
  return tx.all<TitledEvent>(sql.eventsBefore, [before, list, list, assignee, assignee, limit]);
}
