// Owns: what the output looks like to — a terminal with colours and a width, or a pipe.

import { stripVTControlCharacters } from "node:util";
import { type Environment, envNames, envValue } from "../config/env_names.ts";
import { isTerminal, terminalWidth } from "../platform/host_io.ts";

export type Colour = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

const codes: Record<Colour, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

/** Where a rendered text goes. */
export interface Screen {
  /** Columns; lines of tables are cut to it. Infinity for a pipe. */
  width: number;
  /** Epoch seconds, for ages. */
  now: number;
  paint(colour: Colour, text: string): string;
}

/** The screen standard output is. `wantsColour` is false for `--no-color`. */
export function screenFor(env: Environment, wantsColour: boolean, now: number): Screen {
  const terminal = isTerminal("out");
  const coloured = wantsColour && colourful(env, terminal);
  return { width: terminal ? terminalWidth() : Infinity, now, paint: painter(coloured) };
}

/** Whether to colour: NO_COLOR forbids it, FORCE_COLOR asks for it, else only a terminal gets it. */
export function colourful(env: Environment, terminal: boolean): boolean {
  if (envValue(env, envNames.noColor) !== undefined) return false;
  const forced = envValue(env, "FORCE_COLOR");
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return terminal && env["TERM"] !== "dumb";
}

/** Wraps text in a colour, or leaves it alone. */
export function painter(coloured: boolean): Screen["paint"] {
  if (!coloured) return (_colour, text) => text;
  return (colour, text) => {
    const [on, off] = codes[colour];
    return text === "" ? "" : `\x1b[${on}m${text}\x1b[${off}m`;
  };
}

/** Text of a task made safe for one line of a terminal: no control codes, no line breaks. */
export function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this removes
  return stripVTControlCharacters(text).replace(/[\s\x00-\x1f\x7f-\x9f]+/g, " ").trim();
}

/** Text of a task made safe for a terminal, line breaks and tabs kept. */
export function plainText(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this removes
  return stripVTControlCharacters(text).replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
}
