// Owns: the SQL of the migration pass.

import type { ReadTx, WriteTx } from "../engine/port.ts";

export const sql = {
  ledger: `CREATE TABLE IF NOT EXISTS board_migrations (
    version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)`,
  hasLedger: `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'board_migrations'`,
  version: `SELECT COALESCE(MAX(version), 0) AS version FROM board_migrations`,
  record: `INSERT INTO board_migrations (version, name, applied_at) VALUES (?, ?, ?)
    ON CONFLICT (version) DO NOTHING`,
  columns: `SELECT name FROM pragma_table_info(?)`,
  columnDetails: `SELECT name, type, "notnull" AS required, dflt_value AS fallback, pk
    FROM pragma_table_info(?)`,
  /** Indexes and triggers that somebody made on a table. */
  madeOn: `SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('index', 'trigger')
    AND sql IS NOT NULL`,
  nameTasks: `UPDATE tasks SET id = 't_' || lower(hex(randomblob(4))) WHERE id IS NULL`,
  movePointer: `UPDATE tasks SET current_run_id = ? WHERE current_run_id = ?`,
  moveEvents: `UPDATE task_events SET run_id = ? WHERE run_id = ?`,
  /** A pointer to a run that is closed, missing or another task's: the task has no run to speak of. */
  dropDeadPointers: `UPDATE tasks SET current_run_id = NULL
    WHERE status = 'running' AND current_run_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM task_runs
      WHERE id = tasks.current_run_id AND task_id = tasks.id AND ended_at IS NULL)`,
  /** An open run that its task does not point to, as an interrupted pass of another program leaves it. */
  adoptOpenRuns: `UPDATE tasks SET current_run_id = (SELECT MAX(id) FROM task_runs
      WHERE task_id = tasks.id AND ended_at IS NULL)
    WHERE status = 'running' AND current_run_id IS NULL`,
  runningWithoutRun:
    `SELECT id, assignee, claim_lock, claim_expires, worker_pid, max_runtime_seconds,
    last_heartbeat_at, started_at, created_at FROM tasks WHERE status = 'running' AND current_run_id IS NULL`,
  adoptRun: `INSERT INTO task_runs (task_id, profile, status, claim_lock, claim_expires, worker_pid,
    max_runtime_seconds, last_heartbeat_at, started_at) VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?)`,
  adoptPointer: `UPDATE tasks SET current_run_id = ? WHERE id = ? AND current_run_id IS NULL`,
  dropAdopted:
    `UPDATE task_runs SET status = 'released', outcome = 'reclaimed', ended_at = ? WHERE id = ?`,
} as const;

/** A task that an older release left running without a run row. */
export interface OrphanTask {
  id: string;
  assignee: string | null;
  claim_lock: string | null;
  claim_expires: number | null;
  worker_pid: number | null;
  max_runtime_seconds: number | null;
  last_heartbeat_at: number | null;
  started_at: number | null;
  created_at: number;
}

/** The newest migration recorded in the file; 0 for a new file or one of another program. */
export async function schemaVersion(tx: ReadTx): Promise<number> {
  if (!await tx.get(sql.hasLedger)) return 0;
  const row = await tx.get<{ version: number }>(sql.version);
  return row?.version ?? 0;
}

export async function columnNames(tx: ReadTx, table: string): Promise<Set<string>> {
  const rows = await tx.all<{ name: string }>(sql.columns, [table]);
  return new Set(rows.map((row) => row.name));
}

/**
 * Gives every task that runs without a run one open run. The pointer is set only while it is still
 * empty; a run that loses that race is closed as reclaimed.
 */
export async function adoptRunningTasks(tx: WriteTx, now: number): Promise<void> {
  await tx.run(sql.dropDeadPointers);
  await tx.run(sql.adoptOpenRuns);
  for (const task of await tx.all<OrphanTask>(sql.runningWithoutRun)) {
    const run = await tx.run(sql.adoptRun, [
      task.id,
      task.assignee,
      task.claim_lock,
      task.claim_expires,
      task.worker_pid,
      task.max_runtime_seconds,
      task.last_heartbeat_at,
      task.started_at ?? task.created_at,
    ]);
    const pointer = await tx.run(sql.adoptPointer, [run.lastId, task.id]);
    if (pointer.changes === 0) await tx.run(sql.dropAdopted, [now, run.lastId]);
  }
}

/** What SQLite knows about one column; `required` and `pk` are 0 when they do not apply. */
export interface ColumnDetail {
  name: string;
  type: string;
  required: number;
  fallback: string | null;
  pk: number;
}

/** Turns times that are stored as ISO text or as fractions into whole epoch seconds; other text stays. */
export async function mendTimes(tx: WriteTx, table: string, column: string): Promise<void> {
  await tx.run(
    `UPDATE ${table} SET ${column} = CASE typeof(${column}) WHEN 'real' THEN CAST(${column} AS INTEGER)
       ELSE CAST(strftime('%s', ${column}) AS INTEGER) END
     WHERE typeof(${column}) = 'real' OR (typeof(${column}) = 'text' AND ${column} LIKE '____-__-__%'
       AND strftime('%s', ${column}) IS NOT NULL)`,
  );
}
