// Owns: what a task looks like when nobody holds it.

/** Columns that every way out of `running` clears. */
export const released = {
  claim_lock: null,
  claim_expires: null,
  worker_pid: null,
  current_run_id: null,
} as const;
