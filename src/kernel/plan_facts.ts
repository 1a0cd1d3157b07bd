// Owns: what a board knows that bears on a plan — open tasks it may repeat, and how long work took before.

import { type Board, read } from "./board.ts";
import { sql } from "./queries/plans.ts";

/** A task that is not done yet. */
export interface OpenTitle {
  id: string;
  title: string;
  status: string;
}

/** What one completed attempt took. */
export interface RunSize {
  started_at: number;
  ended_at: number;
  input_tokens: number | null;
  output_tokens: number | null;
  /** US dollars; null = unknown. */
  cost_usd: number | null;
}

export interface PlanFacts {
  /** The newest open tasks besides the one that is planned. */
  open: OpenTitle[];
  /** Profile → its newest completed attempts that a dispatcher started. */
  sizes: ReadonlyMap<string, RunSize[]>;
}

/** Older open tasks than these are not compared. */
const comparedTasks = 5000;
/** Attempts that say how long a profile's work takes. */
const sampledRuns = 20;

export function planFacts(
  board: Board,
  taskId: string,
  profiles: Iterable<string>,
): Promise<PlanFacts> {
  return read(board, async (tx) => {
    const sizes = new Map<string, RunSize[]>();
    for (const profile of new Set(profiles)) {
      sizes.set(profile, await tx.all<RunSize>(sql.sizes, [profile, sampledRuns]));
    }
    return { open: await tx.all<OpenTitle>(sql.openTitles, [taskId, comparedTasks]), sizes };
  });
}
