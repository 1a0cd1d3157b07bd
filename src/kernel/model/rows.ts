// Owns: the shapes of database rows as the engine returns them. Times are integer epoch seconds.

/** One row of `tasks`. `status` is text because foreign programs may write statuses of their own. */
export interface TaskRow {
  id: string;
  title: string;
  body: string | null;
  assignee: string | null;
  status: string;
  priority: number;
  created_by: string | null;
  created_at: number;
  started_at: number | null;
  completed_at: number | null;
  workspace_kind: string;
  workspace_path: string | null;
  branch_name: string | null;
  tenant: string | null;
  result: string | null;
  /** JSON array of skill names, or null when the creator gave none. */
  skills: string | null;
  idempotency_key: string | null;
  max_runtime_seconds: number | null;
  max_retries: number | null;
  claim_lock: string | null;
  claim_expires: number | null;
  worker_pid: number | null;
  last_heartbeat_at: number | null;
  current_run_id: number | null;
  consecutive_failures: number;
  last_failure_error: string | null;
  block_kind: string | null;
  block_recurrences: number;
  /** 1 when a person parked the task in todo: promotion skips it. */
  held: number;
  /** 1 when the block-loop guard sent the task back to triage: never decomposed automatically. */
  loop_guard: number;
  /** The dispatcher leaves a ready task alone until this second; null = no wait. */
  not_before: number | null;
  /** 1 when a judge decides after each turn of the worker whether the goal is reached. */
  goal_mode: number;
  goal_max_turns: number | null;
  /** Model and provider this task's worker uses instead of its profile's. */
  model_override: string | null;
  provider_override: string | null;
  /** US dollars all attempts together may cost; null = no limit. */
  max_cost_usd: number | null;
  /** The task this one came out of: split from it, or created by one of its workers. Costs count there too. */
  origin_task_id: string | null;
  workflow_template_id: string | null;
  current_step_key: string | null;
}

/** One row of `task_runs`: one attempt. `ended_at` null = open. */
export interface RunRow {
  id: number;
  task_id: string;
  profile: string | null;
  step_key: string | null;
  status: string;
  claim_lock: string | null;
  claim_expires: number | null;
  worker_pid: number | null;
  /** Start time of the worker process, as the platform names it; with pid and boot id it identifies the process. */
  worker_start: string | null;
  worker_boot: string | null;
  /** How the worker was started (`builtin`, …); null for claims made by hand. */
  lane: string | null;
  max_runtime_seconds: number | null;
  last_heartbeat_at: number | null;
  started_at: number;
  ended_at: number | null;
  outcome: string | null;
  summary: string | null;
  /** JSON object text. */
  metadata: string | null;
  error: string | null;
  model: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  /** US dollars; null = price unknown. */
  cost_usd: number | null;
  /** The worker program's own name for its conversation, by which it can be taken up again. */
  worker_session_id: string | null;
}

/** One row of the append-only `task_events`; `id` is the cursor. */
export interface EventRow {
  id: number;
  task_id: string;
  run_id: number | null;
  kind: string;
  /** JSON text or null. */
  payload: string | null;
  created_at: number;
}

export interface CommentRow {
  id: number;
  task_id: string;
  author: string;
  body: string;
  created_at: number;
}

export interface SubscriptionRow {
  task_id: string;
  platform: string;
  chat_id: string;
  thread_id: string;
  user_id: string | null;
  created_at: number;
  last_event_id: number;
}

/** One row of `task_attachments`: a file that belongs to a task. */
export interface AttachmentRow {
  id: number;
  task_id: string;
  filename: string;
  /** Absolute path of the stored copy. */
  stored_path: string;
  /** Media type by the file's name; null when unknown. */
  content_type: string | null;
  /** Bytes. */
  size: number;
  uploaded_by: string | null;
  created_at: number;
}

/** A task as seen from across a link. */
export interface LinkedTask {
  id: string;
  title: string;
  status: string;
  completed_at: number | null;
  assignee: string | null;
  waived: number;
}
