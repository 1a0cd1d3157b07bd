// Owns: the values that go into and come out of a decision about one task.

import type { ErrorCode } from "../../base/errors.ts";
import type { LinkedTask, RunRow, TaskRow } from "../model/rows.ts";
import type { EventKind, Outcome } from "../model/status.ts";
import type { NewRun, RunPatch } from "../queries/runs.ts";
import type { TaskPatch } from "../queries/tasks.ts";

/** Everything a decision may look at. */
export interface Snapshot {
  task: TaskRow;
  /** The task's open run. */
  run: RunRow | null;
  /** Parents that keep the task waiting; loaded only for commands that need them. */
  openParents: LinkedTask[];
}

/** Limits that come from the configuration. */
export interface Policy {
  /** Failed attempts after which a task is blocked instead of retried. */
  failureLimit: number;
  /** Blocks of one kind after which the task goes back to triage. */
  blockRecurrenceLimit: number;
}

export const defaultPolicy: Policy = { failureLimit: 3, blockRecurrenceLimit: 2 };

/** What becomes of the attempt. */
export type RunEffect =
  | { type: "none" }
  | { type: "open"; run: Omit<NewRun, "task_id">; closeDangling: number | null }
  | { type: "touch"; patch: RunPatch }
  | { type: "close"; outcome: Outcome; patch: RunPatch }
  | { type: "synthesize"; outcome: Outcome; run: Omit<NewRun, "task_id"> };

/** What the change sets off in the neighbourhood. */
export type FollowUp =
  | { type: "promote_children" }
  | { type: "demote_children" }
  | { type: "waive_parents"; parents: readonly string[] }
  | { type: "unwaive_parents"; parents: readonly string[] }
  | { type: "promote_self" };

/** A change to be written as a whole. */
export interface Change {
  patch: TaskPatch;
  event: { kind: EventKind; payload: Record<string, unknown> | null } | null;
  run: RunEffect;
  followUps: FollowUp[];
}

/** A move that is not allowed, in words for the caller. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  remedy?: string;
  details?: Record<string, unknown>;
  /** A change that is written although the command is refused. */
  instead?: Change;
}

export type Decision = { ok: true; change: Change } | { ok: false; refusal: Refusal };
