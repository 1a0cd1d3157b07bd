// Owns: short forms of names.

/** Two letters for a name: of its first two words, or its first two letters. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s_.-]+/u).filter((word) => word !== "");
  const letters = words.length > 1
    ? words.slice(0, 2).map((word) => [...word][0]!)
    : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** A number from 0 to 5 that stays the same for a name. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)!) % 9973;
  return hash % 6;
}
