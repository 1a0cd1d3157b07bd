// Owns: texts of several lines that stand as one word in a line that is typed.

import { plural } from "../../base/text.ts";

/** Keeps what was pasted until the line that holds it is said. */
export class Pastes {
  readonly #texts = new Map<string, string>();

  /** The word that stands for a text. */
  hold(text: string): string {
    const lines = plural(text.split("\n").length, "line");
    const word = `[pasted ${this.#texts.size + 1}: ${lines}]`;
    this.#texts.set(word, text);
    return word;
  }

  /** A line with the texts in place of their words. */
  expand(line: string): string {
    return line.replace(/\[pasted \d+: \d+ lines?\]/g, (word) => this.#texts.get(word) ?? word);
  }

  /** An earlier prompt as it can stand in a line. */
  fold(prompt: string): string {
    return prompt.includes("\n") ? this.hold(prompt) : prompt;
  }
}
