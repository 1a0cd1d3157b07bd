// Owns: one event as one line.

import type { TailItem } from "../../ops/tail.ts";
import { type Colour, oneLine, type Screen } from "../terminal.ts";
import { stamp } from "./words.ts";

const colours: Record<string, Colour> = {
  claimed: "yellow",
  spawned: "yellow",
  completed: "green",
  attached: "blue",
  promoted: "blue",
  decomposed: "magenta",
  blocked: "red",
  block_loop_detected: "red",
  crashed: "red",
  timed_out: "red",
  spawn_failed: "red",
  protocol_violation: "red",
  gave_up: "red",
};

/** Time, kind, run and payload of an event. */
export function eventLine(event: TailItem, screen: Screen): string {
  const kind = event.kind.padEnd(10);
  const colour = colours[event.kind];
  return [
    screen.paint("dim", stamp(event.created_at)),
    colour ? screen.paint(colour, kind) : kind,
    ...(event.run_id === null ? [] : [screen.paint("dim", `run ${event.run_id}`)]),
    ...payloadWords(event.payload),
  ].join("  ").trimEnd();
}

/** `key=value` pairs of a payload, long values cut. */
function payloadWords(payload: unknown): string[] {
  if (payload === null || payload === undefined) return [];
  if (typeof payload !== "object") return [oneLine(String(payload))];
  const words = Object.entries(payload)
    .filter(([key, value]) => key !== "run_id" && !isEmpty(value))
    .map(([key, value]) => `${key}=${brief(value)}`);
  return words.length > 0 ? [words.join(" ")] : [];
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function brief(value: unknown): string {
  const text = oneLine(typeof value === "string" ? value : JSON.stringify(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
