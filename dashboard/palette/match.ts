// Owns: how well a text names something: letters in order are enough, beginnings of words count more. Pure.

import { defaultFilter } from "cmdk";

interface Named {
  words: string;
  detail?: string;
  /** Further words it goes by. */
  also?: string;
}

/** What matches, best first; everything, in its order, for an empty text. */
export function best<T extends Named>(text: string, choices: readonly T[]): T[] {
  const wanted = text.trim();
  if (wanted === "") return [...choices];
  return choices
    .map((choice, index) => ({ choice, index, score: scoreOf(wanted, choice) }))
    .filter(({ score }) => score > 0.02)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ choice }) => choice);
}

function scoreOf(text: string, { words, detail, also }: Named): number {
  return defaultFilter(words, text, [detail, also].filter((each) => each !== undefined));
}
