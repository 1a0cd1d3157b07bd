-- The first layout: no keys, no process, no runs. Events know their task only.

CREATE TABLE tasks (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT, assignee TEXT, status TEXT NOT NULL,
  priority INTEGER DEFAULT 0, created_by TEXT, created_at INTEGER NOT NULL, started_at INTEGER,
  completed_at INTEGER, workspace_kind TEXT NOT NULL DEFAULT 'scratch', workspace_path TEXT,
  claim_lock TEXT, claim_expires INTEGER, tenant TEXT, result TEXT
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
CREATE INDEX idx_tasks_assignee_status ON tasks (assignee, status);

INSERT INTO tasks VALUES ('t_1a2b', 'draft the menu', 'vegan options too', 'cook', 'done', 0, 'user', 1745000000, 1745000010, 1745000090, 'scratch', '/home/u/.hermes/kanban/workspaces/t_1a2b', NULL, NULL, NULL, 'menu.md');
INSERT INTO tasks VALUES ('t_1a2c', 'order the groceries', NULL, 'buyer', 'running', 2, 'user', 1745000001, 1745000100, NULL, 'dir', '/srv/shop', 'kitchen:311', 1745001000, 'acme', NULL);
INSERT INTO tasks VALUES ('t_1a2d', 'set the table', '', NULL, 'todo', NULL, NULL, 1745000002, NULL, NULL, 'scratch', NULL, NULL, NULL, NULL, NULL);
INSERT INTO tasks VALUES ('t_1a2e', 'taste the soup', NULL, 'cook', 'ready', 1, 'cook', 1745000003, NULL, NULL, 'scratch', NULL, NULL, NULL, NULL, NULL);
INSERT INTO task_links VALUES ('t_1a2b', 't_1a2c'), ('t_1a2c', 't_1a2d');
INSERT INTO task_comments (task_id, author, body, created_at) VALUES ('t_1a2c', 'user', 'no nuts, please', 1745000050);
INSERT INTO task_events (task_id, kind, payload, created_at) VALUES
  ('t_1a2b', 'created', '{"assignee":"cook","status":"ready"}', 1745000000),
  ('t_1a2c', 'created', '{"assignee":"buyer","status":"todo"}', 1745000001),
  ('t_1a2c', 'ready', NULL, 1745000090),
  ('t_1a2e', 'priority', '{"priority":1}', 1745000091),
  ('t_1a2e', 'spawn_auto_blocked', '{"failures":5,"error":"no such profile"}', 1745000092);
