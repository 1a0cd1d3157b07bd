// Owns: what the end of a run looks like, and runs in words.

import { outcomeWords } from "../format/status_words.ts";
import { dateTime, stopwatch } from "../format/time.ts";
import type { Tone } from "../parts/badge.tsx";
import { endOf, type TimelineRun } from "./lanes.ts";

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

/** What the colours stand for, in the order of the legend. */
export const legend: readonly [Tone, string][] = [
  ["blue", "Running"],
  ["green", "Completed"],
  ["amber", "Blocked"],
  ["red", "Failed"],
  ["grey", "Taken back"],
];

/** Blue while it is under way. */
export function outcomeTone(outcome: string | null): Tone {
  return outcome === null ? "blue" : tones[outcome] ?? "grey";
}

/** Everything about a run in one sentence, read aloud. */
export function runSentence(run: TimelineRun, now: number): string {
  return `${run.title ?? run.task_id}, ${run.profile ?? "nobody"}, ${outcomeWords(run.outcome)}, ` +
    `from ${dateTime(run.started_at)}, ${durationWords(run, now)}`;
}

/** `took 3:20`; of one that is under way `for 3:20 now`. */
export function durationWords(run: TimelineRun, now: number): string {
  const time = stopwatch(endOf(run, now) - run.started_at);
  return run.outcome === null ? `for ${time} now` : `took ${time}`;
}
