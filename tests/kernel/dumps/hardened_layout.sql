-- Idempotency keys, spawn failures and worker pids came with this layout; runs did not exist yet.

CREATE TABLE tasks (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT, assignee TEXT, status TEXT NOT NULL,
  priority INTEGER DEFAULT 0, created_by TEXT, created_at INTEGER NOT NULL, started_at INTEGER,
  completed_at INTEGER, workspace_kind TEXT NOT NULL DEFAULT 'scratch', workspace_path TEXT,
  claim_lock TEXT, claim_expires INTEGER, tenant TEXT, result TEXT, idempotency_key TEXT,
  spawn_failures INTEGER NOT NULL DEFAULT 0, worker_pid INTEGER, last_spawn_error TEXT
);
CREATE TABLE task_links (parent_id TEXT NOT NULL, child_id TEXT NOT NULL, PRIMARY KEY (parent_id, child_id));
CREATE TABLE task_comments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE TABLE task_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT, task_id TEXT NOT NULL, kind TEXT NOT NULL, payload TEXT,
  created_at INTEGER NOT NULL
);
CREATE TABLE kanban_notify_subs (
  task_id TEXT NOT NULL, platform TEXT NOT NULL, chat_id TEXT NOT NULL, thread_id TEXT NOT NULL DEFAULT '',
  user_id TEXT, created_at INTEGER NOT NULL, last_event_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (task_id, platform, chat_id, thread_id)
);
CREATE INDEX idx_tasks_status ON tasks (status);
CREATE INDEX idx_tasks_idempotency ON tasks (idempotency_key);
CREATE INDEX idx_events_task ON task_events (task_id, created_at);

INSERT INTO tasks VALUES ('t_0000aa01', 'nightly backup', NULL, 'ops', 'running', 0, 'cron', 1746000000, 1746000005, NULL, 'scratch', NULL, 'box:99', 1746000905, NULL, NULL, 'backup-2025-05-01', 0, 4242, NULL);
INSERT INTO tasks VALUES ('t_0000aa02', 'nightly backup', NULL, 'ops', 'ready', 0, 'cron', 1746000000, NULL, NULL, 'scratch', NULL, NULL, NULL, NULL, NULL, 'backup-2025-05-01', 2, NULL, 'no such file: hermes');
INSERT INTO tasks VALUES ('t_0000aa03', 'nightly backup', NULL, 'ops', 'ready', 0, 'cron', 1746000001, NULL, NULL, 'scratch', NULL, NULL, NULL, NULL, NULL, 'backup-2025-05-01', 0, NULL, NULL);
INSERT INTO tasks VALUES ('t_0000aa04', 'old backup', NULL, 'ops', 'archived', 0, 'cron', 1745000000, NULL, 1745000500, 'scratch', NULL, NULL, NULL, NULL, 'ok', 'backup-2025-05-01', 0, NULL, NULL);
INSERT INTO tasks VALUES ('t_0000aa05', 'rotate keys', NULL, 'ops', 'blocked', 0, 'user', 1746000002, NULL, NULL, 'scratch', NULL, NULL, NULL, NULL, NULL, NULL, 5, NULL, 'permission denied');
INSERT INTO task_events (task_id, kind, payload, created_at) VALUES
  ('t_0000aa01', 'created', NULL, 1746000000),
  ('t_0000aa01', 'claimed', '{"lock":"box:99"}', 1746000005),
  ('t_0000aa05', 'spawn_auto_blocked', '{"failures":5}', 1746000003);
INSERT INTO kanban_notify_subs VALUES ('t_0000aa01', 'telegram', '42', '', 'u1', 1746000000, 1);
