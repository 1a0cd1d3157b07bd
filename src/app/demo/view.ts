// Owns: what the demo sees of the board at one moment: counts, workers, ideas, and whether it is over.

import { type Board } from "../../kernel/board.ts";
import { getDetail, getList, getRuns } from "../../kernel/detail.ts";
import type { RunRow } from "../../kernel/model/rows.ts";
import type { ListedTaskRow } from "../../kernel/queries/tasks.ts";
import { type Status, statuses } from "../../kernel/model/status.ts";
import type { TaskDetail } from "../../kernel/views.ts";
import type { ProcessIdentity } from "../../platform/process.ts";

/** A worker at work. */
export interface WorkerView {
  profile: string;
  taskId: string;
  title: string;
  /** Epoch second at which this attempt began. */
  since: number;
  /** 1 for the first attempt. */
  attempt: number;
  /** Null until it was started. */
  process: ProcessIdentity | null;
  /** Its model has answered at least once. */
  atWork: boolean;
}

/** One idea and how far its graph is. */
export interface IdeaView {
  id: string;
  title: string;
  status: string;
  /** Tasks of its plan that are done; 0 of 0 before it was planned. */
  done: number;
  total: number;
  /** Epoch second of its creation. */
  createdAt: number;
  completedAt: number | null;
}

/** The board at one moment. */
export interface DemoView {
  counts: Record<Status, number>;
  workers: WorkerView[];
  ideas: IdeaView[];
  /** Epoch second since which the oldest ready task waits for a worker; null when none does. */
  waitingSince: number | null;
}

/** Reads the board. `roots` are the ids of the ideas. */
export async function viewBoard(board: Board, roots: readonly string[]): Promise<DemoView> {
  const tasks = await getList(board, { includeArchived: true });
  const details = await Promise.all(roots.map((id) => getDetail(board, id)));
  const running = tasks.filter((task) => task.status === "running");
  const ready = tasks.filter((task) => task.status === "ready");
  return {
    counts: Object.fromEntries(
      statuses.map((status) => [status, tasks.filter((task) => task.status === status).length]),
    ) as Record<Status, number>,
    workers: await Promise.all(running.map((task) => viewWorker(board, task))),
    ideas: details.map(viewIdea),
    waitingSince: ready.length === 0 ? null : Math.min(...ready.map((task) => task.created_at)),
  };
}

/** How the demo ends, if this is its end. */
export type Verdict = { over: false } | { over: true; problem: string | null };

/**
 * Over when every idea is done, or when something is blocked and nothing else can move: no person is
 * there to answer.
 */
export function judge({ counts, ideas }: DemoView): Verdict {
  const open = ideas.filter((idea) => idea.status !== "done");
  if (open.length === 0) return { over: true, problem: null };
  const moving = counts.triage + counts.ready + counts.running;
  if (moving > 0) return { over: false };
  const names = open.map((idea) => `"${idea.title}"`).join(", ");
  if (counts.blocked > 0) return { over: true, problem: `a task is blocked, which keeps ${names}` };
  // Between the end of the last child and the promotion of its root nothing moves for a moment.
  if (open.some((idea) => idea.status === "archived")) {
    return { over: true, problem: `${names} was archived` };
  }
  return { over: false };
}

async function viewWorker(board: Board, task: ListedTaskRow): Promise<WorkerView> {
  const runs = await getRuns(board, task.id);
  const run = runs.find(({ id }) => id === task.current_run_id) ?? runs.at(-1);
  return {
    profile: run?.profile ?? task.assignee ?? "",
    taskId: task.id,
    title: task.title,
    since: run?.started_at ?? task.created_at,
    attempt: Math.max(1, runs.length),
    process: run ? processOf(run) : null,
    atWork: run !== undefined && run.output_tokens !== null,
  };
}

function processOf({ worker_pid, worker_start, worker_boot }: RunRow): ProcessIdentity | null {
  if (worker_pid === null || worker_start === null || worker_boot === null) return null;
  return { pid: worker_pid, startTime: worker_start, bootId: worker_boot };
}

function viewIdea({ task, parents }: TaskDetail): IdeaView {
  return {
    id: task.id,
    title: task.title,
    status: task.status,
    done: parents.filter((parent) => parent.completed_at !== null).length,
    total: parents.length,
    createdAt: task.created_at,
    completedAt: task.completed_at,
  };
}
