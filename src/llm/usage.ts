// Owns: adding up what a run's model calls used and, where prices are known, cost.

import type { Config } from "../config/schema.ts";
import type { ModelReply } from "./messages.ts";

/** Totals of a run. Null means unknown, never zero. */
export interface UsageTotals {
  /** The model that answered last; null before the first reply. */
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** In the currency of the configured prices. */
  cost: number | null;
}

/** Accumulates usage over calls. One call without figures makes the affected totals unknown. */
export class UsageMeter {
  readonly #prices: Config["prices"];
  #model: string | null = null;
  #input: number | null = null;
  #output: number | null = null;
  #cost: number | null = null;
  #calls = 0;

  constructor(prices: Config["prices"]) {
    this.#prices = prices;
  }

  /**
   * Counts one reply.
   *
   * @param configuredModel the name prices are listed under when the provider answers with a longer
   * one, such as a dated version
   */
  add(reply: Pick<ModelReply, "usage" | "model">, configuredModel = reply.model): void {
    const { inputTokens, outputTokens } = reply.usage;
    const first = this.#calls === 0;
    this.#calls += 1;
    this.#model = reply.model;
    this.#input = sum(first ? 0 : this.#input, inputTokens);
    this.#output = sum(first ? 0 : this.#output, outputTokens);
    const price = this.#priceOf(reply.model) ?? this.#priceOf(configuredModel);
    const known = price && inputTokens !== null && outputTokens !== null;
    const cost = known
      ? (inputTokens * price.input_per_million + outputTokens * price.output_per_million) / 1e6
      : null;
    this.#cost = sum(first ? 0 : this.#cost, cost);
  }

  /** What was used so far. */
  totals(): UsageTotals {
    return {
      model: this.#model,
      inputTokens: this.#input,
      outputTokens: this.#output,
      cost: this.#cost,
    };
  }

  #priceOf(model: string) {
    return Object.hasOwn(this.#prices, model) ? this.#prices[model] : undefined;
  }
}

function sum(total: number | null, next: number | null): number | null {
  return total === null || next === null ? null : total + next;
}
