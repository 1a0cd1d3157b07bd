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
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [...choices];
  return choices
    .map((choice, index) => ({ choice, index, score: scoreOf(wanted, choice) }))
    .filter(({ score }) => score > least)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ choice }) => choice);
}

/** Below this the letters stand too far apart to be meant. */
const least = 0.05;

/** At least 2 when the words contain the text as it is, at least 1 when what else it goes by does. */
export function scoreOf(text: string, { words, detail = "", also = "" }: Named): number {
  const near = defaultFilter(words, text, [detail, also].filter((each) => each !== ""));
  if (words.toLowerCase().includes(text)) return 2 + near;
  return `${detail} ${also}`.toLowerCase().includes(text) ? 1 + near : near;
}
