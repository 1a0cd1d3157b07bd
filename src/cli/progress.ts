// Owns: the passing line that tells what a long command is busy with. It is only for people at a terminal.

import { isTerminal, terminalWidth, writeErr } from "../platform/host_io.ts";
import { fit } from "./table.ts";
import { oneLine } from "./terminal.ts";

/** Shows a text on the line below what was printed, in place of the one before; null takes it away. */
export type ShowProgress = (text: string | null) => void;

/** Undefined when standard error is no terminal: a log is no place for lines that come and go. */
export function progressLine(): ShowProgress | undefined {
  if (!isTerminal("err")) return undefined;
  return progressTo(writeErr, terminalWidth());
}

/** {@link progressLine} on a terminal of `columns` columns. */
export function progressTo(write: (text: string) => void, columns: number): ShowProgress {
  let isShown = false;
  return (text) => {
    if (text === null && !isShown) return;
    isShown = text !== null;
    write(`\r\x1b[K${text === null ? "" : fit(oneLine(text), columns - 1)}`);
  };
}
