// Owns: what the care of a board's surroundings needs to know of its rows.

import { type Board, read } from "../board.ts";
import { sql } from "../queries/care.ts";
import { sql as tasks } from "../queries/tasks.ts";

/** Unfinished tasks per assignee, in alphabetical order. */
export async function openAssignees(board: Board): Promise<{ name: string; count: number }[]> {
  return await read(board, (tx) => tx.all<{ name: string; count: number }>(sql.assignees));
}

/** Of `ids`, those that no task has. */
export async function unknownIds(board: Board, ids: readonly string[]): Promise<string[]> {
  const rows = await read(
    board,
    (tx) => tx.all<{ id: string }>(tasks.knownIds, [JSON.stringify(ids)]),
  );
  const known = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !known.has(id));
}

/** Archived tasks that were worked on in a scratch folder, and which if it was another than the usual one. */
export async function archivedScratch(
  board: Board,
): Promise<{ id: string; workspace_path: string | null }[]> {
  return await read(
    board,
    (tx) => tx.all<{ id: string; workspace_path: string | null }>(sql.archivedScratch),
  );
}

/** Ids of the tasks that run now. */
export async function runningIds(board: Board): Promise<string[]> {
  return (await read(board, (tx) => tx.all<{ id: string }>(sql.runningIds))).map(({ id }) => id);
}

/** How many tasks wait for a worker. */
export async function readyCount(board: Board): Promise<number> {
  return (await read(board, (tx) => tx.get<{ count: number }>(sql.readyCount)))?.count ?? 0;
}
