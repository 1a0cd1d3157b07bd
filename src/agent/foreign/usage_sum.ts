// Owns: what an attempt has used over all its conversations.

import type { Reading } from "../../lanes/output_reader.ts";
import type { UsageTotals } from "../../llm/usage.ts";

type Figures = Pick<Reading, "model" | "inputTokens" | "outputTokens" | "costUsd">;

/** Adds conversations up. What is unknown of one is unknown of none: only known figures are added. */
export class UsageSum {
  #done: Figures = { model: null, inputTokens: null, outputTokens: null, costUsd: null };

  /** The totals, with those of the conversation under way. */
  with(now: Figures, model: string | null): UsageTotals {
    const sum = this.#plus(now);
    return {
      model: sum.model ?? model,
      inputTokens: sum.inputTokens,
      outputTokens: sum.outputTokens,
      cost: sum.costUsd,
    };
  }

  /** Closes a conversation. */
  add(conversation: Figures): void {
    this.#done = this.#plus(conversation);
  }

  #plus(now: Figures): Figures {
    return {
      model: now.model ?? this.#done.model,
      inputTokens: plus(this.#done.inputTokens, now.inputTokens),
      outputTokens: plus(this.#done.outputTokens, now.outputTokens),
      costUsd: plus(this.#done.costUsd, now.costUsd),
    };
  }
}

function plus(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return a + b;
}
