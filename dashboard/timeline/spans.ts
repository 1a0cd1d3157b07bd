// Owns: the stretches of time one can look at, and the marks on their axis. Pure.

/** Seconds of each stretch, by the word in the address. */
export const spans = { "1h": 3_600, "6h": 21_600, "24h": 86_400, "7d": 604_800 } as const;

export type SpanName = keyof typeof spans;

export function isSpan(word: string): word is SpanName {
  return Object.hasOwn(spans, word);
}

/** From `since` to `until`, epoch seconds. */
export interface Stretch {
  since: number;
  until: number;
}

export interface Mark {
  /** Epoch second. */
  at: number;
  words: string;
}

/** Seconds between two marks, where there is room for a dozen of them or for half as many. */
const steps: Readonly<Record<SpanName, { wide: number; narrow: number }>> = {
  "1h": { wide: 600, narrow: 1_200 },
  "6h": { wide: 1_800, narrow: 7_200 },
  "24h": { wide: 7_200, narrow: 21_600 },
  "7d": { wide: 86_400, narrow: 172_800 },
};

/** Marks at round times of the reader's own clock. */
export function marksOf({ since, until }: Stretch, name: SpanName, narrow: boolean): Mark[] {
  const step = steps[name][narrow ? "narrow" : "wide"];
  const days = step >= 86_400;
  const first = new Date(since * 1000);
  first.setHours(0, 0, 0, 0);
  const marks: Mark[] = [];
  for (let index = 0; marks.length < 50; index++) {
    const date = new Date(first);
    // Days by the calendar: they are not all of the same length.
    if (days) date.setDate(first.getDate() + index * step / 86_400);
    else date.setTime(first.getTime() + index * step * 1000);
    const at = date.getTime() / 1000;
    if (at > until) break;
    if (at < since) continue;
    const midnight = date.getHours() === 0 && date.getMinutes() === 0;
    marks.push({ at, words: days || midnight ? dayWords(date) : hourWords(date) });
  }
  return marks;
}

function dayWords(date: Date): string {
  return date.toLocaleDateString(undefined, { weekday: "short", day: "numeric" });
}

function hourWords(date: Date): string {
  return date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}
