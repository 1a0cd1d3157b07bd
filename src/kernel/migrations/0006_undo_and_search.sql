-- What people did lately, each with what it takes to undo it.

CREATE TABLE IF NOT EXISTS board_undo (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id   TEXT NOT NULL,
  person    TEXT NOT NULL,
  verb      TEXT NOT NULL,
  inverse   TEXT NOT NULL,
  done_at   INTEGER NOT NULL,
  undone_at INTEGER
);

-- The tasks known to the full-text index, which is made when somebody first searches. stale = 1: the text
-- has changed since it was indexed.

CREATE TABLE IF NOT EXISTS board_search_docs (
  id      INTEGER PRIMARY KEY,
  task_id TEXT NOT NULL UNIQUE,
  stale   INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IF NOT EXISTS idx_search_stale ON board_search_docs (id) WHERE stale = 1;
