// Owns: how alike two titles are, to find work that is on the board already. Pure.

/** Scripts that are written without spaces: each character counts as a word. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Words that say nothing about what is to be done. */
const fillers: ReadonlySet<string> = new Set(
  ("a an the of for to in on at and or with by from into as is be our my your its this that " +
    "der die das ein eine und oder für von mit zu im in am auf le la les un une des et de du pour")
    .split(" "),
);

/** From this on two titles probably mean the same work. */
export const probable = 0.75;

/** A title that the words of another begin differently is another kind of work, often on the same thing. */
const otherVerb = 0.85;

/** A title taken apart; do it once for each. */
export interface Words {
  all: ReadonlySet<string>;
  first: string;
}

export function wordsOf(title: string): Words {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(unspaced, " $& ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => !fillers.has(word)).map(singular);
  // A title of fillers alone is still a title.
  const kept = telling.length > 0 ? telling : words;
  return { all: new Set(kept), first: kept[0] ?? "" };
}

/** 0 = nothing in common, 1 = the same words. */
export function likeness(one: Words, other: Words): number {
  const count = one.all.size + other.all.size;
  if (count === 0) return 0;
  let shared = 0;
  for (const word of one.all) if (other.all.has(word)) shared++;
  const dice = (2 * shared) / count;
  return one.first === other.first ? dice : dice * otherVerb;
}

/** Open tasks that look like a planned one, the most alike first, at most `most`. */
export function likelyDuplicates<Task extends { title: string }>(
  title: string,
  open: readonly { task: Task; words: Words }[],
  most = 3,
): (Task & { likeness: number })[] {
  const words = wordsOf(title);
  return open
    .map(({ task, words: other }) => ({ ...task, likeness: likeness(words, other) }))
    .filter((found) => found.likeness >= probable)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most)
    .map((found) => ({ ...found, likeness: Math.round(found.likeness * 100) / 100 }));
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
