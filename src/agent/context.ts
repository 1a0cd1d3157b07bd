// Owns: keeping the conversation that is sent to the model within a size.

import { clip } from "../base/text.ts";

/** A message as far as its size matters. */
export interface SizedMessage {
  role: string;
  content?: unknown;
}

/** Most characters of tool results sent with one request: about 60,000 tokens. */
export const contextCharacters = 240_000;

/** Tool results that are never shortened because the model is still working with them. */
const recentResults = 6;
/** Characters kept of a shortened result. */
const keptCharacters = 400;

/**
 * Shortens old tool results when a conversation grows over its budget. Results stay shortened, and
 * each time the conversation is brought down to half of the budget, so that its beginning changes
 * seldom and providers can cache it. The first result, which tells the task, is kept whole.
 */
export class ContextBudget {
  readonly #budget: number;
  readonly #shortened = new Set<number>();

  /** @param budgetCharacters most characters of tool results in one request. */
  constructor(budgetCharacters: number) {
    this.#budget = budgetCharacters;
  }

  /** The messages to send; `messages` itself is left as it is. */
  fit<T extends SizedMessage>(messages: readonly T[]): T[] {
    const results = messages.flatMap((message, index) =>
      message.role === "tool" && typeof message.content === "string" ? [index] : []
    );
    const sizeOf = (index: number) => {
      const size = String(messages[index]?.content).length;
      return this.#shortened.has(index) ? Math.min(size, keptCharacters) : size;
    };
    let total = results.reduce((sum, index) => sum + sizeOf(index), 0);
    if (total > this.#budget) {
      for (const index of results.slice(1, -recentResults)) {
        if (total <= this.#budget / 2) break;
        const before = sizeOf(index);
        this.#shortened.add(index);
        total -= before - sizeOf(index);
      }
    }
    return messages.map((message, index) => {
      if (!this.#shortened.has(index)) return message;
      return { ...message, content: clip(String(message.content), keptCharacters) };
    });
  }
}
