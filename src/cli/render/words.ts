// Owns: how a status, a task and a moment look in text.

import { formatDuration } from "../../base/duration.ts";
import { type Colour, oneLine, type Screen } from "../terminal.ts";

const statusLooks: Record<string, { icon: string; colour: Colour }> = {
  triage: { icon: "◇", colour: "magenta" },
  todo: { icon: "◻", colour: "dim" },
  ready: { icon: "▶", colour: "blue" },
  running: { icon: "●", colour: "yellow" },
  blocked: { icon: "⊘", colour: "red" },
  done: { icon: "✓", colour: "green" },
  archived: { icon: "—", colour: "dim" },
};

const unknownLook = { icon: "?", colour: "dim" } as const;

/** One character for a status, coloured. */
export function statusIcon(status: string, screen: Screen): string {
  const { icon, colour } = statusLooks[status] ?? unknownLook;
  return screen.paint(colour, icon);
}

export function statusWord(status: string, screen: Screen): string {
  return screen.paint((statusLooks[status] ?? unknownLook).colour, oneLine(status));
}

/** A name, or a dash for nobody. */
export function name(text: string | null): string {
  return text === null || text === "" ? "-" : oneLine(text);
}

/** The last second that a date can show. */
const lastSecond = 8.64e12;

/** `3m 4s ago`; a stepped clock never makes it negative. Another program may have written no time at all. */
export function ago(at: number | null, screen: Screen): string {
  return isMoment(at) ? `${formatDuration(screen.now - at)} ago` : "at an unknown time";
}

/** `2026-08-01 12:30:05`, in UTC; a dash for what is no time. */
export function stamp(at: number | null): string {
  return isMoment(at) ? new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ") : "-";
}

function isMoment(at: number | null): at is number {
  return at !== null && Math.abs(at) <= lastSecond;
}

/** `812 B`, `1.5 KB`, `24.9 MB`. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const kilobytes = count / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
