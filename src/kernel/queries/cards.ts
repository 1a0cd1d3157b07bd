// Owns: the SQL of what a card shows beside its task: neighbours, comments, handoff and cost, for many tasks at once.

import type { ReadTx } from "../engine/port.ts";
import { moves } from "./columns.ts";

const isDone = (task: string) =>
  `(${task}.status = 'done' OR (${task}.status = 'archived' AND ${task}.completed_at IS NOT NULL))`;

/** The tasks of a JSON array of ids. */
const chosen = `chosen(id) AS MATERIALIZED (SELECT value FROM json_each(?))`;

export const sql = {
  /** Every link, as one text: reading it in one piece costs a fifth of reading as many rows. */
  allLinks: `SELECT json_group_array(parent_id || ' ' || child_id || ' ' || waived) AS pairs
    FROM task_links`,
  /** UNION: a link between two chosen tasks counts once. */
  linksOf:
    `WITH ${chosen} SELECT json_group_array(parent_id || ' ' || child_id || ' ' || waived) AS pairs
    FROM (SELECT link.* FROM chosen CROSS JOIN task_links AS link ON link.child_id = chosen.id
      UNION SELECT link.* FROM chosen CROSS JOIN task_links AS link ON link.parent_id = chosen.id)`,
  states: `WITH ${chosen} SELECT task.id, ${isDone("task")} AS done, task.origin_task_id
    FROM chosen CROSS JOIN tasks AS task ON task.id = chosen.id`,
  comments: `WITH ${chosen} SELECT chosen.id, COUNT(*) AS total
    FROM chosen CROSS JOIN task_comments AS comment ON comment.task_id = chosen.id
    GROUP BY chosen.id`,
  /** The open attempt's start, the newest handoff, and what all attempts cost. Of the handoffs, MAX takes the last. */
  runs: `WITH ${chosen} SELECT chosen.id, COUNT(*) AS total, SUM(run.cost_usd) AS cost_usd,
      MAX(CASE WHEN run.ended_at IS NULL THEN run.started_at END) AS running_since,
      MAX(CASE WHEN run.summary > '' THEN run.id END) AS summary_run
    FROM chosen CROSS JOIN task_runs AS run ON run.task_id = chosen.id GROUP BY chosen.id`,
  summaries: `WITH ${chosen} SELECT run.id, substr(run.summary, 1, 200) AS summary
    FROM chosen CROSS JOIN task_runs AS run ON run.id = chosen.id`,
  moved: `WITH ${chosen} SELECT chosen.id, MAX(event.created_at) AS at
    FROM chosen CROSS JOIN task_events AS event ON event.task_id = chosen.id
      AND event.kind IN (${moves}) GROUP BY chosen.id`,
  /** Which of the parents of decomposed tasks the last decomposition made, and which of them are done. */
  splits: `WITH ${chosen}, last(id, event) AS (
      SELECT chosen.id, MAX(event.id) FROM chosen
        CROSS JOIN task_events AS event ON event.task_id = chosen.id AND event.kind = 'decomposed'
        GROUP BY chosen.id)
    SELECT last.id, COUNT(*) AS total, SUM(${isDone("part")}) AS done FROM last
      CROSS JOIN task_events AS event ON event.id = last.event
      CROSS JOIN json_each(CASE WHEN json_valid(event.payload) THEN event.payload ELSE '{}' END,
        '$.child_ids') AS made
      JOIN task_links AS link ON link.parent_id = made.value AND link.child_id = last.id
      JOIN tasks AS part ON part.id = made.value GROUP BY last.id`,
  /** Tasks with events after one, and their neighbours, whose cards count them. */
  touchedSince: `WITH touched(id) AS MATERIALIZED (
      SELECT DISTINCT task_id FROM task_events WHERE id > ? AND kind NOT IN ('heartbeat', 'claim_extended'))
    SELECT id FROM touched
    UNION SELECT link.child_id FROM touched CROSS JOIN task_links AS link ON link.parent_id = touched.id
    UNION SELECT link.parent_id FROM touched CROSS JOIN task_links AS link ON link.child_id = touched.id
    LIMIT ?`,
  tenants: `SELECT DISTINCT tenant FROM tasks WHERE tenant > '' ORDER BY tenant`,
  assignees: `SELECT DISTINCT assignee FROM tasks
    WHERE assignee > '' AND status <> 'archived' ORDER BY assignee`,
} as const;

/** What a link makes of a task at its other end. */
export interface StateRow {
  id: string;
  done: number;
  origin_task_id: string | null;
}

export interface ShareRow {
  id: string;
  total: number;
  done: number;
}

export interface RunsRow {
  id: string;
  total: number;
  cost_usd: number | null;
  running_since: number | null;
  summary_run: number | null;
}

/** Asks one of the queries above about many tasks, or runs. */
export function ofAll<Row>(
  tx: ReadTx,
  text: string,
  ids: readonly (string | number)[],
): Promise<Row[]> {
  return ids.length === 0 ? Promise.resolve([]) : tx.all<Row>(text, [JSON.stringify(ids)]);
}
