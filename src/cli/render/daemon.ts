// Owns: the text of `daemon`.

import type { DaemonLine } from "../../ops/runs/daemon.ts";
import { type Colour, oneLine, type Screen } from "../terminal.ts";
import { stamp } from "./words.ts";

const colours: Record<DaemonLine["level"], Colour> = {
  debug: "dim",
  info: "dim",
  warn: "yellow",
  error: "red",
};

export function text({ at, level, message, fields }: DaemonLine, screen: Screen): string {
  const facts = Object.entries(fields).map(([name, value]) =>
    `${name}=${oneLine(typeof value === "string" ? value : JSON.stringify(value))}`
  );
  const word = screen.paint(colours[level], level.padEnd(5));
  return [screen.paint("dim", stamp(at)), word, message, ...facts].join("  ");
}
