// Owns: deciding what the end of a foreign program means for its task. Pure.

import { cut } from "../../base/text.ts";
import type { Lane } from "../../lanes/manifest.ts";
import type { Reading } from "../../lanes/output_reader.ts";

/** What one conversation came to. */
export interface ConversationEnd {
  reading: Reading;
  code: number | null;
  signal: string | null;
  /** Whether the run is over: handed over through the board's tools, or taken away. */
  closed: boolean;
  /** How often it was reminded in this attempt. */
  nudged: number;
}

export type Verdict =
  | { then: "leave" }
  | { then: "complete"; summary: string }
  | { then: "nudge"; session: string }
  | { then: "violation"; error: string }
  | { then: "rate_limited"; error: string; retryAt: number | null }
  | { then: "crash"; error: string };

/** Characters of the program's own words in an error. */
const quoted = 600;

/** What follows from how a conversation ended. */
export function verdictOf(
  lane: Pick<Lane, "name" | "on_success" | "nudges" | "exit_codes">,
  end: ConversationEnd,
): Verdict {
  const { reading, code, signal } = end;
  if (end.closed) return { then: "leave" };
  const isBusy = code !== null && lane.exit_codes.rate_limited.includes(code);
  const failed = code !== 0 || reading.failed;
  if (isBusy || (failed && reading.rateLimited)) {
    const words = lastWords(reading);
    return {
      then: "rate_limited",
      error: `${lane.name}: the provider is rate limited or unavailable${words}`,
      retryAt: reading.retryAt,
    };
  }
  if (failed) {
    const how = signal !== null
      ? `was ended by ${signal}`
      : code === 0
      ? "says that it failed"
      : `exited with status ${code}`;
    return { then: "crash", error: `${lane.name} ${how}${lastWords(reading)}` };
  }
  if (lane.on_success === "complete") {
    return { then: "complete", summary: reading.final ?? `${lane.name} ended without a word.` };
  }
  if (end.nudged < lane.nudges && reading.session !== null) {
    return { then: "nudge", session: reading.session };
  }
  const words = reading.final === null
    ? " and said nothing"
    : `. Its last words: ${cut(reading.final, quoted)}`;
  return {
    then: "violation",
    error: `${lane.name} ended without completing or blocking the task${words}`,
  };
}

/** What the program says about its failure, else the end of its output. */
function lastWords({ error, tail }: Reading): string {
  const words = error ?? tail.slice(-5).join("\n");
  return words.trim() === "" ? "" : `: ${words.trim().slice(-quoted)}`;
}
