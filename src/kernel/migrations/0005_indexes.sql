-- Indexes come after every column exists, whatever layout the file started from.

CREATE INDEX IF NOT EXISTS idx_tasks_status ON tasks (status);
CREATE INDEX IF NOT EXISTS idx_tasks_assignee_status ON tasks (assignee, status);
CREATE INDEX IF NOT EXISTS idx_tasks_tenant ON tasks (tenant);
CREATE INDEX IF NOT EXISTS idx_tasks_idempotency ON tasks (idempotency_key);
CREATE INDEX IF NOT EXISTS idx_links_parent ON task_links (parent_id);
CREATE INDEX IF NOT EXISTS idx_links_child ON task_links (child_id);
CREATE INDEX IF NOT EXISTS idx_comments_task ON task_comments (task_id, created_at);
CREATE INDEX IF NOT EXISTS idx_events_task ON task_events (task_id, created_at);
CREATE INDEX IF NOT EXISTS idx_events_run ON task_events (run_id, id);
CREATE INDEX IF NOT EXISTS idx_runs_task ON task_runs (task_id, started_at);
CREATE INDEX IF NOT EXISTS idx_runs_status ON task_runs (status);
CREATE INDEX IF NOT EXISTS idx_subs_task ON kanban_notify_subs (task_id);

-- A key names one live task. Boards of older releases may hold one key twice: the oldest task keeps it.

UPDATE tasks SET idempotency_key = idempotency_key || ' (' || id || ')'
 WHERE idempotency_key IS NOT NULL AND status <> 'archived'
   AND EXISTS (SELECT 1 FROM tasks AS older
                WHERE older.idempotency_key = tasks.idempotency_key AND older.status <> 'archived'
                  AND (older.created_at < tasks.created_at
                       OR (older.created_at = tasks.created_at AND older.id < tasks.id)));
CREATE UNIQUE INDEX IF NOT EXISTS idx_tasks_live_key ON tasks (idempotency_key)
 WHERE idempotency_key IS NOT NULL AND status <> 'archived';

-- What the dispatcher and the planner read on every pass. The status comes first although each of these holds a
-- single one: without statistics SQLite would otherwise take idx_tasks_status and walk through the whole status.

CREATE INDEX IF NOT EXISTS idx_tasks_ready ON tasks (status, assignee, priority DESC, created_at, id)
 WHERE status = 'ready';
CREATE INDEX IF NOT EXISTS idx_tasks_not_before ON tasks (status, not_before)
 WHERE status = 'ready' AND not_before IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_tasks_todo ON tasks (status, id) WHERE status = 'todo';
CREATE INDEX IF NOT EXISTS idx_tasks_triage ON tasks (status, priority DESC, created_at, id)
 WHERE status = 'triage' AND loop_guard = 0;
CREATE INDEX IF NOT EXISTS idx_tasks_board ON tasks (priority DESC, created_at, id);
CREATE INDEX IF NOT EXISTS idx_runs_profile_ended ON task_runs (profile, ended_at) WHERE outcome = 'completed';
