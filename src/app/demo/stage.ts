// Owns: putting the running demo on the screen — a picture redrawn in place, or plain lines.

import { displayWidth } from "../../cli/table.ts";

/** Where the demo shows what happens. */
export interface Stage {
  /** One thing that happened; stays on the screen. */
  say(line: string): void;
  /** Replaces the picture. */
  show(frame: readonly string[]): void;
  /** Removes the picture and gives the cursor back. */
  close(): void;
}

/** Shows nothing. */
export const darkStage: Stage = { say() {}, show() {}, close() {} };

/** Lines only, for pipes, logs and screen readers. */
export function plainStage(write: (text: string) => void): Stage {
  return { say: (line) => write(`${line}\n`), show() {}, close() {} };
}

const hideCursor = "\x1b[?25l";
const showCursor = "\x1b[?25h";

/**
 * A picture below the lines, redrawn in place.
 *
 * @param width columns of the terminal as it is now.
 */
export function liveStage(write: (text: string) => void, width: () => number): Stage {
  let frame: readonly string[] = [];
  let opened = false;
  const erased = () => {
    const rows = frame.reduce((sum, line) => sum + rowsOf(line, width()), 0);
    return rows === 0 ? "" : `\x1b[${rows}A\r\x1b[J`;
  };
  const drawn = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
  return {
    say(line) {
      write(`${erased()}${line}\n${drawn(frame)}`);
    },
    show(lines) {
      const begin = opened ? "" : hideCursor;
      opened = true;
      write(`${begin}${erased()}${drawn(lines)}`);
      frame = lines;
    },
    close() {
      if (opened) write(`${erased()}${showCursor}`);
      opened = false;
      frame = [];
    },
  };
}

/** Rows a line takes on a terminal that wraps it. */
function rowsOf(line: string, width: number): number {
  return Math.max(1, Math.ceil(displayWidth(line) / width));
}
