// Owns: which skills a prompt holds in full, and which it only names.

import { cut } from "../base/text.ts";

/** A skill as a system prompt mentions it: with its text, or only by name and description. */
export interface PromptSkill {
  name: string;
  /** One line; empty when nobody wrote one. */
  description?: string;
  /** Markdown without front matter; null when it is to be read on demand. */
  body: string | null;
}

/** Characters of skills in one prompt at most, about 5,000 tokens; only a long first skill goes beyond. */
export const skillCharacters = 20_000;
/** A longer skill than this is only named. The first may be as long as {@link longestFirst}. */
const longestInFull = 8_000;
const longestFirst = 40_000;
/** Skills that a prompt names at most, and characters of each description. */
const mostNamed = 40;
const longestDescription = 120;

/**
 * The skills of a prompt. Those that were asked for come in full as long as they fit, in their order; the others,
 * and what else is installed, are named.
 *
 * @param asked skills of the command line, in order.
 * @param installed other skills of the profile.
 */
export function budgetSkills(
  asked: readonly { name: string; description: string; body: string }[],
  installed: readonly { name: string; description: string }[],
): PromptSkill[] {
  let left = skillCharacters;
  const full: PromptSkill[] = [];
  const named: PromptSkill[] = [];
  for (const [index, { name, description, body }] of asked.entries()) {
    const fits = body.length <= left && body.length <= longestInFull;
    if (fits || (index === 0 && body.length <= longestFirst)) {
      full.push({ name, body });
      left -= body.length;
    } else named.push({ name, description: brief(description), body: null });
  }
  const known = new Set(asked.map((skill) => skill.name));
  for (const { name, description } of installed) {
    if (!known.has(name)) named.push({ name, description: brief(description), body: null });
  }
  return [...full, ...named.slice(0, mostNamed)];
}

function brief(description: string): string {
  const line = description.replace(/\s+/g, " ").trim();
  return line.length > longestDescription
    ? `${cut(line, longestDescription - 1).trimEnd()}…`
    : line;
}
