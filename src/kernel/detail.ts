// Owns: reading a task with everything around it, and the board's counts.

import { type Board, read } from "./board.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import type { CommentRow, EventRow, RunRow, TaskRow } from "./model/rows.ts";
import { progressOf } from "./progress.ts";
import { sql as events } from "./queries/events.ts";
import { childrenOf, parentsOf } from "./queries/links.ts";
import { runById, runsOfTask } from "./queries/runs.ts";
import {
  countTasks,
  type ListedTaskRow,
  type ListFilter,
  listTasks,
  sql as tasks,
  taskById,
} from "./queries/tasks.ts";
import { type TaskDetail, viewEvent, viewRun, viewTask } from "./views.ts";

/** One task. @throws HermesError `not_found`. */
export async function getTask(board: Board, id: string): Promise<TaskRow> {
  const task = await read(board, (tx) => taskById(tx, id));
  if (!task) throw refusalError(unknownTask(id));
  return task;
}

/** One attempt, or null. */
export async function getRun(board: Board, id: number): Promise<RunRow | null> {
  return await read(board, (tx) => runById(tx, id)) ?? null;
}

/** All attempts of a task, oldest first. @throws HermesError `not_found` for an unknown task. */
export async function getRuns(board: Board, taskId: string): Promise<RunRow[]> {
  await getTask(board, taskId);
  return await read(board, (tx) => runsOfTask(tx, taskId));
}

/** A task, its neighbours, thread, events and attempts, all from one moment. */
export function getDetail(board: Board, id: string): Promise<TaskDetail> {
  return read(board, async (tx) => {
    const task = await taskById(tx, id);
    if (!task) throw refusalError(unknownTask(id));
    const parents = await parentsOf(tx, id);
    const children = await childrenOf(tx, id);
    return {
      task: viewTask(task),
      progress: await progressOf(tx, id, parents, children),
      parents,
      children,
      comments: await tx.all<CommentRow>(events.comments, [id]),
      events: (await tx.all<EventRow>(events.ofTask, [id])).map(viewEvent),
      runs: (await runsOfTask(tx, id)).map(viewRun),
    };
  });
}

/** Tasks in board order: priority descending, then age; or in the order the filter asks for. */
export function getList(board: Board, filter: ListFilter): Promise<ListedTaskRow[]> {
  return read(board, (tx) => listTasks(tx, filter));
}

/** One page of a list, and how many tasks there are on all pages. */
export interface Page {
  tasks: ListedTaskRow[];
  total: number;
}

export function getPage(board: Board, filter: ListFilter): Promise<Page> {
  return read(board, async (tx) => {
    const tasks = await listTasks(tx, filter);
    const whole = filter.limit === undefined && filter.offset === undefined;
    return { tasks, total: whole ? tasks.length : await countTasks(tx, filter) };
  });
}

/** Counts for people and dashboards. Ages are seconds, never negative. */
export interface Stats {
  by_status: Record<string, number>;
  /** assignee → status → tasks; `""` stands for unassigned. Archived tasks are left out. */
  by_assignee: Record<string, Record<string, number>>;
  oldest_ready_age_seconds: number | null;
  now: number;
}

export function getStats(board: Board): Promise<Stats> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const byStatus: Record<string, number> = {};
    for (const row of await tx.all<{ status: string; count: number }>(tasks.statusCounts)) {
      byStatus[row.status] = row.count;
    }
    const byAssignee: Record<string, Record<string, number>> = {};
    const counts = await tx.all<{ assignee: string | null; status: string; count: number }>(
      tasks.assigneeCounts,
    );
    for (const { assignee, status, count } of counts) {
      const of = (byAssignee[assignee ?? ""] ??= {});
      of[status] = count;
    }
    const oldest = await tx.get<{ at: number | null }>(tasks.oldestReady);
    const at = oldest?.at ?? null;
    return {
      by_status: byStatus,
      by_assignee: byAssignee,
      oldest_ready_age_seconds: at === null ? null : Math.max(0, now - at),
      now,
    };
  });
}
