// Owns: the shapes that operations answer with, and the fields that many of them take.

import * as z from "zod";
import { blockKinds, outcomes, statuses, workspaceKinds } from "../kernel/model/status.ts";

const seconds = z.number().int();
const moment = seconds.nullable();
const text = z.string();
const maybe = text.nullable();

// The big shapes are lazy: a command line neither reads nor checks the output, and building them costs time.

/** A task as every surface shows it. Times are epoch seconds. */
export const taskSchema = z.lazy(() =>
  z.object({
    id: text,
    title: text,
    body: maybe,
    assignee: maybe,
    status: text,
    priority: z.number(),
    created_by: maybe,
    created_at: seconds,
    started_at: moment,
    completed_at: moment,
    workspace_kind: text,
    workspace_path: maybe,
    branch_name: maybe,
    tenant: maybe,
    result: maybe,
    skills: z.array(text),
    idempotency_key: maybe,
    max_runtime_seconds: z.number().nullable(),
    max_retries: z.number().nullable(),
    claim_lock: maybe,
    claim_expires: moment,
    worker_pid: z.number().nullable(),
    last_heartbeat_at: moment,
    current_run_id: z.number().nullable(),
    consecutive_failures: z.number(),
    last_failure_error: maybe,
    block_kind: maybe,
    block_recurrences: z.number(),
    not_before: moment,
    goal_mode: z.boolean(),
    goal_max_turns: z.number().nullable(),
    model_override: maybe,
    provider_override: maybe,
    max_cost_usd: z.number().nullable(),
    origin_task_id: maybe.describe("The task it came out of; its costs count there too"),
    workflow_template_id: maybe,
    current_step_key: maybe,
    held: z.boolean(),
  }).meta({ id: "Task" })
);

/** One attempt at a task; `outcome` is null while it runs. */
export const runSchema = z.lazy(() =>
  z.object({
    id: z.number(),
    task_id: text,
    profile: maybe,
    step_key: maybe,
    status: text,
    claim_lock: maybe,
    claim_expires: moment,
    worker_pid: z.number().nullable(),
    lane: maybe,
    max_runtime_seconds: z.number().nullable(),
    last_heartbeat_at: moment,
    started_at: seconds,
    ended_at: moment,
    outcome: maybe.describe(`One of ${outcomes.join(", ")}, or null while the attempt is open`),
    summary: maybe,
    metadata: z.unknown(),
    error: maybe,
    model: maybe,
    input_tokens: z.number().nullable(),
    output_tokens: z.number().nullable(),
    cost_usd: z.number().nullable(),
    worker_session_id: maybe,
  }).meta({ id: "Run" })
);

export const eventSchema = z.object({
  id: z.number().describe("Grows with every event of the board"),
  task_id: text,
  run_id: z.number().nullable(),
  kind: text,
  payload: z.unknown(),
  created_at: seconds,
}).meta({ id: "Event" });

export const commentSchema = z.lazy(() =>
  z.object({
    id: z.number(),
    task_id: text,
    author: text,
    body: text,
    created_at: seconds,
  }).meta({ id: "Comment" })
);

/** A file of a task. */
export const attachmentSchema = z.object({
  id: z.number(),
  task_id: text,
  filename: text,
  stored_path: text.describe("Absolute path of the copy"),
  content_type: maybe,
  size: z.number().int().describe("Bytes"),
  uploaded_by: maybe,
  created_at: seconds,
}).meta({ id: "Attachment" });

/** A neighbour in the graph. */
export const linkedTaskSchema = z.lazy(() =>
  z.object({
    id: text,
    title: text,
    status: text,
    completed_at: moment,
    assignee: maybe,
    waived: z.number().describe("1 when a person let the child start without this parent"),
  }).meta({ id: "LinkedTask" })
);

/** A list of texts; one text counts as a list of one. */
export function textList() {
  return z.union([z.array(z.string()), z.string()])
    .transform((value) => typeof value === "string" ? [value] : value);
}

/** The id of the task an operation is about. */
export const taskId = z.string().min(1).describe("Id of the task, such as t_1a2b3c4d");

export const statusField = z.enum(statuses);
export const workspaceKindField = z.enum(workspaceKinds);
export const blockKindField = z.enum(blockKinds);
