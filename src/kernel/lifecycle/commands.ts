// Owns: the union of everything that can happen to a task.

import type { TaskRow } from "../model/rows.ts";
import type { BlockKind, Status } from "../model/status.ts";

/** A process a run can be tied to; text forms come from the platform. */
export interface WorkerProcess {
  pid: number;
  start: string;
  boot: string;
}

/** The columns of a task that moves of people change, as they were at an earlier moment. */
export type EarlierState = Pick<
  TaskRow,
  | "status"
  | "held"
  | "completed_at"
  | "not_before"
  | "result"
  | "idempotency_key"
  | "consecutive_failures"
  | "last_failure_error"
  | "block_kind"
  | "block_recurrences"
  | "loop_guard"
>;

/** What can happen to a task. `type` is the key into the transition table. */
export type Command =
  | {
    type: "claim";
    /** `host:pid` of the claimer, or `manual`. */
    lock: string;
    /** Seconds until the claim may be taken away; null = never. */
    ttlSeconds: number | null;
    /** How the worker will be started; null for claims made by hand. */
    lane: string | null;
  }
  | { type: "extend"; lock: string; ttlSeconds: number }
  | { type: "spawned"; process: WorkerProcess }
  | { type: "heartbeat"; note: string | null }
  | {
    type: "complete";
    result: string | null;
    summary: string | null;
    metadata: Record<string, unknown> | null;
    /** Facts about the handoff that the event carries, such as artifacts. */
    evidence?: Record<string, unknown>;
  }
  | { type: "block"; reason: string | null; kind: BlockKind | null }
  | {
    type: "unblock";
    /** People get a fresh failure budget; programs do not. */
    byHuman: boolean;
  }
  | { type: "archive" }
  | { type: "unarchive" }
  | {
    /** Takes a claim away: expired, orphaned, or on an operator's word. */
    type: "reclaim";
    reason: string | null;
  }
  | { type: "spawn_failed"; error: string }
  | { type: "crash"; pid: number | null; error: string }
  | {
    type: "time_out";
    pid: number | null;
    elapsedSeconds: number;
    limitSeconds: number;
    sigkill: boolean;
  }
  | { type: "protocol_violation"; pid: number | null; error: string }
  | { type: "rate_limit"; error: string; cooldownSeconds: number }
  | { type: "assign"; assignee: string | null }
  | { type: "reprioritize"; priority: number }
  | {
    type: "edit";
    title?: string;
    body?: string | null;
    result?: string | null;
    /** US dollars; null takes the budget away. */
    max_cost_usd?: number | null;
  }
  | {
    /** A direct status write, as drag and drop does. Open parents of a move to ready are waived. */
    type: "move";
    to: Exclude<Status, "running" | "done" | "archived">;
  }
  | {
    /** Keeps a ready task waiting until a time (epoch seconds); null lifts the wait. */
    type: "schedule";
    at: number | null;
  }
  | {
    /** Takes back what a person did: the task is again as it was before. */
    type: "restore";
    state: EarlierState;
    /** Parents that were waived by what is taken back. */
    unwaive: readonly string[];
    /** The command that is taken back. */
    undo: CommandType;
  }
  | {
    /** What the judge of goal mode found; `passed` is null when it could not decide. */
    type: "judge";
    passed: boolean | null;
    reason: string;
  }
  | {
    /** Which model the task's worker uses instead of its profile's; null = the profile's. */
    type: "set_model";
    model: string | null;
    provider: string | null;
  }
  | { type: "promote" }
  | { type: "demote"; reason: "parent_open" | "parent_reopened"; parent: string }
  | { type: "specify"; title: string | null; body: string | null; assignee: string | null }
  | { type: "decompose"; assignee: string; childIds: string[] };

export type CommandType = Command["type"];

/** Who is writing, and on the strength of what. */
export interface WriteContext {
  /**
   * The run a worker writes for. The write is refused once that run is no longer the open run of the task.
   */
  fence?: number | null;
  /** A model asks, with or without a run: the gates of goal mode hold. A fenced write counts as one. */
  agent?: boolean;
  /** What an observer saw: the command is dropped when the task has moved on since. */
  expect?: { runId?: number | null; lock?: string | null };
}
