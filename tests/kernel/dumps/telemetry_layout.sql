-- Time limits and heartbeats came with this layout.

CREATE TABLE tasks (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT, assignee TEXT, status TEXT NOT NULL,
  priority INTEGER DEFAULT 0, created_by TEXT, created_at INTEGER NOT NULL, started_at INTEGER,
  completed_at INTEGER, workspace_kind TEXT NOT NULL DEFAULT 'scratch', workspace_path TEXT,
  claim_lock TEXT, claim_expires INTEGER, tenant TEXT, result TEXT, idempotency_key TEXT,
  spawn_failures INTEGER NOT NULL DEFAULT 0, worker_pid INTEGER, last_spawn_error TEXT,
  max_runtime_seconds INTEGER, last_heartbeat_at INTEGER
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
CREATE INDEX idx_tasks_status ON tasks (status);

INSERT INTO tasks VALUES ('t_00000c01', 'train the model', NULL, 'ml', 'running', 0, 'user', 1747000000, 1747000060, NULL, 'worktree', '/srv/repo/.worktrees/t_00000c01', 'gpu:7', 1747000960, NULL, NULL, NULL, 0, 8080, NULL, 7200, 1747000500);
INSERT INTO tasks VALUES ('t_00000c02', 'plot the losses', NULL, 'ml', 'running', 0, 'user', 1747000001, NULL, NULL, 'scratch', NULL, 'gpu:7', 1747000970, NULL, NULL, NULL, 1, NULL, 'first try failed', NULL, NULL);
INSERT INTO tasks VALUES ('t_00000c03', 'write it up', NULL, 'writer', 'todo', 0, 'user', 1747000002, NULL, NULL, 'scratch', NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
INSERT INTO task_links VALUES ('t_00000c01', 't_00000c03'), ('t_00000c02', 't_00000c03');
INSERT INTO task_events (task_id, kind, payload, created_at) VALUES ('t_00000c01', 'heartbeat', '{"note":"epoch 3"}', 1747000500);
