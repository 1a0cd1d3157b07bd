// Owns: what it takes to undo an action, as a value, and deciding whether that is still possible. Pure.

import type { Command, EarlierState } from "../lifecycle/commands.ts";
import type { TaskRow } from "../model/rows.ts";

/** One step back. `to` is what the action left behind: only that is taken back. */
export type Step =
  | { type: "edit"; from: Edited; to: Edited }
  | { type: "reprioritize"; from: number; to: number }
  | { type: "assign"; from: string | null; to: string | null }
  | { type: "schedule"; from: number | null; to: number | null }
  | { type: "set_model"; from: ModelChoice; to: ModelChoice }
  | { type: "restore"; from: EarlierState; to: string; unwaive: string[]; undo: Command["type"] }
  /** The task was created: it goes to the archive. */
  | { type: "archive" }
  | { type: "unlink"; parent: string }
  | { type: "link"; parent: string; waived: boolean };

const edited = ["title", "body", "result", "max_cost_usd"] as const;

/** The fields of a task that an edit changed. */
export type Edited = Partial<Pick<TaskRow, typeof edited[number]>>;

/** The model a task's worker uses instead of its profile's. */
export type ModelChoice = Pick<TaskRow, "model_override" | "provider_override">;

/** What tells that a task has moved on. */
export interface Mark {
  status: string;
  held: number;
  completed_at: number | null;
  /** Newest claimed run, 0 when there is none. */
  run: number;
}

/** How an action is undone. */
export interface Inverse {
  /** In the order in which they are done. */
  steps: Step[];
  /** The tasks the action touched, as it left them. */
  after: Record<string, Mark>;
  /** Why it cannot be undone at all; null when it can. */
  obstacle: string | null;
}

/** The step that takes back `command`, or why there is none. Null for commands nobody gives by hand. */
export function stepBack(
  command: Command,
  before: TaskRow,
  after: TaskRow,
  waived: readonly string[],
): Step | { obstacle: string } | null {
  switch (command.type) {
    case "edit": {
      const fields = edited.filter((field) => before[field] !== after[field]);
      return { type: "edit", from: only(before, fields), to: only(after, fields) };
    }
    case "reprioritize":
      return { type: "reprioritize", from: before.priority, to: after.priority };
    case "assign":
      return { type: "assign", from: before.assignee, to: after.assignee };
    case "schedule":
      return { type: "schedule", from: before.not_before, to: after.not_before };
    case "set_model":
      return { type: "set_model", from: modelChoice(before), to: modelChoice(after) };
    case "move":
    case "archive":
    case "unarchive":
    case "promote":
    case "block":
    case "unblock":
    case "complete":
    case "reclaim":
      if (before.status === "running") {
        const run = before.current_run_id;
        return { obstacle: `it ended run ${run}, and an attempt cannot be brought back` };
      }
      return {
        type: "restore",
        from: earlierState(before),
        to: after.status,
        unwaive: [...waived],
        undo: command.type,
      };
    case "claim":
      return { obstacle: "it started an attempt; end that with: hermes kanban reclaim" };
    default:
      return null;
  }
}

/** Why a task is no longer as an action left it, or null. `ready` may have followed from `todo` by itself. */
export function movedOn(
  id: string,
  left: Mark,
  now: Mark | undefined,
  mayBePromoted = false,
): string | null {
  if (!now) return `${id} is gone`;
  if (now.run !== left.run) return `${id} was claimed since (run ${now.run})`;
  const promoted = mayBePromoted && left.status === "todo" && now.status === "ready";
  if (now.status !== left.status && !promoted) return `${id} is ${now.status} by now`;
  if (now.completed_at !== left.completed_at) return `${id} was completed again since`;
  if (now.held !== left.held && !promoted) return `${id} was parked or released since`;
  return null;
}

/** Why a single value can no longer be taken back, or null. */
export function changedSince(step: Step, task: TaskRow): string | null {
  switch (step.type) {
    case "edit": {
      const fields = Object.keys(step.to) as (keyof Edited)[];
      const changed = fields.filter((field) => task[field] !== step.to[field]);
      return changed.length > 0 ? `${changed.join(" and ")} changed again since` : null;
    }
    case "reprioritize":
      return task.priority === step.to ? null : `its priority is ${task.priority} by now`;
    case "assign":
      return task.assignee === step.to
        ? null
        : `it is assigned to ${task.assignee ?? "nobody"} by now`;
    case "schedule":
      return task.not_before === step.to ? null : "its schedule changed again since";
    case "set_model": {
      const { model_override, provider_override } = step.to;
      const same = task.model_override === model_override &&
        task.provider_override === provider_override;
      return same ? null : "its model changed again since";
    }
    default:
      return null;
  }
}

/** What an action did, in a few words. */
export function describeStep(step: Step): string {
  switch (step.type) {
    case "edit":
      return `changed ${Object.keys(step.to).join(" and ")}`;
    case "reprioritize":
      return `priority ${step.from} → ${step.to}`;
    case "assign":
      return `assignee ${step.from ?? "nobody"} → ${step.to ?? "nobody"}`;
    case "schedule":
      return step.to === null ? "lifted its schedule" : "scheduled it";
    case "set_model":
      return `model ${modelText(step.from)} → ${modelText(step.to)}`;
    case "restore":
      return `${step.from.status} → ${step.to}`;
    case "archive":
      return "new";
    case "unlink":
      return `made it wait for ${step.parent}`;
    case "link":
      return `let it no longer wait for ${step.parent}`;
  }
}

function only(row: TaskRow, fields: readonly (keyof Edited)[]): Edited {
  return Object.fromEntries(fields.map((field) => [field, row[field]]));
}

function modelChoice({ model_override, provider_override }: TaskRow): ModelChoice {
  return { model_override, provider_override };
}

function modelText({ model_override, provider_override }: ModelChoice): string {
  if (model_override === null && provider_override === null) return "of the profile";
  return [provider_override, model_override].filter((part) => part !== null).join(" ");
}

function earlierState(row: TaskRow): EarlierState {
  return {
    status: row.status,
    held: row.held,
    completed_at: row.completed_at,
    not_before: row.not_before,
    result: row.result,
    idempotency_key: row.idempotency_key,
    consecutive_failures: row.consecutive_failures,
    last_failure_error: row.last_failure_error,
    block_kind: row.block_kind,
    block_recurrences: row.block_recurrences,
    loop_guard: row.loop_guard,
  };
}
