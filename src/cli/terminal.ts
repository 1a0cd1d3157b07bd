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
  /** Draw with ASCII alone: the terminal may not know other characters. */
  ascii?: boolean;
  /** Epoch seconds, for ages. */
  now: number;
  paint(colour: Colour, text: string): string;
}

/**
 * The screen standard output is. `wantsColour` is false for `--no-color`, `wantsAscii` true for `--ascii`.
 *
 * @param columns of another terminal than the process's own; null when it is none.
 */
export function screenFor(
  env: Environment,
  wantsColour: boolean,
  now: number,
  wantsAscii = false,
  columns: number | null = isTerminal("out") ? terminalWidth() : null,
): Screen {
  const coloured = wantsColour && colourful(env, columns !== null);
  return {
    width: columnsOf(env) ?? columns ?? Infinity,
    now,
    ascii: wantsAscii || !speaksUnicode(env),
    paint: painter(coloured),
  };
}

/** The width that `COLUMNS` asks for; undefined when it asks for none. */
export function columnsOf(env: Environment): number | undefined {
  const columns = Number(envValue(env, "COLUMNS") ?? NaN);
  return Number.isInteger(columns) && columns > 0 ? columns : undefined;
}

/** Whether the locale's characters are Unicode. A locale that nobody chose is taken for one that is. */
export function speaksUnicode(env: Environment): boolean {
  const locale = envValue(env, "LC_ALL") ?? envValue(env, "LC_CTYPE") ?? envValue(env, "LANG");
  if (locale === undefined) return true;
  if (locale === "C" || locale === "POSIX") return false;
  const charset = /\.([^@]+)/.exec(locale)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

/** Characters hermes draws with, and below each what takes its place: as wide, so that columns stay. */
const drawnSymbols = "◇◻▶●⊘✓✗—–…→←↑↓↺·━╌│─├┤┬┴┼╭╮╰╯▌";
const plainSymbols = "?.>*!+x--~><^v@.=.|-+++++++++>";
const symbols = new RegExp(`[${drawnSymbols}]`, "g");

/** The text with the symbols hermes draws turned into ASCII; what people wrote is left alone otherwise. */
export function withoutSymbols(text: string): string {
  return text.replace(symbols, (symbol) => plainSymbols[drawnSymbols.indexOf(symbol)]!);
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
