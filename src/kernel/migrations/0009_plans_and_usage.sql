-- Proposed graphs that wait for a person's word, and what model calls outside of runs used.

CREATE TABLE IF NOT EXISTS task_plans (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id    TEXT NOT NULL,
  -- proposed, approved or discarded
  status     TEXT NOT NULL DEFAULT 'proposed',
  -- JSON text
  proposal   TEXT NOT NULL,
  author     TEXT,
  created_at INTEGER NOT NULL DEFAULT 0,
  updated_at INTEGER NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX IF NOT EXISTS idx_plans_open ON task_plans (task_id) WHERE status = 'proposed';

CREATE TABLE IF NOT EXISTS model_calls (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id       TEXT,
  -- What was asked for: decompose, specify, describe, judge
  purpose       TEXT NOT NULL,
  profile       TEXT,
  model         TEXT,
  input_tokens  INTEGER,
  output_tokens INTEGER,
  cost_usd      REAL,
  created_at    INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX IF NOT EXISTS idx_model_calls_task ON model_calls (task_id);
CREATE INDEX IF NOT EXISTS idx_model_calls_time ON model_calls (created_at);

-- What came out of a task counts towards its budget. Boards of earlier releases tell it in their events.

UPDATE tasks SET origin_task_id = split.root
  FROM (SELECT MIN(event.task_id) AS root, child.value AS id
          FROM task_events AS event, json_each(
            CASE WHEN json_valid(event.payload) THEN event.payload ELSE '{}' END, '$.child_ids') AS child
         WHERE event.kind = 'decomposed' GROUP BY child.value) AS split
 WHERE tasks.id = split.id AND split.root <> split.id AND tasks.origin_task_id IS NULL;

CREATE INDEX IF NOT EXISTS idx_tasks_origin ON tasks (origin_task_id) WHERE origin_task_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_tasks_budget ON tasks (max_cost_usd, id) WHERE max_cost_usd IS NOT NULL;
-- All that sums of tokens and costs need, of the attempts that can have used a model. Queries repeat the condition
-- word for word, or this is not found.
CREATE INDEX IF NOT EXISTS idx_runs_usage
  ON task_runs (started_at, task_id, profile, model, input_tokens, output_tokens, cost_usd, worker_pid)
  WHERE (worker_pid IS NOT NULL OR model IS NOT NULL OR input_tokens IS NOT NULL
    OR output_tokens IS NOT NULL OR cost_usd IS NOT NULL);
