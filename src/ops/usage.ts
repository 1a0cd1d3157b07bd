// Owns: the operation `usage`, by which a worker records what its run cost. It is no verb of the command line.

import * as z from "zod";
import { HermesError } from "../base/errors.ts";
import { recordUsage } from "../kernel/usage.ts";
import { defineOp } from "./define.ts";

const count = z.number().int().min(0).nullable();

export const usage = defineOp({
  name: "usage",
  group: "kanban",
  summary: "Record what the run has used of its model so far",
  actors: ["worker"],
  input: z.object({
    model: z.string().nullable().describe("The model that answered"),
    input_tokens: count.describe("Total so far; null when unknown"),
    output_tokens: count.describe("Total so far; null when unknown"),
    cost_usd: z.number().min(0).nullable().describe("US dollars; null when the price is unknown"),
  }),
  output: z.object({ run_id: z.number() }),
  async run(context, { model, input_tokens, output_tokens, cost_usd }) {
    const { runId } = context.actor;
    if (runId === null) {
      throw new HermesError("forbidden", "Cannot record usage: this worker has no run");
    }
    await recordUsage(await context.board(), runId, {
      model,
      inputTokens: input_tokens,
      outputTokens: output_tokens,
      costUsd: cost_usd,
    });
    return { run_id: runId };
  },
});
