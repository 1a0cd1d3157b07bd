// Owns: log lines of long-running processes as people read them.

import { systemClock } from "../base/clock.ts";
import { createLog, type Log, type LogLevel } from "../base/log.ts";
import type { Colour, Screen } from "../cli/terminal.ts";

const colours: Record<LogLevel, Colour> = {
  debug: "dim",
  info: "dim",
  warn: "yellow",
  error: "red",
};

/** A log of one line per message: time, level, message, facts. */
export function lineLog(
  write: (line: string) => void,
  paint: Screen["paint"],
  threshold: LogLevel = "info",
): Log {
  return createLog((level, message, fields) => {
    const facts = Object.entries(fields ?? {}).map(([key, value]) =>
      `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`
    );
    const word = paint(colours[level], level.padEnd(5));
    write(`${timeOfDay()}  ${word}  ${[message, ...facts].join("  ")}\n`);
  }, threshold);
}

/** The local time, `12:30:05`. */
export function timeOfDay(): string {
  return new Date(systemClock.nowMs()).toTimeString().slice(0, 8);
}
