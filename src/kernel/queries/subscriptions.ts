// Owns: the SQL of table `kanban_notify_subs`.

export const sql = {
  insert: `INSERT INTO kanban_notify_subs
      (task_id, platform, chat_id, thread_id, user_id, created_at, last_event_id)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (task_id, platform, chat_id, thread_id) DO NOTHING`,
  list: `SELECT task_id, platform, chat_id, thread_id, user_id, created_at, last_event_id
    FROM kanban_notify_subs ORDER BY created_at, task_id`,
  ofTask: `SELECT task_id, platform, chat_id, thread_id, user_id, created_at, last_event_id
    FROM kanban_notify_subs WHERE task_id = ? ORDER BY created_at`,
  remove: `DELETE FROM kanban_notify_subs
    WHERE task_id = ? AND platform = ? AND chat_id = ? AND thread_id = ?`,
  removeFinal: `DELETE FROM kanban_notify_subs
    WHERE task_id = ? AND platform = ? AND chat_id = ? AND thread_id = ?
      AND EXISTS (SELECT 1 FROM tasks WHERE id = task_id AND status IN ('done', 'archived'))
      AND NOT EXISTS (SELECT 1 FROM task_events AS event
        WHERE event.task_id = kanban_notify_subs.task_id AND event.id > last_event_id
          AND event.kind IN (SELECT value FROM json_each(?)))`,
  advance: `UPDATE kanban_notify_subs SET last_event_id = ?
    WHERE task_id = ? AND platform = ? AND chat_id = ? AND thread_id = ? AND last_event_id < ?`,
  unseen: `SELECT id, task_id, run_id, kind, payload, created_at FROM task_events
    WHERE task_id = ? AND id > ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY id`,
} as const;
