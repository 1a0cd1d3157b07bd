-- What repairs by hand and by other tools made of a board: ids that are text or missing, times as ISO text, pointers
-- to runs that ended, columns and a trigger that nobody else knows.

CREATE TABLE tasks (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, body TEXT, assignee TEXT, status TEXT NOT NULL,
  priority INTEGER DEFAULT 0, created_by TEXT, created_at TEXT NOT NULL, started_at INTEGER,
  completed_at INTEGER, workspace_kind TEXT NOT NULL DEFAULT 'scratch', workspace_path TEXT,
  claim_lock TEXT, claim_expires INTEGER, tenant TEXT, result TEXT, idempotency_key TEXT,
  worker_pid INTEGER, max_runtime_seconds INTEGER, last_heartbeat_at INTEGER, current_run_id INTEGER,
  skills TEXT, sprint TEXT
);
CREATE TABLE task_links (parent_id TEXT NOT NULL, child_id TEXT NOT NULL, PRIMARY KEY (parent_id, child_id));
CREATE TABLE task_comments (
  id TEXT PRIMARY KEY, task_id TEXT NOT NULL, author TEXT, body TEXT, created_at TEXT, mood TEXT
);
CREATE TABLE task_events (
  id TEXT, task_id TEXT NOT NULL, run_id INTEGER, kind TEXT NOT NULL, payload TEXT, created_at TEXT
);
CREATE TABLE task_runs (
  id TEXT PRIMARY KEY, task_id TEXT NOT NULL, profile TEXT, status TEXT NOT NULL, claim_lock TEXT,
  claim_expires INTEGER, worker_pid INTEGER, started_at TEXT NOT NULL, ended_at TEXT, outcome TEXT,
  summary TEXT, metadata TEXT, error TEXT, cost_note TEXT
);
CREATE TABLE kanban_notify_subs (
  task_id TEXT NOT NULL, platform TEXT NOT NULL, chat_id TEXT NOT NULL, thread_id TEXT NOT NULL DEFAULT '',
  user_id TEXT, created_at INTEGER NOT NULL, last_event_id INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (task_id, platform, chat_id, thread_id)
);
CREATE INDEX idx_comments_mood ON task_comments (mood);

INSERT INTO tasks (id, title, status, priority, created_at, completed_at, sprint) VALUES
  ('t_00000f01', 'old and done', 'done', 0, '2025-05-01T10:00:00+00:00', '2025-05-01 12:30:00', 'q2'),
  ('t_00000f02', 'next', 'ready', 5, '2025-05-01T10:00:01.250000', NULL, 'q2'),
  ('t_00000f03', 'nobody knows when', 'todo', NULL, 'last spring', NULL, NULL),
  ('t_00000f04', 'counted in fractions', 'ready', 0, 1746093602.75, NULL, NULL),
  (NULL, 'without a name', 'blocked', 0, '1746093603', NULL, 'q2');
INSERT INTO tasks (id, title, assignee, status, created_at, started_at, claim_lock, claim_expires, current_run_id) VALUES
  ('t_00000f05', 'points to a text', 'ana', 'running', '2025-05-01T10:00:05Z', '2025-05-01T10:01:00Z', 'box:1', 1746099999, 'run-b'),
  ('t_00000f06', 'points to the past', 'bob', 'running', '2025-05-01T10:00:06Z', '2025-05-01T10:02:00Z', 'box:2', 1746099999, 7),
  ('t_00000f07', 'points to nothing', 'bob', 'running', '2025-05-01T10:00:07Z', '2025-05-01T10:03:00Z', 'box:3', 1746099999, 99);
INSERT INTO task_links VALUES ('t_00000f01', 't_00000f03');
INSERT INTO task_runs (id, task_id, profile, status, claim_lock, claim_expires, started_at, ended_at, outcome, summary, cost_note) VALUES
  ('7', 't_00000f06', 'bob', 'crashed', 'box:2', 1746099998, '2025-05-01T10:01:30Z', '2025-05-01T10:01:40Z', 'crashed', NULL, 'cheap'),
  ('run-a', 't_00000f01', 'ana', 'done', 'box:1', NULL, '2025-05-01T11:00:00Z', '2025-05-01T12:30:00Z', 'completed', 'all fine', NULL),
  ('run-b', 't_00000f05', 'ana', 'running', 'box:1', 1746099999, '2025-05-01T10:01:00Z', NULL, NULL, NULL, 'dear');
INSERT INTO task_comments VALUES
  ('c-1', 't_00000f01', 'user', 'first', '2025-05-01T10:05:00Z', 'fine'),
  (NULL, 't_00000f01', NULL, 'second', '2025-05-01T10:06:00Z', NULL),
  ('12', 't_00000f01', 'ana', 'third', NULL, NULL);
INSERT INTO task_events VALUES
  ('3', 't_00000f01', NULL, 'created', NULL, '2025-05-01T10:00:00Z'),
  (NULL, 't_00000f01', 'run-a', 'completed', '{"summary":"all fine"}', '2025-05-01T12:30:00Z'),
  (NULL, 't_00000f03', NULL, 'ready', 'not json', 'whenever'),
  ('4', 't_00000f05', 'run-b', 'claimed', '{"lock":"box:1"}', '2025-05-01T10:01:00Z'),
  ('4', 't_00000f05', NULL, 'heartbeat', NULL, '2025-05-01T10:02:00Z');
INSERT INTO kanban_notify_subs VALUES ('t_00000f01', 'telegram', '42', '', NULL, 1746093600, 3);
