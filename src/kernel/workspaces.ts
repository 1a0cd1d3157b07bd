// Owns: which folder a task is worked on in, as the board remembers it.

import { type Board, write } from "./board.ts";
import { sql } from "./queries/tasks.ts";

/** Stores the resolved workspace of a task before its worker starts. */
export async function recordWorkspace(
  board: Board,
  taskId: string,
  workspace: { path: string; branch: string | null },
): Promise<void> {
  await write(board, (tx) => tx.run(sql.setWorkspace, [workspace.path, workspace.branch, taskId]));
}
