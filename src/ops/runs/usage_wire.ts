// Owns: sums of tokens and cost as operations answer with them.

import * as z from "zod";

const tokens = z.number().int().nullable();

/** The fields of sums. What is not known is left out of a sum, and counted. */
export const totalsShape = {
  runs: z.number().int().describe("Attempts that can have used a model"),
  calls: z.number().int().describe("Model calls outside of attempts, such as the planner's"),
  input_tokens: tokens.describe("Null when not known of a single one"),
  output_tokens: tokens,
  cost_usd: z.number().nullable().describe("Null when not known of a single one"),
  unknown_runs: z.number().int().describe("Attempts and calls of unknown cost"),
  unknown_token_runs: z.number().int().describe("Attempts and calls that tell no tokens"),
};
