-- The board. A superset of the layout that hermes-agent writes: same tables, same column names, so that
-- both programs can use one file. spawn_failures and last_spawn_error are kept for its older releases;
-- consecutive_failures and last_failure_error are the ones in use.

CREATE TABLE IF NOT EXISTS tasks (
  id                   TEXT PRIMARY KEY,
  title                TEXT NOT NULL,
  body                 TEXT,
  assignee             TEXT,
  status               TEXT NOT NULL,
  priority             INTEGER NOT NULL DEFAULT 0,
  created_by           TEXT,
  created_at           INTEGER NOT NULL,
  started_at           INTEGER,
  completed_at         INTEGER,
  workspace_kind       TEXT NOT NULL DEFAULT 'scratch',
  workspace_path       TEXT,
  claim_lock           TEXT,
  claim_expires        INTEGER,
  tenant               TEXT,
  result               TEXT,
  idempotency_key      TEXT,
  spawn_failures       INTEGER NOT NULL DEFAULT 0,
  worker_pid           INTEGER,
  last_spawn_error     TEXT,
  max_runtime_seconds  INTEGER,
  last_heartbeat_at    INTEGER,
  current_run_id       INTEGER,
  workflow_template_id TEXT,
  current_step_key     TEXT,
  skills               TEXT,
  consecutive_failures INTEGER NOT NULL DEFAULT 0,
  last_failure_error   TEXT,
  max_retries          INTEGER,
  branch_name          TEXT,
  block_kind           TEXT,
  block_recurrences    INTEGER NOT NULL DEFAULT 0,
  held                 INTEGER NOT NULL DEFAULT 0,
  loop_guard           INTEGER NOT NULL DEFAULT 0,
  not_before           INTEGER
);

CREATE TABLE IF NOT EXISTS task_links (
  parent_id TEXT NOT NULL,
  child_id  TEXT NOT NULL,
  waived    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (parent_id, child_id)
);

CREATE TABLE IF NOT EXISTS task_comments (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id    TEXT NOT NULL,
  author     TEXT NOT NULL,
  body       TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS task_events (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id    TEXT NOT NULL,
  run_id     INTEGER,
  kind       TEXT NOT NULL,
  payload    TEXT,
  created_at INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS task_runs (
  id                  INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id             TEXT NOT NULL,
  profile             TEXT,
  step_key            TEXT,
  status              TEXT NOT NULL,
  claim_lock          TEXT,
  claim_expires       INTEGER,
  worker_pid          INTEGER,
  max_runtime_seconds INTEGER,
  last_heartbeat_at   INTEGER,
  started_at          INTEGER NOT NULL,
  ended_at            INTEGER,
  outcome             TEXT,
  summary             TEXT,
  metadata            TEXT,
  error               TEXT,
  worker_start        TEXT,
  worker_boot         TEXT,
  lane                TEXT,
  model               TEXT,
  input_tokens        INTEGER,
  output_tokens       INTEGER,
  cost_usd            REAL
);

CREATE TABLE IF NOT EXISTS kanban_notify_subs (
  task_id       TEXT NOT NULL,
  platform      TEXT NOT NULL,
  chat_id       TEXT NOT NULL,
  thread_id     TEXT NOT NULL DEFAULT '',
  user_id       TEXT,
  created_at    INTEGER NOT NULL,
  last_event_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (task_id, platform, chat_id, thread_id)
);

-- Positions in task_events that readers of the log have handled.
CREATE TABLE IF NOT EXISTS board_cursors (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
);
