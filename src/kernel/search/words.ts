// Owns: texts and queries as the full-text index sees them. Pure.

/** Scripts that are written without spaces: each character counts as a word of its own. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Characters of a text that are indexed at most; what follows is found no more. */
const indexedCharacters = 200_000;

/** A text as it is indexed. */
export function indexedText(text: string | null): string {
  if (text === null) return "";
  return text.slice(0, indexedCharacters).replace(unspaced, " $& ");
}

/** What somebody typed, taken apart: all terms must be found. */
export function termsOf(typed: string): string[] {
  const terms: string[] = [];
  for (const match of typed.matchAll(/"([^"]*)"?|(\S+)/g)) {
    const term = (match[1] ?? match[2] ?? "").trim();
    if (term !== "") terms.push(term);
  }
  return terms;
}

/**
 * The query of the full-text index for `terms`: each a phrase, and one that ends in a letter or digit also
 * the beginning of a longer word. Null when a term has no letter or digit: the index does not know those.
 */
export function matchQuery(terms: readonly string[]): string | null {
  if (terms.length === 0 || !terms.every((term) => /[\p{L}\p{N}]/u.test(term))) return null;
  return terms.map((term) => {
    const phrase = `"${term.replace(unspaced, " $& ").replaceAll('"', '""').trim()}"`;
    return /[\p{L}\p{N}]$/u.test(term) ? `${phrase}*` : phrase;
  }).join(" AND ");
}

/** A pattern of LIKE with `\` as its escape that finds `term` anywhere. */
export function likePattern(term: string): string {
  return `%${term.replace(/[\\%_]/g, "\\$&")}%`;
}
