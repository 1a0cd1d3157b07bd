// Owns: the narrow view of the board that one worker has.

import { HermesError } from "../base/errors.ts";
import type { OpContext } from "../ops/context.ts";
import { defaultGoalTurns } from "../ops/runs/goal.ts";
import { runOp } from "../ops/run.ts";
import { boardTools } from "../ops/tool.ts";
import type { WorkerBoard } from "./worker.ts";

/** The board for the worker of `taskId` whose attempt is `runId`; both as in `context.actor`. */
export async function workerBoard(
  context: OpContext,
  taskId: string,
  runId: number,
): Promise<WorkerBoard> {
  const [{ brief }, { block }, { heartbeat }, { runs }, { recordUsage }] = await Promise.all([
    import("../ops/views/brief.ts"),
    import("../ops/tasks/block.ts"),
    import("../ops/runs/heartbeat.ts"),
    import("../ops/runs/runs.ts"),
    import("../ops/runs/record_usage.ts"),
  ]);
  return {
    ...await ownTask(context, taskId),
    kanbanTools: await boardTools(context),
    brief: async () => (await runOp(brief, context, { task_id: taskId })).context,
    async heartbeat(note) {
      try {
        await runOp(heartbeat, context, { task_id: taskId, note });
        return true;
      } catch (thrown) {
        if (isTakenAway(thrown)) return false;
        throw thrown;
      }
    },
    async recordUsage({ model, inputTokens, outputTokens, cost }) {
      const { used_up } = await runOp(recordUsage, context, {
        model,
        input_tokens: inputTokens,
        output_tokens: outputTokens,
        cost_usd: cost,
      });
      return used_up;
    },
    async recordSession(session) {
      const { recordSession } = await import("../ops/runs/record_session.ts");
      await runOp(recordSession, context, { session });
    },
    async askForInput(reason) {
      await runOp(block, context, { task_id: taskId, reason, kind: "needs_input" });
    },
    async isClosed() {
      const { runs: attempts } = await runOp(runs, context, { task_id: taskId });
      return attempts.find((attempt) => attempt.id === runId)?.ended_at !== null;
    },
  };
}

/** What a worker needs to know of its task before it reads the brief. */
async function ownTask(
  context: OpContext,
  taskId: string,
): Promise<Pick<WorkerBoard, "goal" | "model" | "readable" | "fileTools">> {
  const [{ show }, { judge }, { readablePlaces }, { attachmentTools }] = await Promise.all([
    import("../ops/views/show.ts"),
    import("../ops/runs/goal.ts"),
    import("../ops/readable_places.ts"),
    import("./tools/attachments.ts"),
  ]);
  const { task } = await runOp(show, context, { task_id: taskId });
  return {
    readable: await readablePlaces(context, taskId),
    fileTools: (workspace) => attachmentTools(context, workspace),
    model: { name: task.model_override, provider: task.provider_override },
    goal: task.goal_mode
      ? {
        maxTurns: task.goal_max_turns ?? defaultGoalTurns,
        judge: () => runOp(judge, context, { task_id: taskId }),
      }
      : null,
  };
}

/** The board answers so when another run, a person or the dispatcher decides about the task now. */
function isTakenAway(thrown: unknown): boolean {
  const codes = ["fenced", "refused", "lost_race", "not_found"];
  return thrown instanceof HermesError && codes.includes(thrown.code);
}
