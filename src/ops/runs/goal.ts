// Owns: goal mode as an operation: the judge is asked, its word recorded, and the task stopped when that is enough.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { clip } from "../../base/text.ts";
import { envNames, envValue } from "../../config/env_names.ts";
import { mustCommand } from "../../kernel/board.ts";
import { getTask } from "../../kernel/detail.ts";
import { defaultGoalTurns, goalStanding, maxJudgeFailures } from "../../kernel/goal.ts";
import type { TaskRow } from "../../kernel/model/rows.ts";
import { recordModelCall } from "../../kernel/usage.ts";
import { block } from "../tasks/block.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { isAgent, runOp } from "../run.ts";
import { recordOfRun } from "../run_record.ts";
import { taskId } from "../wire.ts";

/** Characters of the record that the judge is shown. */
const shownRecord = 24_000;

export { defaultGoalTurns };

/** What a worker wants to hand over. */
export interface Offer {
  summary: string | null;
  result: string | null;
  metadata: Record<string, unknown> | null;
}

const judged = z.object({
  goal: z.boolean().describe("False when the task is not in goal mode: nobody was asked"),
  passed: z.boolean().nullable().describe("Null when the judge could not decide"),
  reason: z.string(),
  turn: z.number().int().describe("Times the judge has said no in this attempt"),
  max_turns: z.number().int(),
  blocked: z.boolean().describe("The task waits for somebody now: the attempt is over"),
});

/** What the judge found and what came of it. */
export type Judged = z.infer<typeof judged>;

export const judge = defineOp({
  name: "judge",
  group: "kanban",
  summary: "Ask the judge of goal mode whether the goal of the own task is reached",
  actors: ["worker"],
  input: z.object({ task_id: taskId }),
  output: judged,
  ownTask: "task_id",
  run: (context, input) => judgeWork(context, input.task_id, null),
});

export type JudgeOutput = OutputOf<typeof judge>;

/**
 * Lets a worker's completion of a task in goal mode through once the judge agrees; asks it unless its newest
 * word in this attempt is a yes.
 *
 * @throws HermesError `refused` with the judge's reason.
 */
export async function passGoal(context: OpContext, id: string, offer: Offer): Promise<void> {
  const board = await context.board();
  const task = await getTask(board, id);
  const runId = context.actor.runId ?? task.current_run_id;
  if (task.goal_mode !== 1 || runId === null) return;
  if ((await goalStanding(board, id, runId)).verdict?.passed === true) return;
  const isCommand = envValue(context.env, envNames.kanbanTerminal) !== undefined;
  if (isCommand || !isAgent(context.actor)) {
    throw refused(id, "a command cannot ask the judge", "Hand off with the tool kanban_complete.");
  }
  const found = await judgeWork(context, id, offer);
  if (found.passed === true) return;
  if (found.blocked) {
    throw refused(id, found.reason, "The task waits for somebody now. Stop working.");
  }
  if (found.passed === null) {
    throw refused(id, `the judge could not decide: ${found.reason}`, "Try again.", null);
  }
  throw refused(
    id,
    `the judge finds its goal not reached (${found.turn} of ${found.max_turns}): ${found.reason}`,
    "Do what is missing, check it, and hand off again. " +
      "If only a person or another task can help, block with kind needs_input or dependency.",
  );
}

async function judgeWork(context: OpContext, id: string, offer: Offer | null): Promise<Judged> {
  const board = await context.board();
  // A run that is closed pays for no judge, and the judge may take a while.
  const fence = { fence: context.actor.runId };
  const beat = { type: "heartbeat", note: "asking the judge" } as const;
  const { task, runId } = await mustCommand(board, id, beat, fence);
  const max = task.goal_max_turns ?? defaultGoalTurns;
  if (task.goal_mode !== 1 || runId === null) {
    const reason = "the task is not in goal mode";
    return { goal: false, passed: null, reason, turn: 0, max_turns: max, blocked: false };
  }
  const { passed, reason } = await ask(context, task, runId, offer);
  await mustCommand(board, id, { type: "judge", passed, reason }, fence);
  const { misses, failures } = await goalStanding(board, id, runId);
  const found = { goal: true, passed, turn: misses, max_turns: max };
  if (passed === null && failures >= maxJudgeFailures) {
    const why = `The judge of goal mode failed ${failures} times in a row: ${reason}`;
    await runOp(block, context, { task_id: id, reason: why, kind: "transient" });
    return { ...found, reason: why, blocked: true };
  }
  if (passed === false && misses >= max) {
    const why = `The goal was not reached in ${max} turns. The judge's last word: ${reason}`;
    await runOp(block, context, { task_id: id, reason: clip(why, 3000), kind: "needs_input" });
    return { ...found, reason: why, blocked: true };
  }
  return { ...found, reason, blocked: false };
}

async function ask(
  context: OpContext,
  task: TaskRow,
  runId: number,
  offer: Offer | null,
): Promise<{ passed: boolean | null; reason: string }> {
  const [{ config }, { judgeGoal }, board] = await Promise.all([
    context.config(),
    import("../../planner/goal_judge.ts"),
    context.board(),
  ]);
  const { env, log, actor } = context;
  return await judgeGoal(
    {
      config,
      env,
      log,
      onUsage: ({ model, inputTokens, outputTokens, cost }) =>
        recordModelCall(board, {
          purpose: "judge",
          taskId: task.id,
          profile: actor.name,
          model,
          inputTokens,
          outputTokens,
          costUsd: cost,
        }),
    },
    task,
    {
      handoff: offer && handoffText(offer),
      record: await recordOfRun(context, task.id, runId, shownRecord),
    },
  );
}

function handoffText({ summary, result, metadata }: Offer): string {
  return [
    ...(summary ? [`summary: ${summary}`] : []),
    ...(result ? [`result: ${result}`] : []),
    ...(metadata ? [`metadata: ${JSON.stringify(metadata)}`] : []),
  ].join("\n") || "(empty)";
}

function refused(
  id: string,
  reason: string,
  remedy: string,
  passed: false | null = false,
): HermesError {
  return new HermesError("refused", `Cannot complete task "${id}": ${reason}`, {
    remedy,
    details: { passed },
  });
}
