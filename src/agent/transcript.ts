// Owns: the transcript: everything said and done in a run, one JSON object a line, without secrets.

import type { Clock } from "../base/clock.ts";
import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { redactDeep } from "../base/redact.ts";
import { appendText, ensureDir } from "../platform/files.ts";
import { parentPath } from "../platform/paths.ts";

/** One line of a transcript, before the time is added. */
export type TranscriptEntry =
  | { kind: "start"; task: string | null; run: number | null; profile: string; model: string }
  | { kind: "message"; role: "system" | "user" | "assistant"; text: string }
  | { kind: "call"; id: string; tool: string; arguments: string }
  | { kind: "result"; id: string; tool: string; text: string; failed: boolean }
  | { kind: "usage"; inputTokens: number | null; outputTokens: number | null }
  | {
    /** Older messages were replaced by a note, written by the model or, when it failed, cut. */
    kind: "compaction";
    how: "summary" | "cut";
    tokensBefore: number;
    tokensAfter: number;
    /** Messages that were replaced. */
    dropped: number;
    note: string;
  }
  | { kind: "end"; reason: string; turns: number };

/** Receives what happens in a run. */
export interface Transcript {
  /** Resolves when the line is written. Never rejects: losing a line must not end a run. */
  record(entry: TranscriptEntry): Promise<void>;
}

/** Keeps nothing. */
export const noTranscript: Transcript = { record: () => Promise.resolve() };

/**
 * A transcript in a file, to which lines are appended. `at` is in integer epoch milliseconds.
 *
 * @param options.secrets values that are masked besides everything that looks like a credential.
 */
export function fileTranscript(
  path: string,
  options: { secrets: readonly string[]; clock: Clock; log: Log },
): Transcript {
  const { secrets, clock, log } = options;
  let ready: Promise<void> | null = null;
  let warned = false;
  return {
    async record(entry) {
      const line = JSON.stringify(redactDeep({ at: clock.nowMs(), ...entry }, secrets));
      try {
        await (ready ??= ensureDir(parentPath(path)));
        await appendText(path, `${line}\n`);
      } catch (thrown) {
        if (!warned) log.warn("transcript cannot be written", { path, error: errorText(thrown) });
        warned = true;
      }
    },
  };
}
