// Owns: what a board knows about how far one task is from being worked on.

import { type Board, read } from "./board.ts";
import type { ReadTx } from "./engine/port.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import type { EventRow, LinkedTask, RunRow, TaskRow } from "./model/rows.ts";
import type { EventKind } from "./model/status.ts";
import { newestOfKind } from "./queries/events.ts";
import { runById } from "./queries/runs.ts";
import { sql as tasks, taskById } from "./queries/tasks.ts";
import { viewEvent } from "./views.ts";

/** One task, and everything on its board that bears on when it runs. */
export interface Standing {
  task: TaskRow;
  /** The open attempt. */
  run: RunRow | null;
  openParents: LinkedTask[];
  /** Workers under way: on the board, and of the task's profile. Attempts made by hand do not count. */
  busy: { board: number; profile: number };
  /** Ready tasks that are due and stand before this one. */
  ahead: number;
  /** What blocked the task; null unless it is blocked. */
  block: BlockCause | null;
  /** True when the wait for a time comes from the provider and not from a schedule. */
  coolsDown: boolean;
}

/** The breaker, or somebody with or without a reason. */
export type BlockCause = { by: "breaker" } | { by: "somebody"; reason: string | null };

/** @throws HermesError `not_found`. */
export function standingOf(board: Board, id: string): Promise<Standing> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const task = await taskById(tx, id);
    if (!task) throw refusalError(unknownTask(id));
    const run = task.current_run_id === null ? undefined : await runById(tx, task.current_run_id);
    const { priority, created_at, assignee } = task;
    const before = [now, priority, priority, created_at, priority, created_at, id];
    return {
      task,
      run: run && run.ended_at === null ? run : null,
      openParents: await tx.all<LinkedTask>(tasks.openParents, [id]),
      busy: await busyWorkers(tx, assignee),
      ahead: (await tx.get<{ count: number }>(tasks.readyBefore, before))?.count ?? 0,
      block: task.status === "blocked" ? await blockCause(tx, id) : null,
      coolsDown: task.not_before !== null && await isCoolingDown(tx, id),
    };
  });
}

async function busyWorkers(tx: ReadTx, profile: string | null): Promise<Standing["busy"]> {
  const busy = { board: 0, profile: 0 };
  for (const { current_run_id } of await tx.all<TaskRow>(tasks.running)) {
    const run = current_run_id === null ? undefined : await runById(tx, current_run_id);
    if (!run || run.lane === null) continue;
    busy.board++;
    if (run.profile === profile) busy.profile++;
  }
  return busy;
}

/** The last thing that blocked it: the breaker, a block, or a move by hand. */
async function blockCause(tx: ReadTx, id: string): Promise<BlockCause> {
  const blocked = await newestOfKind(tx, id, "blocked");
  const gaveUp = await newestOfKind(tx, id, "gave_up");
  const moved = await newestOfKind(tx, id, "status");
  // What is taken back by `undo` is no move: the block before it holds again.
  const move = payloadOf(moved)["undo"] === undefined ? moved?.id ?? 0 : 0;
  const last = Math.max(blocked?.id ?? 0, gaveUp?.id ?? 0, move);
  if (gaveUp && gaveUp.id === last) return { by: "breaker" };
  const reason = blocked && blocked.id === last ? payloadOf(blocked)["reason"] : null;
  return { by: "somebody", reason: typeof reason === "string" ? reason : null };
}

function payloadOf(event: EventRow | undefined): Record<string, unknown> {
  const payload = event ? viewEvent(event).payload : null;
  return typeof payload === "object" && payload !== null ? { ...payload } : {};
}

/** Whether the provider was the last to make the task wait. */
async function isCoolingDown(tx: ReadTx, id: string): Promise<boolean> {
  const newest = async (kind: EventKind) => {
    const event: EventRow | undefined = await newestOfKind(tx, id, kind);
    return event?.id ?? 0;
  };
  return await newest("rate_limited") > await newest("scheduled");
}
