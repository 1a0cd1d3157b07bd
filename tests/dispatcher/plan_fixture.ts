// Owns: the values that plan tests are made of: rows, observed runs, observations, limits.

import type { Action } from "../../src/dispatcher/actions.ts";
import type {
  DispatchLimits,
  Observation,
  ObservedRun,
  Stray,
  WorkerState,
} from "../../src/dispatcher/observation.ts";
import { plan } from "../../src/dispatcher/plan.ts";
import type { RunRow, TaskRow } from "../../src/kernel/model/rows.ts";

/** The second at which every observation is made. */
export const now = 1_700_000_000;

export const limits: DispatchLimits = {
  maxInProgress: 8,
  maxPerProfile: 0,
  maxSpawns: Infinity,
  claimTtlSeconds: 900,
  staleHeartbeatSeconds: 3600,
  rateLimitCooldownSeconds: 300,
  exitGraceSeconds: 20,
  maxCostPerDay: 0,
};

export function taskRow(patch: Partial<TaskRow> = {}): TaskRow {
  return {
    id: "t_1",
    title: "a task",
    body: null,
    assignee: "ada",
    status: "ready",
    priority: 0,
    created_by: "user",
    created_at: now - 100,
    started_at: null,
    completed_at: null,
    workspace_kind: "scratch",
    workspace_path: null,
    branch_name: null,
    tenant: null,
    result: null,
    skills: null,
    idempotency_key: null,
    max_runtime_seconds: null,
    max_retries: null,
    claim_lock: null,
    claim_expires: null,
    worker_pid: null,
    last_heartbeat_at: null,
    current_run_id: null,
    consecutive_failures: 0,
    last_failure_error: null,
    block_kind: null,
    block_recurrences: 0,
    held: 0,
    loop_guard: 0,
    not_before: null,
    goal_mode: 0,
    goal_max_turns: null,
    model_override: null,
    provider_override: null,
    max_cost_usd: null,
    origin_task_id: null,
    workflow_template_id: null,
    current_step_key: null,
    ...patch,
  };
}

export function runRow(patch: Partial<RunRow> = {}): RunRow {
  return {
    id: 7,
    task_id: "t_1",
    profile: "ada",
    step_key: null,
    status: "running",
    claim_lock: "here:1",
    claim_expires: now + 800,
    worker_pid: 4711,
    worker_start: "1",
    worker_boot: "b",
    lane: "builtin",
    max_runtime_seconds: null,
    last_heartbeat_at: null,
    started_at: now - 100,
    ended_at: null,
    outcome: null,
    summary: null,
    metadata: null,
    error: null,
    model: null,
    input_tokens: null,
    output_tokens: null,
    cost_usd: null,
    worker_session_id: null,
    ...patch,
  };
}

/** A running task that was claimed 100 s ago for another 800 s and has beaten 5 s ago. */
export function running(
  worker: WorkerState,
  patch: { task?: Partial<TaskRow>; run?: Partial<RunRow> | null } = {},
): ObservedRun {
  const task = taskRow({
    status: "running",
    claim_lock: "here:1",
    claim_expires: now + 800,
    worker_pid: 4711,
    current_run_id: 7,
    last_heartbeat_at: now - 5,
    started_at: now - 100,
    ...patch.task,
  });
  return { task, run: patch.run === null ? null : runRow(patch.run), worker };
}

/** The worker of a run that is over, still there. */
export function stray(patch: Partial<Stray> = {}): Stray {
  return {
    runId: 7,
    marker: "hermes:/board:7",
    taskId: "t_old",
    busy: false,
    workerAlive: true,
    child: true,
    outcome: "completed",
    endedAt: now - 1,
    ...patch,
  };
}

export function observation(patch: Partial<Observation> = {}): Observation {
  return {
    now,
    running: [],
    promotable: [],
    ready: [],
    unassigned: [],
    nonspawnable: [],
    overBudget: [],
    usedUp: [],
    badLanes: new Map(),
    strays: [],
    nextDue: null,
    ...patch,
  };
}

/** The plan for an observation on a machine with the profiles `ada` and `bob`. */
export function planFor(seen: Partial<Observation>, within: Partial<DispatchLimits> = {}) {
  return plan(observation(seen), { ...limits, ...within }, (name) => ["ada", "bob"].includes(name));
}

/** What is done about one running task, and when it is looked at again. */
export function verdict(run: ObservedRun): { does: string; deadline: number | null } {
  const { actions, nextDeadline } = planFor({ running: [run] });
  const words = actions.map(describeAction).join(", ");
  return { does: words || "nothing", deadline: nextDeadline };
}

function describeAction(action: Action): string {
  return action.type === "end_run" ? action.command.type : action.type;
}

/** Ids of the tasks a plan starts, in order. */
export function starts(actions: readonly Action[]): string[] {
  return actions.flatMap((action) => action.type === "spawn" ? [action.task.id] : []);
}
