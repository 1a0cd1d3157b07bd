// Owns: runs of the timeline in words, and what their colours stand for.

import { outcomeWords } from "../format/status_words.ts";
import { dateTime, stopwatch } from "../format/time.ts";
import type { Tone } from "../parts/badge.tsx";
import { endOf, type TimelineRun } from "./lanes.ts";

/** What the colours stand for, in the order of the legend. */
export const legend: readonly [Tone, string][] = [
  ["blue", "Running"],
  ["green", "Completed"],
  ["amber", "Blocked"],
  ["red", "Failed"],
  ["grey", "Taken back"],
];

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
