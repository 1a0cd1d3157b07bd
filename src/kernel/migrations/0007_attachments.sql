-- Files that belong to tasks. The files themselves lie below the board's attachments folder.

CREATE TABLE IF NOT EXISTS task_attachments (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id      TEXT NOT NULL,
  filename     TEXT NOT NULL,
  stored_path  TEXT NOT NULL,
  content_type TEXT,
  size         INTEGER NOT NULL DEFAULT 0,
  uploaded_by  TEXT,
  created_at   INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX IF NOT EXISTS idx_attachments_task ON task_attachments (task_id, id);
