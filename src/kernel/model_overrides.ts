// Owns: which models tasks chose for their workers.

import { type Board, read } from "./board.ts";
import { sql } from "./queries/tasks.ts";

/** One choice and how many tasks made it. */
export interface ModelOverrideCount {
  model: string | null;
  provider: string | null;
  /** Tasks that are not archived. */
  tasks: number;
}

/** The choices in use, the most common first. */
export function modelOverrides(board: Board): Promise<ModelOverrideCount[]> {
  return read(board, async (tx) => {
    const rows = await tx.all<ModelOverrideCount>(sql.modelOverrides);
    return rows.map(({ model, provider, tasks }) => ({ model, provider, tasks }));
  });
}
