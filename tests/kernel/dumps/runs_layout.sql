-- Runs came with this layout. One task runs with its run, one without any, one beside an open run that it does not point to.

CREATE TABLE tasks (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT, assignee TEXT, status TEXT NOT NULL,
  priority INTEGER DEFAULT 0, created_by TEXT, created_at INTEGER NOT NULL, started_at INTEGER,
  completed_at INTEGER, workspace_kind TEXT NOT NULL DEFAULT 'scratch', workspace_path TEXT,
  claim_lock TEXT, claim_expires INTEGER, tenant TEXT, result TEXT, idempotency_key TEXT,
  spawn_failures INTEGER NOT NULL DEFAULT 0, worker_pid INTEGER, last_spawn_error TEXT,
  max_runtime_seconds INTEGER, last_heartbeat_at INTEGER, current_run_id INTEGER,
  workflow_template_id TEXT, current_step_key TEXT, skills TEXT
);
CREATE TABLE task_links (parent_id TEXT NOT NULL, child_id TEXT NOT NULL, PRIMARY KEY (parent_id, child_id));
CREATE TABLE task_comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL,
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
  outcome TEXT, summary TEXT, metadata TEXT, error TEXT
);
CREATE TABLE kanban_notify_subs (
  task_id TEXT NOT NULL, platform TEXT NOT NULL, chat_id TEXT NOT NULL, thread_id TEXT NOT NULL DEFAULT '',
  user_id TEXT, created_at INTEGER NOT NULL, last_event_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (task_id, platform, chat_id, thread_id)
);
CREATE INDEX idx_tasks_status ON tasks (status);
CREATE INDEX idx_tasks_idempotency ON tasks (idempotency_key);
CREATE INDEX idx_events_run ON task_events (run_id, id);
CREATE INDEX idx_runs_task ON task_runs (task_id, started_at);
CREATE INDEX idx_runs_status ON task_runs (status);

INSERT INTO tasks VALUES ('t_00000d01', 'build the page', NULL, 'web', 'running', 0, 'user', 1748000000, 1748000010, NULL, 'scratch', NULL, 'box:5', 1748000910, NULL, NULL, NULL, 0, 500, NULL, NULL, 1748000100, 2, NULL, NULL, '["css"]');
INSERT INTO tasks VALUES ('t_00000d02', 'host the page', NULL, 'ops', 'running', 0, 'user', 1748000001, 1748000020, NULL, 'scratch', NULL, 'box:6', 1748000920, NULL, NULL, NULL, 0, 501, NULL, 600, NULL, NULL, NULL, NULL, NULL);
INSERT INTO tasks VALUES ('t_00000d03', 'watch the page', NULL, 'ops', 'running', 0, 'user', 1748000002, 1748000030, NULL, 'scratch', NULL, 'box:7', 1748000930, NULL, NULL, NULL, 0, 502, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO tasks VALUES ('t_00000d04', 'name the page', NULL, 'pm', 'done', 0, 'user', 1747990000, 1747990010, 1747990100, 'scratch', NULL, NULL, NULL, NULL, 'it has a name', NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO task_links VALUES ('t_00000d04', 't_00000d01');
INSERT INTO task_runs (id, task_id, profile, status, claim_lock, claim_expires, worker_pid, started_at, ended_at, outcome, summary, metadata) VALUES
  (1, 't_00000d04', 'pm', 'done', 'box:4', 1747990910, 480, 1747990010, 1747990100, 'completed', 'chose "Aurora"', '{"names":3}'),
  (2, 't_00000d01', 'web', 'running', 'box:5', 1748000910, 500, 1748000010, NULL, NULL, NULL, NULL),
  (3, 't_00000d03', 'ops', 'running', 'box:7', 1748000930, 502, 1748000030, NULL, NULL, NULL, NULL);
INSERT INTO task_events (task_id, run_id, kind, payload, created_at) VALUES
  ('t_00000d04', 1, 'completed', '{"result_len":13,"summary":"chose \"Aurora\""}', 1747990100),
  ('t_00000d01', NULL, 'ready', NULL, 1747990100),
  ('t_00000d01', 2, 'claimed', '{"lock":"box:5"}', 1748000010);
INSERT INTO kanban_notify_subs VALUES ('t_00000d01', 'slack', 'C1', '17.5', NULL, 1748000000, 2);
