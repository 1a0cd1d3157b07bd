// Owns: one event as one line.

import type { TailItem } from "../../ops/views/tail.ts";
import { type Colour, oneLine, type Screen } from "../terminal.ts";
import { stamp } from "./words.ts";

/** What began is cyan, what is under way yellow, what went well green, what went wrong red. */
const kindsOf: Partial<Record<Colour, string>> = {
  cyan: "created decomposed specified plan_proposed commented attached attachment_removed",
  blue: "promoted dependency_wait unblocked assigned scheduled linked unlinked status",
  yellow: "claimed claim_extended spawned goal_judged",
  green: "completed",
  magenta: "reclaimed rate_limited claim_rejected write_refused suspected_hallucinated_references",
  red: "blocked block_loop_detected crashed timed_out spawn_failed protocol_violation gave_up " +
    "completion_blocked_hallucination",
  dim: "heartbeat edited plan_edited plan_discarded reprioritized model_override_set archived",
};

/** Event kind → colour. */
export const kindColours: ReadonlyMap<string, Colour> = new Map(
  Object.entries(kindsOf).flatMap(([colour, kinds]) =>
    kinds.split(" ").map((kind) => [kind, colour as Colour])
  ),
);

/** Time, kind, run and payload of an event. */
export function eventLine(event: TailItem, screen: Screen): string {
  const kind = event.kind.padEnd(10);
  const colour = kindColours.get(event.kind);
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
