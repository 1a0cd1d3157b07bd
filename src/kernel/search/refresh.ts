// Owns: bringing the full-text index up to date from the event log when somebody searches.

import { type Board, read, write } from "../board.ts";
import type { ReadTx, WriteTx } from "../engine/port.ts";
import { cursorOf, latestEventId, sql as events } from "../queries/events.ts";
import {
  dropDoc,
  hasIndex,
  indexSql,
  isStale,
  sql,
  staleDocs,
  taskText,
} from "../queries/search.ts";
import { indexedText } from "./words.ts";

const cursorName = "search";

/** Tasks indexed per transaction, so that a first search of a large board keeps no writer out for long. */
const batchSize = 500;

/**
 * Indexes what has changed since the last search. Foreign programs know nothing of the index: their events
 * tell what they changed.
 *
 * @returns false when this SQLite has no full-text index.
 */
export async function refreshIndex(board: Board): Promise<boolean> {
  if (await read(board, isFresh)) return true;
  try {
    await write(board, noteChanges);
    while (await write(board, indexSome));
    return true;
  } catch (error) {
    if (isUnsupported(error)) return false;
    throw error;
  }
}

/** Whether SQLite was built without what the index needs. */
export function isUnsupported(error: unknown): boolean {
  return error instanceof Error && /no such module: fts5|contentless_delete/.test(error.message);
}

async function isFresh(tx: ReadTx): Promise<boolean> {
  return await hasIndex(tx) && await cursorOf(tx, cursorName) === await latestEventId(tx) &&
    !await isStale(tx);
}

/** Makes the index when there is none, and notes the tasks whose text has changed. */
async function noteChanges(tx: WriteTx): Promise<void> {
  const from = await cursorOf(tx, cursorName);
  const upTo = await latestEventId(tx);
  if (await hasIndex(tx)) {
    await tx.run(sql.noteChanged, [from, upTo]);
  } else {
    await tx.run(indexSql.make);
    await tx.run(sql.noteAll);
  }
  await tx.run(events.setCursor, [cursorName, upTo]);
}

/** Indexes one batch; false when nothing is left to do. */
async function indexSome(tx: WriteTx): Promise<boolean> {
  const docs = await staleDocs(tx, batchSize);
  for (const { id, task_id } of docs) {
    const text = await taskText(tx, task_id);
    if (!text) {
      await dropDoc(tx, id);
      continue;
    }
    const fields = [
      text.id,
      text.title,
      [text.body, text.result].filter((part) => part !== null).join("\n"),
      text.comments.join("\n"),
      text.handoffs.join("\n"),
    ];
    await tx.run(indexSql.put, [id, ...fields.map(indexedText)]);
    await tx.run(sql.fresh, [id]);
  }
  return docs.length === batchSize;
}
