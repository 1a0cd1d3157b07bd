// Owns: a terminal for tests: keys go in, and what a person would see comes out.

import type { EditorTerminal } from "../../src/platform/line_editor.ts";

/** A terminal that understands what a line editor writes. */
export interface FakeTerminal extends EditorTerminal {
  /** Sends keys as a terminal does, and lets the program react. */
  press(...keys: string[]): Promise<void>;
  /** The terminal goes away. */
  hangUp(): void;
  resize(columns: number): void;
  /** The rows as they look now, blanks at their ends left out. */
  screen(): string[];
  /** Everything that was written. */
  written(): string;
  closed: boolean;
}

/** A terminal of `columns` columns that scrolls for ever. */
export function fakeTerminal(columns = 60): FakeTerminal {
  let listener: (text: string) => void = () => {};
  let ended = () => {};
  let resized = () => {};
  let width = columns;
  let written = "";
  const rows: string[][] = [[]];
  const at = { row: 0, column: 0 };
  const rowAt = (index: number) => {
    while (rows.length <= index) rows.push([]);
    return rows[index]!;
  };
  const put = (character: string) => {
    const wide =
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
    if (at.column + wide > width) Object.assign(at, { row: at.row + 1, column: 0 });
    const row = rowAt(at.row);
    while (row.length < at.column) row.push(" ");
    row[at.column] = character;
    if (wide === 2) row[at.column + 1] = "";
    at.column += wide;
  };
  const control = (parameters: string, letter: string) => {
    const count = Number(parameters) || 1;
    if (letter === "A") at.row = Math.max(0, at.row - count);
    else if (letter === "B") at.row += count;
    else if (letter === "C") at.column += count;
    else if (letter === "D") at.column = Math.max(0, at.column - count);
    else if (letter === "G") at.column = count - 1;
    else if (letter === "J") {
      rows.length = at.row + 1;
      rowAt(at.row).length = Math.min(rowAt(at.row).length, at.column);
    } else if (letter === "K") rowAt(at.row).length = Math.min(rowAt(at.row).length, at.column);
    else if (!"mhl".includes(letter)) throw new Error(`unknown control ${parameters}${letter}`);
  };
  return {
    closed: false,
    size: () => ({ columns: width, rows: 24 }),
    write(text) {
      written += text;
      // deno-lint-ignore no-control-regex -- control sequences are what a terminal reads
      for (const [whole, parameters, letter] of text.matchAll(/\x1b\[([?\d;]*)([A-Za-z])|[^]/gu)) {
        if (letter !== undefined) control(parameters!, letter);
        else if (whole === "\r") at.column = 0;
        else if (whole === "\n") rowAt(++at.row);
        else if (whole === "\x07") continue;
        else if (whole < " ") throw new Error(`unexpected control ${JSON.stringify(whole)}`);
        else put(whole);
      }
    },
    onInput(onText, onEnd) {
      listener = onText;
      ended = onEnd;
    },
    onResize: (react) => void (resized = react),
    close() {
      this.closed = true;
    },
    async press(...keys) {
      for (const key of keys) {
        listener(key);
        // The stream below the editor hands keys on in a later turn of the loop.
        for (let turn = 0; turn < 3; turn++) await new Promise((go) => setTimeout(go, 0));
      }
    },
    hangUp: () => ended(),
    resize(to) {
      width = to;
      resized();
    },
    screen: () => rows.map((row) => row.join("").trimEnd()),
    written: () => written,
  };
}
