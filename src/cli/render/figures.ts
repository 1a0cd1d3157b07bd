// Owns: how tokens and costs look in text. Unknown is a dash, never a zero; a sum that lacks some is a least value.

import { formatUsd } from "../../base/money.ts";
import { plural } from "../../base/text.ts";

/** The parts of a sum that are shown. */
export interface Figures {
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
  unknown_runs: number;
  unknown_token_runs: number;
}

/** `12,400`, `≥ 12,400` or `-`. */
export function tokens(count: number | null, unknown: number): string {
  if (count === null) return "-";
  return (unknown > 0 ? "≥ " : "") + count.toLocaleString("en-US");
}

/** `$0.12`, `≥ $0.12` or `-`. */
export function cost(dollars: number | null, unknown: number): string {
  if (dollars === null) return "-";
  return (unknown > 0 ? "≥ " : "") + formatUsd(dollars);
}

/** `≥ $0.12 (2 of unknown cost), 12,400 tokens in, 310 out`. */
export function figuresLine(figures: Figures): string {
  const { input_tokens, output_tokens, cost_usd, unknown_runs, unknown_token_runs } = figures;
  const unknown = unknown_runs === 0 || cost_usd === null ? "" : ` (${unknownWords(unknown_runs)})`;
  const price = cost_usd === null ? "cost unknown" : cost(cost_usd, unknown_runs) + unknown;
  if (input_tokens === null && output_tokens === null) return price;
  return `${price}, ${tokens(input_tokens, unknown_token_runs)} tokens in, ` +
    `${tokens(output_tokens, unknown_token_runs)} out`;
}

/** `2 of unknown cost`. */
export function unknownWords(count: number): string {
  return `${count} of unknown cost`;
}

/** `3 runs and 1 call`. */
export function sourceWords({ runs, calls }: { runs: number; calls: number }): string {
  const parts = [runs > 0 ? plural(runs, "run") : "", calls > 0 ? plural(calls, "call") : ""];
  return parts.filter(Boolean).join(" and ") || "nothing";
}
