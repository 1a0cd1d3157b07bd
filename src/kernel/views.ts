// Owns: rows as surfaces show them — parsed JSON, lists instead of null, one shape everywhere.

import type { CommentRow, EventRow, LinkedTask, RunRow, TaskRow } from "./model/rows.ts";
import type { ListedTaskRow, SeenTaskRow, unseenColumns } from "./queries/tasks.ts";

/** A task as every surface returns it. `skills` is always a list; internal bookkeeping is left out. */
export interface TaskView extends Omit<TaskRow, "skills" | "held" | "loop_guard" | "goal_mode"> {
  skills: string[];
  goal_mode: boolean;
  /** True when a person parked the task in todo. */
  held: boolean;
}

/** A task as boards show it: without what only its own page shows. */
export type SeenTaskView = Omit<TaskView, (typeof unseenColumns)[number]>;

export interface EventView extends Omit<EventRow, "payload"> {
  payload: unknown;
}

export interface RunView extends Omit<RunRow, "metadata" | "worker_start" | "worker_boot"> {
  metadata: unknown;
}

/** Completed tasks of all that count. */
export interface Progress {
  done: number;
  total: number;
}

/** Everything known about one task. */
export interface TaskDetail {
  task: TaskView;
  /** How much of its graph is done; null when it has none. */
  progress: Progress | null;
  parents: LinkedTask[];
  children: LinkedTask[];
  comments: CommentRow[];
  events: EventView[];
  runs: RunView[];
}

export function viewTask(row: TaskRow | ListedTaskRow): TaskView {
  return "loop_guard" in row ? viewTask(withoutBookkeeping(row)) : { ...row, ...shownValues(row) };
}

/** {@link viewTask} of what boards show. */
export function viewSeenTask(row: SeenTaskRow): SeenTaskView {
  return { ...row, ...shownValues(row) };
}

/** Slow where there are thousands of rows: those are listed without it. */
function withoutBookkeeping({ loop_guard: _guard, ...rest }: TaskRow): ListedTaskRow {
  return rest;
}

function shownValues(row: Pick<TaskRow, "priority" | "held" | "goal_mode" | "skills">) {
  return {
    // The column of older releases has no NOT NULL.
    priority: row.priority ?? 0,
    held: row.held === 1,
    goal_mode: row.goal_mode === 1,
    skills: parseSkills(row.skills),
  };
}

export function viewEvent(row: EventRow): EventView {
  return { ...row, payload: parseJson(row.payload) };
}

export function viewRun(row: RunRow): RunView {
  const { worker_start: _start, worker_boot: _boot, ...rest } = row;
  return { ...rest, metadata: parseJson(row.metadata) };
}

/** Skill names of a task; foreign text that is no list reads as none. */
export function parseSkills(text: string | null): string[] {
  const value = parseJson(text);
  return Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
}

/** JSON of a column; null for NULL, the raw text when another program wrote something else. */
export function parseJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
