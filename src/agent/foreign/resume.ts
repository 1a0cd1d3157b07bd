// Owns: deciding whether an attempt goes on with the conversation of the one before it. Pure.

import type { ConversationEnd } from "./verdict.ts";

/** What matters of an earlier attempt. */
export interface EarlierRun {
  id: number;
  profile: string | null;
  lane: string | null;
  outcome: string | null;
  worker_session_id: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  cost_usd: number | null;
}

/** Ends after which a conversation is worth going on with: it was cut short, not broken. */
const cutShort: ReadonlySet<string> = new Set([
  ...["blocked", "rate_limited", "timed_out", "reclaimed", "protocol_violation"],
]);

/**
 * The conversation to go on with: that of the latest attempt, when it was made by the same profile on the same
 * lane. After a crash a new one is begun, so that a conversation that cannot be opened is not tried for ever.
 */
export function sessionToResume(
  runs: readonly EarlierRun[],
  own: { runId: number; profile: string; lane: string },
): string | null {
  const before = runs.filter(({ id }) => id < own.runId).sort((a, b) => b.id - a.id)[0];
  if (!before || before.profile !== own.profile || before.lane !== own.lane) return null;
  return cutShort.has(before.outcome ?? "") ? before.worker_session_id : null;
}

/**
 * Whether a conversation that was to go on could not be opened: the program failed before its model said a word.
 * Programs forget conversations, for instance those that were cut short before their first answer.
 */
export function couldNotResume({ reading, code, closed }: ConversationEnd): boolean {
  const saidNothing = reading.final === null && !reading.outputTokens;
  return !closed && code !== null && code !== 0 && saidNothing && !reading.rateLimited;
}
