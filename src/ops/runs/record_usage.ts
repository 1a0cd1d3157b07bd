// Owns: the operation `record-usage`, by which a worker records what its run cost. It is no verb of the command line.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { isUsedUp, readBudgets } from "../../kernel/budget.ts";
import { getRun } from "../../kernel/detail.ts";
import { recordUsage as store } from "../../kernel/usage.ts";
import { defineOp } from "../define.ts";

const count = z.number().int().min(0).nullable();

export const recordUsage = defineOp({
  name: "record-usage",
  group: "kanban",
  summary: "Record what the run has used of its model so far",
  actors: ["worker"],
  input: z.object({
    model: z.string().nullable().describe("The model that answered"),
    input_tokens: count.describe("Total so far; null when unknown"),
    output_tokens: count.describe("Total so far; null when unknown"),
    cost_usd: z.number().min(0).nullable().describe("US dollars; null when the price is unknown"),
  }),
  output: z.object({
    run_id: z.number(),
    used_up: z.object({
      task_id: z.string(),
      limit_usd: z.number(),
      spent_usd: z.number(),
    }).nullable().describe("The nearest budget above the run that has nothing left"),
  }),
  async run(context, { model, input_tokens, output_tokens, cost_usd }) {
    const { runId } = context.actor;
    if (runId === null) {
      throw new HermesError("forbidden", "Cannot record usage: this worker has no run");
    }
    const board = await context.board();
    await store(board, runId, {
      model,
      inputTokens: input_tokens,
      outputTokens: output_tokens,
      costUsd: cost_usd,
    });
    const run = await getRun(board, runId);
    const budgets = run ? await readBudgets(board, run.task_id) : [];
    const found = budgets.find(isUsedUp);
    const { taskId = null, limitUsd = 0, spentUsd = 0 } = found ?? {};
    return {
      run_id: runId,
      used_up: taskId === null
        ? null
        : { task_id: taskId, limit_usd: limitUsd, spent_usd: spentUsd },
    };
  },
});
