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

/** `3m 4s ago`; a stepped clock never makes it negative. */
export function ago(at: number, screen: Screen): string {
  return `${formatDuration(screen.now - at)} ago`;
}

/** `2026-08-01 12:30:05`, in UTC. */
export function stamp(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ");
}
