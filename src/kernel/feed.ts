// Owns: reading the event log from a cursor, and who subscribed to which task's events.

import { type Board, read, write } from "./board.ts";
import { refusalError, unknownTask } from "./lifecycle/apply.ts";
import type { EventRow, SubscriptionRow } from "./model/rows.ts";
import { eventsAfter, lastEventBefore, latestEventId, sql as events } from "./queries/events.ts";
import { sql } from "./queries/subscriptions.ts";
import { taskById } from "./queries/tasks.ts";
import { type EventView, viewEvent } from "./views.ts";

/** Events after `cursor`, oldest first, at most `limit`, and the cursor to go on from. */
export async function readEvents(
  board: Board,
  cursor: number,
  limit = 200,
  taskId?: string,
): Promise<{ events: EventView[]; cursor: number }> {
  const rows = await read(board, (tx) => eventsAfter(tx, cursor, limit, taskId));
  return { events: rows.map(viewEvent), cursor: rows.at(-1)?.id ?? cursor };
}

/** The cursor that means "from now on". */
export function endOfLog(board: Board): Promise<number> {
  return read(board, latestEventId);
}

/** The cursor from which on all events happened at `at` (epoch seconds) or later. */
export function logPosition(board: Board, at: number): Promise<number> {
  return read(board, (tx) => lastEventBefore(tx, at));
}

/** Where a subscription's messages go. A distinct thread is a distinct subscription. */
export interface SubscriptionTarget {
  platform: string;
  chatId: string;
  threadId?: string;
  userId?: string | null;
}

/**
 * Subscribes a chat to a task from the newest event on, or from the beginning when the task was just
 * created. Repeating it changes nothing.
 *
 * @throws HermesError `not_found`.
 */
export function subscribe(
  board: Board,
  taskId: string,
  target: SubscriptionTarget,
  fromStart = false,
): Promise<boolean> {
  return write(board, async (tx, env) => {
    if (!await taskById(tx, taskId)) throw refusalError(unknownTask(taskId));
    const cursor = fromStart ? 0 : await latestEventId(tx);
    const change = await tx.run(sql.insert, [
      taskId,
      target.platform,
      target.chatId,
      target.threadId ?? "",
      target.userId ?? null,
      env.now,
      cursor,
    ]);
    return change.changes > 0;
  });
}

/** Ends a subscription; false when there was none. */
export function unsubscribe(
  board: Board,
  taskId: string,
  target: SubscriptionTarget,
): Promise<boolean> {
  const key = [taskId, target.platform, target.chatId, target.threadId ?? ""];
  return write(board, async (tx) => (await tx.run(sql.remove, key)).changes > 0);
}

/** All subscriptions, or those of one task. */
export function subscriptions(board: Board, taskId?: string): Promise<SubscriptionRow[]> {
  return read(
    board,
    (tx) =>
      taskId === undefined
        ? tx.all<SubscriptionRow>(sql.list)
        : tx.all<SubscriptionRow>(sql.ofTask, [taskId]),
  );
}

/** Events of the chosen kinds that a subscription has not seen, and the cursor after them. */
export async function unseenEvents(
  board: Board,
  subscription: SubscriptionRow,
  kinds: readonly string[],
): Promise<{ events: EventView[]; cursor: number }> {
  const { task_id, last_event_id } = subscription;
  const rows = await read(
    board,
    (tx) => tx.all<EventRow>(sql.unseen, [task_id, last_event_id, JSON.stringify(kinds)]),
  );
  return { events: rows.map(viewEvent), cursor: rows.at(-1)?.id ?? last_event_id };
}

/** Moves a subscription's cursor forward; false when another process did it first. */
export function advanceSubscription(
  board: Board,
  subscription: SubscriptionRow,
  cursor: number,
): Promise<boolean> {
  const { task_id, platform, chat_id, thread_id } = subscription;
  return write(
    board,
    async (tx) =>
      (await tx.run(sql.advance, [cursor, task_id, platform, chat_id, thread_id, cursor])).changes >
        0,
  );
}

/**
 * Ends a subscription whose task is done or archived, once its cursor is past the last event of the chosen
 * kinds. Returns whether it ended.
 */
export function endFinalSubscription(
  board: Board,
  { task_id, platform, chat_id, thread_id }: SubscriptionRow,
  kinds: readonly string[],
): Promise<boolean> {
  const params = [task_id, platform, chat_id, thread_id, JSON.stringify(kinds)];
  return write(board, async (tx) => (await tx.run(sql.removeFinal, params)).changes > 0);
}

/** Deletes events of finished tasks older than `days` days; returns how many. */
export function pruneEvents(board: Board, days: number): Promise<number> {
  return write(
    board,
    async (tx, env) => (await tx.run(events.prune, [env.now - days * 86_400])).changes,
  );
}
