// Owns: the colour of how an attempt ended, the same on every page.

import type { Tone } from "./badge.tsx";

const tones: Readonly<Record<string, Tone>> = {
  completed: "green",
  blocked: "amber",
  crashed: "red",
  timed_out: "red",
  spawn_failed: "red",
  gave_up: "red",
  protocol_violation: "red",
  reclaimed: "grey",
  rate_limited: "grey",
};

/** Blue while it is under way. */
export function outcomeTone(outcome: string | null): Tone {
  return outcome === null ? "blue" : tones[outcome] ?? "grey";
}
