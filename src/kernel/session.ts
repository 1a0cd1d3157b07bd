// Owns: the name under which a worker's program knows its conversation.

import { type Board, write } from "./board.ts";
import { sql } from "./queries/runs.ts";

/** Stores the name on the run, replacing an earlier one. Allowed after the run is closed: it is a fact about it. */
export async function recordSession(board: Board, runId: number, session: string): Promise<void> {
  await write(board, (tx) => tx.run(sql.setSession, [session, runId]));
}
