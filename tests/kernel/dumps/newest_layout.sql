-- The newest layout of the other program: one failure counter, more columns, statuses and tables than this one knows.

CREATE TABLE tasks (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT, assignee TEXT, status TEXT NOT NULL,
  priority INTEGER DEFAULT 0, created_by TEXT, created_at INTEGER NOT NULL, started_at INTEGER,
  completed_at INTEGER, workspace_kind TEXT NOT NULL DEFAULT 'scratch', workspace_path TEXT,
  branch_name TEXT, project_id TEXT, claim_lock TEXT, claim_expires INTEGER, tenant TEXT, result TEXT,
  idempotency_key TEXT, consecutive_failures INTEGER NOT NULL DEFAULT 0, worker_pid INTEGER,
  last_failure_error TEXT, max_runtime_seconds INTEGER, last_heartbeat_at INTEGER, current_run_id INTEGER,
  workflow_template_id TEXT, current_step_key TEXT, skills TEXT, model_override TEXT, provider_override TEXT,
  max_retries INTEGER, goal_mode INTEGER NOT NULL DEFAULT 0, goal_max_turns INTEGER, session_id TEXT,
  block_kind TEXT, block_recurrences INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE task_links (parent_id TEXT NOT NULL, child_id TEXT NOT NULL, PRIMARY KEY (parent_id, child_id));
CREATE TABLE task_comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE TABLE task_attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, filename TEXT NOT NULL,
  stored_path TEXT NOT NULL, content_type TEXT, size INTEGER NOT NULL DEFAULT 0, uploaded_by TEXT,
  created_at INTEGER NOT NULL
);
CREATE TABLE task_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, run_id INTEGER, kind TEXT NOT NULL,
  payload TEXT, created_at INTEGER NOT NULL
);
CREATE TABLE task_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, profile TEXT, step_key TEXT,
  status TEXT NOT NULL, claim_lock TEXT, claim_expires INTEGER, worker_pid INTEGER,
  max_runtime_seconds INTEGER, last_heartbeat_at INTEGER, started_at INTEGER NOT NULL, ended_at INTEGER,
  outcome TEXT, summary TEXT, metadata TEXT, error TEXT, worker_session_id TEXT
);
CREATE TABLE kanban_notify_subs (
  task_id TEXT NOT NULL, platform TEXT NOT NULL, chat_id TEXT NOT NULL, thread_id TEXT NOT NULL DEFAULT '',
  user_id TEXT, notifier_profile TEXT, created_at INTEGER NOT NULL, last_event_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (task_id, platform, chat_id, thread_id)
);
CREATE INDEX idx_tasks_status ON tasks (status);
CREATE INDEX idx_tasks_session_id ON tasks (session_id);
CREATE INDEX idx_runs_status ON task_runs (status);

INSERT INTO tasks (id, title, assignee, status, created_at, project_id, goal_mode, session_id) VALUES
  ('t_00000e01', 'check the draft', 'reviewer', 'review', 1785000000, 'p-1', 1, 's-9'),
  ('t_00000e02', 'send the letter', 'writer', 'scheduled', 1785000001, NULL, 0, NULL);
INSERT INTO tasks (id, title, assignee, status, created_at, started_at, claim_lock, claim_expires, worker_pid, current_run_id, consecutive_failures, last_failure_error, max_retries, model_override) VALUES
  ('t_00000e03', 'research', 'scout', 'running', 1785000002, 1785000010, 'box:5:0b1c', 1785000910, 700, 2, 1, 'pid 690 is gone', 5, 'big-model');
INSERT INTO tasks (id, title, status, created_at, block_kind, block_recurrences, idempotency_key) VALUES
  ('t_00000e04', 'needs a password', 'blocked', 1785000003, 'needs_input', 1, 'pw'),
  ('t_00000e05', 'waits for the review', 'todo', 1785000004, NULL, 0, NULL);
INSERT INTO task_links VALUES ('t_00000e01', 't_00000e05');
INSERT INTO task_runs (id, task_id, profile, status, claim_lock, claim_expires, started_at, ended_at, outcome, error, worker_session_id) VALUES
  (1, 't_00000e03', 'scout', 'crashed', 'box:5:0b1b', 1785000905, 1785000005, 1785000009, 'crashed', 'pid 690 is gone', 's-1'),
  (2, 't_00000e03', 'scout', 'running', 'box:5:0b1c', 1785000910, 1785000010, NULL, NULL, NULL, 's-2');
INSERT INTO task_attachments (task_id, filename, stored_path, size, created_at) VALUES ('t_00000e01', 'draft.md', '/a/draft.md', 12, 1785000000);
INSERT INTO task_events (task_id, run_id, kind, payload, created_at) VALUES
  ('t_00000e03', 1, 'crashed', '{"pid":690,"claimer":"box:5:0b1b"}', 1785000009),
  ('t_00000e03', 2, 'model_override_set', '{"model":"big-model"}', 1785000010);
INSERT INTO kanban_notify_subs VALUES ('t_00000e03', 'discord', '7', '', NULL, 'default', 1785000000, 1);
