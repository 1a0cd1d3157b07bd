// Owns: the place a row is measured in — a temporary home with a board, gone afterwards.

import { join } from "node:path";
import { type Board, openBoard, type OpenBoardOptions } from "../../src/kernel/board.ts";

/** Runs `body` with an empty folder that is removed afterwards. */
export async function withHome<T>(body: (home: string) => Promise<T>): Promise<T> {
  const home = await Deno.makeTempDir({ prefix: "hermes-bench-" });
  try {
    return await body(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** The default board of a home. */
export function boardPath(home: string): string {
  return join(home, "kanban.db");
}

/** Opens the default board of a home for the time of `body`. */
export async function withBoardOf<T>(
  home: string,
  body: (board: Board) => Promise<T>,
  options: Partial<OpenBoardOptions> = {},
): Promise<T> {
  const board = await openBoard({ slug: "default", path: boardPath(home), ...options });
  try {
    return await body(board);
  } finally {
    await board.close();
  }
}

/** Runs `body` on a fresh board in a home of its own. */
export function withBoard<T>(body: (board: Board, home: string) => Promise<T>): Promise<T> {
  return withHome((home) => withBoardOf(home, (board) => body(board, home)));
}
