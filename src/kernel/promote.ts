// Owns: the promotion pass — finding waiting tasks that nothing keeps any more.

import { type Board, read, write } from "./board.ts";
import type { ReadTx } from "./engine/port.ts";
import { promoteAll } from "./lifecycle/apply.ts";
import { movable } from "./lifecycle/ready.ts";
import { cursorOf, latestEventId, sql as events } from "./queries/events.ts";
import { sql as tasks, type WaitingTask } from "./queries/tasks.ts";

const cursorName = "promotion";

/** Events, or waiting tasks behind them, that a pass reads before moving the cursor is worth a write. */
const cursorSlack = 200;

/** Waiting tasks looked at per pass regardless of events, so that rows changed behind the log are found. */
const sliceSize = 200;

/** Waiting tasks that may move, and how far the log was read to find them. */
export interface Promotable {
  ids: string[];
  /** Waiting tasks that were looked at to find them. */
  looked: number;
  from: number;
  upTo: number;
}

/**
 * Looks at what changed since the last pass: every change writes an event, so the work grows with the
 * number of changes and not with the size of the board.
 */
export async function findPromotable(tx: ReadTx): Promise<Promotable> {
  const from = await cursorOf(tx, cursorName);
  const upTo = await latestEventId(tx);
  if (upTo === from) return { ids: [], looked: 0, from, upTo };
  const waiting = await tx.all<WaitingTask>(tasks.waitingSince, [from, from]);
  return { ids: movable(waiting), looked: waiting.length, from, upTo };
}

/** Promotes what {@link findPromotable} finds; writes nothing when there is nothing to do. */
export async function promoteWaiting(board: Board): Promise<string[]> {
  const found = await read(board, findPromotable);
  const effort = Math.max(found.looked, found.upTo - found.from);
  if (found.ids.length === 0 && effort < cursorSlack) return [];
  return await write(board, async (tx, env) => {
    const again = await findPromotable(tx);
    const waiting = again.ids.map((id) => ({ id, held: 0, waits: 0 }));
    const promoted = await promoteAll(tx, env, waiting);
    await tx.run(events.setCursor, [cursorName, again.upTo]);
    return promoted;
  });
}

/**
 * Looks at the next slice of the todo column whatever the log says: rows that a foreign program changed
 * without an event are found this way. Call it now and then with the value it returned.
 */
export async function sweepWaiting(
  board: Board,
  after: string,
): Promise<{ promoted: string[]; next: string }> {
  const slice = await read(
    board,
    (tx) => tx.all<WaitingTask>(tasks.waitingAfter, [after, sliceSize]),
  );
  const next = slice.length === sliceSize ? slice.at(-1)?.id ?? "" : "";
  if (movable(slice).length === 0) return { promoted: [], next };
  const promoted = await write(board, (tx, env) => promoteAll(tx, env, slice));
  return { promoted, next };
}
