// Owns: what model calls cost, and adding up those of a run.

import type { ModelReply, TokenUsage } from "./messages.ts";
import type { PriceBook } from "./price_book.ts";

/** Totals of a run. Null means unknown, never zero. */
export interface UsageTotals {
  /** The model that answered last; null before the first reply. */
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** US dollars. */
  cost: number | null;
}

type Answer = Pick<ModelReply, "usage" | "model">;

/**
 * US dollars of one call, or null: what the provider says it was, or else tokens times price.
 *
 * @param configuredModel the name prices are listed under when the provider answers with another one
 */
export function costOf(
  { usage, model }: Answer,
  prices: PriceBook,
  configuredModel = model,
): number | null {
  if (typeof usage.costUsd === "number") return usage.costUsd;
  const { inputTokens, outputTokens } = usage;
  const price = prices(model) ?? prices(configuredModel);
  if (price === null || inputTokens === null || outputTokens === null) return null;
  const cached = Math.min(usage.cachedInputTokens ?? 0, inputTokens);
  const cachedPrice = price.cached_input_per_million ?? price.input_per_million;
  return ((inputTokens - cached) * price.input_per_million + cached * cachedPrice +
    outputTokens * price.output_per_million) / 1e6;
}

/** What one call used, as it is recorded. */
export function usageOfCall(
  answer: Answer,
  prices: PriceBook,
  configuredModel?: string,
): UsageTotals {
  const { inputTokens, outputTokens }: TokenUsage = answer.usage;
  const cost = costOf(answer, prices, configuredModel);
  return { model: answer.model, inputTokens, outputTokens, cost };
}

/** Accumulates usage over calls. One call without figures makes the affected totals unknown. */
export class UsageMeter {
  readonly #prices: PriceBook;
  #totals: UsageTotals = { model: null, inputTokens: null, outputTokens: null, cost: null };
  #calls = 0;

  constructor(prices: PriceBook) {
    this.#prices = prices;
  }

  /** Counts one reply; for `configuredModel` see {@link costOf}. */
  add(reply: Answer, configuredModel?: string): void {
    const call = usageOfCall(reply, this.#prices, configuredModel);
    const before = this.#calls++ === 0
      ? { inputTokens: 0, outputTokens: 0, cost: 0 }
      : this.#totals;
    this.#totals = {
      model: call.model,
      inputTokens: sum(before.inputTokens, call.inputTokens),
      outputTokens: sum(before.outputTokens, call.outputTokens),
      cost: sum(before.cost, call.cost),
    };
  }

  /** What was used so far. */
  totals(): UsageTotals {
    return this.#totals;
  }
}

function sum(total: number | null, next: number | null): number | null {
  return total === null || next === null ? null : total + next;
}
