// Owns: what could come next in a half-typed /kanban command.

import { registry } from "../../ops/registry.ts";
import { suggestionsFor } from "../completion/answer.ts";
import { type SlashContext, slashHost } from "./host.ts";
import { splitLine } from "./words.ts";

/** Words that fit, and the end of the line that each of them would replace. */
export interface SlashSuggestions {
  values: string[];
  typed: string;
}

/**
 * Completes what stands behind `/kanban `. Inside of quotes, and where a path is wanted, there is nothing
 * to offer.
 */
export async function completeSlash(
  line: string,
  context: SlashContext,
): Promise<SlashSuggestions> {
  const { words, open, closed, quoted } = splitLine(line);
  if (open !== null || quoted) return { values: [], typed: "" };
  const typed = closed ? "" : words.at(-1) ?? "";
  const before = closed ? words : words.slice(0, -1);
  const nowhere = { out: () => {}, err: () => {}, columns: () => null };
  const host = slashHost(context, nowhere, {});
  const answer = await suggestionsFor(["kanban", ...before], typed, host);
  const known = answer?.kind === "words" ? answer.suggestions.map(({ value }) => value) : [];
  const aliases = before.length > 0 ? [] : registry
    .filter((entry) => entry.group === "kanban")
    .flatMap((entry) => entry.aliases ?? [])
    .filter((alias) => alias.startsWith(typed));
  return { values: [...new Set([...known, ...aliases])].sort(), typed };
}
