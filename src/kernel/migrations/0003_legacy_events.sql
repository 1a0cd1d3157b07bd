-- Event kinds that older releases of hermes-agent wrote under other names.

UPDATE task_events SET kind = 'promoted'      WHERE kind = 'ready';
UPDATE task_events SET kind = 'reprioritized' WHERE kind = 'priority';
UPDATE task_events SET kind = 'gave_up'       WHERE kind = 'spawn_auto_blocked';

-- The failure counter of older releases counted spawn failures only. It moves: a second pass must not
-- bring back a count that was reset since.

UPDATE tasks SET consecutive_failures = spawn_failures, spawn_failures = 0
 WHERE consecutive_failures = 0 AND spawn_failures > 0;
UPDATE tasks SET last_failure_error = last_spawn_error, last_spawn_error = NULL
 WHERE last_failure_error IS NULL AND last_spawn_error IS NOT NULL;
