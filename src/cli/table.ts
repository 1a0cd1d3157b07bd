// Owns: lining up columns within the width of a terminal.

import { stripVTControlCharacters } from "node:util";

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const invisible = /[\p{Mn}\p{Me}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f]/u;

/** Columns a text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (!invisible.test(character)) width += wide.test(character) ? 2 : 1;
  }
  return width;
}

/** At most `width` columns of a text without colours, the last one an ellipsis when some was cut. */
export function fit(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let out = "";
  let taken = 0;
  for (const character of text) {
    const next = invisible.test(character) ? 0 : wide.test(character) ? 2 : 1;
    if (taken + next > width - 1) break;
    out += character;
    taken += next;
  }
  return `${out}…`;
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
