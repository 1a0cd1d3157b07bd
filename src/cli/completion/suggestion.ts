// Owns: what completion answers — words that could come next, or that a path is wanted.

/** A word that could be typed, and what it stands for. */
export interface Suggestion {
  value: string;
  /** One line; empty when the word says it all. */
  about: string;
}

/** What fits at the cursor. For a path the shell itself knows best. */
export type Answer =
  | { kind: "words"; suggestions: readonly Suggestion[] }
  | { kind: "files" | "folders" };

/**
 * The lines a shell's script reads: `:words`, `:files` or `:folders`, then for words one `value<tab>about`
 * each.
 */
export function answerText(answer: Answer): string {
  if (answer.kind !== "words") return `:${answer.kind}\n`;
  const lines = answer.suggestions.map(({ value, about }) => `${value}\t${about}`);
  return `${[":words", ...lines].join("\n")}\n`;
}

/** The suggestions that begin with what was typed so far. */
export function matching(suggestions: readonly Suggestion[], typed: string): Suggestion[] {
  return suggestions.filter(({ value }) => value.startsWith(typed));
}
