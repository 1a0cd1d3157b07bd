// Owns: what an attempt used of a model.

import { type Board, write } from "./board.ts";
import { sql } from "./queries/runs.ts";

/** Totals of one run. Null means unknown, which is never the same as zero. */
export interface RunUsage {
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** US dollars. */
  costUsd: number | null;
}

/** Stores a run's usage so far, replacing earlier totals. Allowed after the run is closed: it is a fact about it. */
export async function recordUsage(board: Board, runId: number, usage: RunUsage): Promise<void> {
  const { model, inputTokens, outputTokens, costUsd } = usage;
  await write(
    board,
    (tx) => tx.run(sql.addUsage, [model, inputTokens, outputTokens, costUsd, runId]),
  );
}
