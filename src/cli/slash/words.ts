// Owns: taking a line of a chat apart into words, with quotes as a shell has them.

import { HermesError } from "../../base/errors.ts";

/** A line in words. */
export interface SplitLine {
  words: string[];
  /** The quotation mark that is still open at the end of the line. */
  open: string | null;
  /** Whether the last word is over: a blank follows it, or there is none. */
  closed: boolean;
  /** Whether quotes or backslashes had a part in the last word. */
  quoted: boolean;
}

/** Opening quotation mark → closing one. Telephones turn straight ones into curved ones. */
const marks: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "„": "“" };

/**
 * Words of a line. Single quotes keep everything, double quotes all but a backslash before one of `"\`;
 * outside of quotes a backslash keeps the next character. Never throws: an open quote is told.
 */
export function splitLine(line: string): SplitLine {
  const words: string[] = [];
  const characters = [...line];
  let word: string | null = null;
  let open: string | null = null;
  let quoted = false;
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    const next = characters[at + 1];
    if (open !== null) {
      if (character === marks[open]) open = null;
      else if (character === "\\" && open !== "'" && (next === marks[open] || next === "\\")) {
        word = (word ?? "") + next!;
        at++;
      } else word = (word ?? "") + character;
    } else if (Object.hasOwn(marks, character)) {
      [open, quoted, word] = [character, true, word ?? ""];
    } else if (character === "\\" && next !== undefined) {
      [word, quoted] = [(word ?? "") + next, true];
      at++;
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      [word, quoted] = [null, false];
    } else word = (word ?? "") + character;
  }
  const closed = word === null && open === null;
  if (word !== null) words.push(word);
  return { words: words.map(straightDashes), open, closed, quoted };
}

/**
 * The words of a whole line.
 *
 * @throws HermesError `usage` when a quote is not closed.
 */
export function wordsOf(line: string): string[] {
  const { words, open } = splitLine(line);
  if (open === null) return words;
  const remedy = open === "'"
    ? `Close it, or put text with an apostrophe into double quotes: "it's done".`
    : `Close it, or write \\${open} where the mark itself is meant.`;
  throw new HermesError("usage", `Cannot read the command: the quote ${open} is not closed`, {
    remedy,
  });
}

/** Telephones turn the two dashes of a flag into one long one. */
function straightDashes(word: string): string {
  return word.replace(/^[—–](?=[a-z])/, "--");
}
