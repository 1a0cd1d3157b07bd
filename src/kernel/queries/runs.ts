// Owns: the SQL of table `task_runs`. Only `lifecycle/` imports the functions that write.

import type { ReadTx, SqlValue, WriteTx } from "../engine/port.ts";
import type { RunRow } from "../model/rows.ts";

const columns = `id, task_id, profile, step_key, status, claim_lock, claim_expires, worker_pid,
  worker_start, worker_boot, lane, max_runtime_seconds, last_heartbeat_at, started_at, ended_at,
  outcome, summary, metadata, error, model, input_tokens, output_tokens, cost_usd, worker_session_id`;

export const sql = {
  byId: `SELECT ${columns} FROM task_runs WHERE id = ?`,
  ofTask: `SELECT ${columns} FROM task_runs WHERE task_id = ? ORDER BY id`,
  openRuns: `SELECT ${columns} FROM task_runs WHERE status = 'running' AND ended_at IS NULL`,
  insert: `INSERT INTO task_runs (task_id, profile, step_key, status, claim_lock, claim_expires,
      worker_pid, lane, max_runtime_seconds, started_at, ended_at, outcome, summary, metadata, error)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  latestOfTask: `SELECT ${columns} FROM task_runs WHERE task_id = ? AND ended_at IS NOT NULL
    ORDER BY id DESC LIMIT ?`,
  countOfTask: `SELECT COUNT(*) AS count FROM task_runs WHERE task_id = ?`,
  countClosed: `SELECT COUNT(*) AS count FROM task_runs WHERE task_id = ? AND ended_at IS NOT NULL`,
  lastCompleted: `SELECT ${columns} FROM task_runs WHERE task_id = ? AND outcome = 'completed'
    ORDER BY id DESC LIMIT 1`,
  recentOfProfile: `SELECT ${columns} FROM task_runs WHERE profile = ? AND outcome = 'completed'
    AND task_id <> ? ORDER BY ended_at DESC, id DESC LIMIT ?`,
  addUsage:
    `UPDATE task_runs SET model = ?, input_tokens = ?, output_tokens = ?, cost_usd = ? WHERE id = ?`,
  setSession: `UPDATE task_runs SET worker_session_id = ? WHERE id = ?`,
  correct: `UPDATE task_runs SET summary = ?, metadata = ? WHERE id = ?`,
} as const;

/** Columns a caller of {@link updateRun} may set. */
export type RunPatch = Partial<Omit<RunRow, "id" | "task_id" | "started_at">>;

/** The columns of a new run; what is absent is null. */
export type NewRun =
  & Pick<RunRow, "task_id" | "profile" | "status" | "started_at">
  & Partial<RunRow>;

export function runById(tx: ReadTx, id: number): Promise<RunRow | undefined> {
  return tx.get<RunRow>(sql.byId, [id]);
}

/** All attempts of a task, oldest first. */
export function runsOfTask(tx: ReadTx, taskId: string): Promise<RunRow[]> {
  return tx.all<RunRow>(sql.ofTask, [taskId]);
}

/** Inserts a run and returns its id. */
export async function insertRun(tx: WriteTx, run: NewRun): Promise<number> {
  const values: (keyof RunRow)[] = [
    "task_id",
    "profile",
    "step_key",
    "status",
    "claim_lock",
    "claim_expires",
    "worker_pid",
    "lane",
    "max_runtime_seconds",
    "started_at",
    "ended_at",
    "outcome",
    "summary",
    "metadata",
    "error",
  ];
  const change = await tx.run(sql.insert, values.map((name): SqlValue => run[name] ?? null));
  return change.lastId;
}

/** Changes a run that is still open; false when it is closed already. */
export async function updateRun(tx: WriteTx, id: number, patch: RunPatch): Promise<boolean> {
  const names = Object.keys(patch) as (keyof RunPatch)[];
  if (names.length === 0) return true;
  const assignments = names.map((name) => `${name} = ?`).join(", ");
  const change = await tx.run(
    `UPDATE task_runs SET ${assignments} WHERE id = ? AND ended_at IS NULL`,
    [...names.map((name): SqlValue => patch[name] ?? null), id],
  );
  return change.changes > 0;
}

/** Gives a closed run whose end contradicts the rest of the row an end that does not. */
export async function mendRunEnd(tx: WriteTx, id: number): Promise<void> {
  await tx.run(
    `UPDATE task_runs SET ended_at = MAX(ended_at, started_at),
       outcome = COALESCE(outcome, 'reclaimed') WHERE id = ? AND ended_at IS NOT NULL`,
    [id],
  );
}
