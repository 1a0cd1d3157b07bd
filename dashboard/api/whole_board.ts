// Owns: reading a whole board piece by piece, so that a large one keeps neither server nor page busy for long. Pure.

import { applyChanges, needsWhole, sortColumn } from "./board_changes.ts";
import type { Board, CardPage, Changes, Column } from "./shapes.ts";

export interface BoardFilter {
  /** Empty for all of them. */
  tenant: string;
  includeArchived: boolean;
  /** Done tasks sent with the board; the rest comes as one scrolls. */
  doneLimit: number;
}

/** Asks the server for a path below the API's base. */
export type Ask = <T>(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
) => Promise<T>;

/** Cards of each column that come first, before the others: more than a screen shows. */
const firstCards = 40;

/** Cards of a piece: a few milliseconds of the server's time. */
const pieceSize = 1000;

/** Changes that are told one by one while the pieces came; more of them make it a new board. */
const mostChanges = 5000;

/** What a screen shows: the beginning of each column. */
export function readFirstCards(ask: Ask, filter: BoardFilter): Promise<Board> {
  return readBegin(ask, { ...filter, doneLimit: Math.min(filter.doneLimit, firstCards) });
}

/** All of it, as it was after the last piece had come. */
export async function readWholeBoard(ask: Ask, filter: BoardFilter): Promise<Board> {
  const begin = await readBegin(ask, filter);
  let latest = begin.latest_event_id;
  const columns: Column[] = [];
  for (const column of begin.columns) {
    if (isWhole(column, filter)) {
      columns.push(column);
      continue;
    }
    const pieces = await readColumn(ask, column.name, filter);
    latest = Math.max(latest, pieces.latest);
    columns.push(sortColumn({ ...column, tasks: pieces.tasks, count: pieces.tasks.length }));
  }
  const board = { ...begin, columns };
  // A tenant's counts are not among the changes; the live events bring such a board up to date.
  if (latest === begin.latest_event_id || filter.tenant !== "") return board;
  const query = { since: begin.latest_event_id, limit: mostChanges, texts: false };
  const changes = await ask<Changes>("/board/changes", query);
  return needsWhole(board, changes) ? board : applyChanges(board, changes, filter);
}

/** Whether all cards that the filter asks for were sent. */
export function hasAllCards(board: Board, filter: BoardFilter): boolean {
  return board.columns.every((column) => isWhole(column, filter));
}

function readBegin(ask: Ask, { tenant, includeArchived, doneLimit }: BoardFilter): Promise<Board> {
  return ask<Board>("/board", {
    tenant,
    include_archived: includeArchived || undefined,
    done_limit: doneLimit,
    limit: firstCards,
    texts: false,
  });
}

async function readColumn(ask: Ask, status: string, { tenant }: BoardFilter) {
  const tasks: CardPage["tasks"] = [];
  let latest = 0;
  let next: string | null = "";
  while (next !== null) {
    const query = { status, tenant, after: next, limit: pieceSize, texts: false };
    const piece: CardPage = await ask<CardPage>("/board/column", query);
    tasks.push(...piece.tasks);
    latest = Math.max(latest, piece.latest_event_id);
    next = piece.next;
  }
  return { tasks, latest };
}

function isWhole({ name, tasks, count }: Column, { doneLimit }: BoardFilter): boolean {
  const isOver = name === "done" || name === "archived";
  return tasks.length >= (isOver ? Math.min(count, doneLimit) : count);
}
