// Owns: breaking text that comes in pieces into rows of a terminal.

import { displayWidth } from "../../cli/table.ts";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Text in rows: those that will not change any more, and the one that may go on. */
export interface Flow {
  rows: string[];
  tail: string;
}

/** Breaks `text` into rows of at most `width` columns, between words where possible. */
export function flow(text: string, width: number): Flow {
  const lines = text.split("\n");
  const rows = lines.slice(0, -1).flatMap((line) => {
    const { full, rest } = broken(line.trimEnd(), width);
    return [...full, rest];
  });
  const { full, rest } = broken(lines.at(-1)!, width);
  return { rows: [...rows, ...full], tail: rest };
}

function broken(line: string, width: number): { full: string[]; rest: string } {
  const full: string[] = [];
  let rest = line;
  while (displayWidth(rest) > width) {
    const cut = beginning(rest, width);
    // The row may end where a blank follows; else at the last blank in it, if that leaves something.
    const space = rest[cut] === " " ? cut : rest.lastIndexOf(" ", cut - 1);
    const end = rest.slice(0, Math.max(space, 0)).trim() === "" ? cut : space;
    full.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).replace(/^ +/, "");
  }
  return { full, rest };
}

/** How many characters at the beginning of `text` fit into `width` columns; at least one of what people see. */
function beginning(text: string, width: number): number {
  let [length, taken] = [0, 0];
  for (const { segment } of graphemes.segment(text)) {
    taken += displayWidth(segment);
    if (taken > width && length > 0) break;
    length += segment.length;
    if (taken > width) break;
  }
  return length;
}
