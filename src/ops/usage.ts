// Owns: the operation `usage`: what an agent's own run has used of a model so far.

import { z } from "zod";
import { HermesError } from "../base/errors.ts";
import { recordUsage } from "../kernel/usage.ts";
import { defineOp, type OutputOf } from "./define.ts";

export const usage = defineOp({
  name: "usage",
  group: "kanban",
  summary: "Record what a run has used of a model so far",
  actors: ["worker", "orchestrator"],
  input: z.object({
    model: z.string().nullable(),
    input_tokens: z.number().int().nullable(),
    output_tokens: z.number().int().nullable(),
    cost_usd: z.number().nullable().describe("Null when the price is unknown"),
  }),
  output: z.object({ run_id: z.number() }),
  async run(context, input) {
    const { runId } = context.actor;
    if (runId === null) {
      throw new HermesError("usage", "Cannot record usage: the agent has no run");
    }
    await recordUsage(await context.board(), runId, {
      model: input.model,
      inputTokens: input.input_tokens,
      outputTokens: input.output_tokens,
      costUsd: input.cost_usd,
    });
    return { run_id: runId };
  },
});

export type UsageOutput = OutputOf<typeof usage>;
