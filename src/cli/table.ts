// Owns: lining up columns within the width of a terminal.

import { stripVTControlCharacters } from "node:util";

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{RI}|\p{Emoji}\ufe0f/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]*$/u;
const simple = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Columns a text takes on a terminal. */
export function displayWidth(text: string): number {
  const bare = stripVTControlCharacters(text);
  if (simple.test(bare)) return bare.length;
  let width = 0;
  for (const { segment } of graphemes.segment(bare)) width += widthOf(segment);
  return width;
}

/** A person sees one character in a grapheme, whatever it is made of. */
function widthOf(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  return invisible.test(grapheme) ? 0 : 1;
}

/** At most `width` columns of a text without colours, the last one an ellipsis when some was cut. */
export function fit(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let out = "";
  let taken = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = widthOf(segment);
    if (taken + next > width - 1) break;
    out += segment;
    taken += next;
  }
  return `${out}…`;
}

/** `text`, filled up with spaces to `width` columns. It may be coloured. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** A text without colours in at most `most` lines of at most `width` columns, broken between words. */
export function wrap(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== "" && lines.length < most - 1 && displayWidth(rest) > width) {
    const beginning = fit(rest, width + 1).replace(/…$/, "");
    const space = beginning.length < rest.length && rest[beginning.length] === " "
      ? beginning.length
      : beginning.lastIndexOf(" ");
    const cut = space > 0 ? space : Math.max(beginning.length, 1);
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== "") lines.push(fit(rest, width));
  return lines;
}

/**
 * Lines of aligned columns. Cells may be coloured, except those of the last column, which is cut so
 * that a line fits into `width`.
 */
export function table(rows: readonly (readonly string[])[], width: number): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from(
    { length: columns },
    (_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 0);
  const room = Math.max(10, width - before);
  return rows.map((row) =>
    row.map((cell, column) => {
      if (column === columns - 1) return fit(cell, room);
      return cell + " ".repeat(widths[column]! - displayWidth(cell) + 2);
    }).join("").trimEnd()
  );
}
