// Owns: where a command line prints — the process's own streams, or whatever takes their place.

import { isTerminal, terminalWidth, writeErr, writeOut } from "../platform/host_io.ts";
import type { CliHost } from "./host.ts";

/** Takes what a command prints. */
export interface CliOutput {
  out(text: string): void;
  err(text: string): void;
  /** Columns of the terminal that `out` is shown on; null when it is none. */
  columns(): number | null;
}

const processOutput: CliOutput = {
  out: writeOut,
  err: writeErr,
  columns: () => isTerminal("out") ? terminalWidth() : null,
};

/** The output of a host: its own, else that of the process. */
export function outputOf(host: Pick<CliHost, "output">): CliOutput {
  return host.output ?? processOutput;
}
