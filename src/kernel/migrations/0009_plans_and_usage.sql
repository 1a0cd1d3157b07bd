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
