// Owns: the board as the supervisor of a foreign program sees it.

import type { OpContext } from "../../ops/context.ts";
import { runOp } from "../../ops/run.ts";
import { workerBoard } from "../kanban_board.ts";
import type { WorkerBoard } from "../worker.ts";
import type { EarlierRun } from "./resume.ts";

/** One task, with every write tied to its run. */
export interface ForeignBoard extends Omit<WorkerBoard, "kanbanTools"> {
  /** The attempts so far, this one among them. */
  attempts(): Promise<EarlierRun[]>;
  /** Hands the task over. @throws HermesError `refused` when the goal is not reached; `fenced`. */
  complete(summary: string): Promise<void>;
  /** Notes by which id the program's conversation can be continued. */
  recordSession(session: string): Promise<void>;
}

/** The board for the foreign worker of `taskId` whose attempt is `runId`; both as in `context.actor`. */
export async function foreignBoard(
  context: OpContext,
  taskId: string,
  runId: number,
): Promise<ForeignBoard> {
  const [board, { complete }, { recordSession }, { runs }] = await Promise.all([
    workerBoard(context, taskId, runId),
    import("../../ops/tasks/complete.ts"),
    import("../../ops/runs/record_session.ts"),
    import("../../ops/runs/runs.ts"),
  ]);
  return {
    ...board,
    attempts: async () => (await runOp(runs, context, { task_id: taskId })).runs,
    async complete(summary) {
      await runOp(complete, context, { task_id: taskId, summary });
    },
    async recordSession(session) {
      await runOp(recordSession, context, { session });
    },
  };
}
