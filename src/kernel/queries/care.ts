// Owns: the SQL that looks for rows which contradict each other.

import type { ReadTx } from "../engine/port.ts";
import { statuses } from "../model/status.ts";

const known = statuses.map((status) => `'${status}'`).join(", ");

/** The checks list `id`, a task, and `detail`, one row per contradiction. */
export const sql = {
  pointers: `SELECT task.id AS id, 'points to run ' || task.current_run_id AS detail
    FROM tasks AS task LEFT JOIN task_runs AS run ON run.id = task.current_run_id
    WHERE task.current_run_id IS NOT NULL
      AND (run.id IS NULL OR run.task_id <> task.id OR run.ended_at IS NOT NULL)
    ORDER BY task.id`,
  danglingRuns: `SELECT run.task_id AS id, 'run ' || run.id AS detail, run.id AS run
    FROM task_runs AS run LEFT JOIN tasks AS task ON task.id = run.task_id
    WHERE run.ended_at IS NULL
      AND (task.id IS NULL OR task.current_run_id IS NOT run.id OR task.status <> 'running')
    ORDER BY run.id`,
  runningWithoutRun: `SELECT id, 'runs without a run' AS detail FROM tasks
    WHERE status = 'running' AND current_run_id IS NULL ORDER BY id`,
  foreignStatuses: `SELECT id, 'status ' || status AS detail FROM tasks
    WHERE status NOT IN (${known}) ORDER BY id`,
  strayClaims:
    `SELECT id, 'is ' || status || ' and claimed by ' || COALESCE(claim_lock, 'nobody') AS detail
    FROM tasks WHERE status <> 'running'
      AND (claim_lock IS NOT NULL OR claim_expires IS NOT NULL OR worker_pid IS NOT NULL)
    ORDER BY id`,
  runTimes: `SELECT task_id AS id, 'run ' || id || ' ended before it started' AS detail,
      id AS run FROM task_runs
    WHERE ended_at < started_at ORDER BY id`,
  runOutcomes: `SELECT task_id AS id, 'run ' || id || CASE WHEN outcome IS NULL
      THEN ' ended without an outcome' ELSE ' has an outcome and no end' END AS detail,
      id AS run FROM task_runs WHERE (outcome IS NULL) <> (ended_at IS NULL) ORDER BY id`,
  eventIds:
    `SELECT task_id AS id, 'event ' || COALESCE(id, 'without an id') AS detail FROM task_events
    WHERE typeof(id) <> 'integer' ORDER BY rowid`,
  eventRuns: `SELECT task_id AS id, 'event ' || id || ' names run ' || run_id AS detail
    FROM task_events AS event WHERE run_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM task_runs WHERE id = event.run_id)
    ORDER BY event.id`,
  stranded: `SELECT id, 'waits for nothing' AS detail FROM tasks
    WHERE status = 'todo' AND held = 0
      AND EXISTS (SELECT 1 FROM task_links WHERE child_id = tasks.id)
      AND NOT EXISTS (SELECT 1 FROM task_links AS link JOIN tasks AS parent
        ON parent.id = link.parent_id
        WHERE link.child_id = tasks.id AND link.waived = 0 AND NOT (parent.status = 'done'
          OR (parent.status = 'archived' AND parent.completed_at IS NOT NULL)))
    ORDER BY id`,
  brokenLinks: `SELECT child_id AS id, parent_id || ' -> ' || child_id AS detail
    FROM task_links AS link
    WHERE NOT EXISTS (SELECT 1 FROM tasks WHERE id = link.parent_id)
       OR NOT EXISTS (SELECT 1 FROM tasks WHERE id = link.child_id)
    ORDER BY parent_id, child_id`,
  assignees: `SELECT assignee AS name, COUNT(*) AS count FROM tasks
    WHERE assignee > '' AND status NOT IN ('done', 'archived') GROUP BY assignee ORDER BY assignee`,
  readyCount: `SELECT COUNT(*) AS count FROM tasks WHERE status = 'ready' AND assignee > ''`,
  runningIds: `SELECT id FROM tasks WHERE status = 'running'`,
  archivedScratch: `SELECT id, workspace_path FROM tasks
    WHERE status = 'archived' AND workspace_kind = 'scratch' ORDER BY id`,
} as const;

/** One row of a check. */
export interface Contradiction {
  id: string;
  detail: string;
  /** The run it is about, where it is about one. */
  run?: number;
}

export function contradictions(tx: ReadTx, text: string): Promise<Contradiction[]> {
  return tx.all<Contradiction>(text);
}
