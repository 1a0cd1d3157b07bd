// Owns: sums of tokens and cost as operations answer with them.

import * as z from "zod";
import type { UsageTotals } from "../kernel/queries/usage.ts";

const tokens = z.number().int().nullable();

/** The fields of {@link UsageTotals}. What is not known is left out of a sum, and counted. */
export const totalsShape = {
  runs: z.number().int().describe("Attempts that can have used a model"),
  calls: z.number().int().describe("Model calls outside of attempts, such as the planner's"),
  input_tokens: tokens.describe("Null when not known of a single one"),
  output_tokens: tokens,
  cost_usd: z.number().nullable().describe("Null when not known of a single one"),
  unknown_runs: z.number().int().describe("Attempts and calls of unknown cost"),
  unknown_token_runs: z.number().int().describe("Attempts and calls that tell no tokens"),
};

/** One sum of several. */
export function addTotals(parts: readonly UsageTotals[]): UsageTotals {
  const sum = (name: "runs" | "calls" | "unknown_runs" | "unknown_token_runs") =>
    parts.reduce((total, part) => total + part[name], 0);
  const known = (name: "input_tokens" | "output_tokens" | "cost_usd") => {
    const values = parts.map((part) => part[name]).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
  };
  return {
    runs: sum("runs"),
    calls: sum("calls"),
    input_tokens: known("input_tokens"),
    output_tokens: known("output_tokens"),
    cost_usd: known("cost_usd"),
    unknown_runs: sum("unknown_runs"),
    unknown_token_runs: sum("unknown_token_runs"),
  };
}
