// Owns: how large a plan is, going by what its profiles' work took before. Pure.

import type { RunSize } from "../kernel/plan_facts.ts";

/** What work of this kind usually takes. Null where nothing is known, which is not zero. */
export interface Size {
  /** Attempts it is based on. */
  runs: number;
  seconds: number | null;
  tokens: number | null;
  /** US dollars. */
  cost_usd: number | null;
}

/** A whole plan. */
export interface PlanSize {
  /** Seconds from its start to its end when whatever can runs side by side; of known tasks only. */
  seconds: number | null;
  tokens: number | null;
  cost_usd: number | null;
  /** Tasks whose profile has completed nothing yet. */
  unknown: number;
}

/** The medians of some attempts; null when there are none. */
export function usualSize(runs: readonly RunSize[]): Size | null {
  if (runs.length === 0) return null;
  const seconds = runs.map((run) => Math.max(0, run.ended_at - run.started_at));
  const tokens = runs.map(({ input_tokens, output_tokens }) =>
    input_tokens === null && output_tokens === null
      ? null
      : (input_tokens ?? 0) + (output_tokens ?? 0)
  );
  return {
    runs: runs.length,
    seconds: median(seconds),
    tokens: median(tokens),
    cost_usd: median(runs.map(({ cost_usd }) => cost_usd)),
  };
}

/** The tasks of a plan in waves: all of one can run at the same time, after those before it. */
export function wavesOf(tasks: readonly { parents: readonly number[] }[]): number[][] {
  const wave: number[] = [];
  const waves: number[][] = [];
  for (const index of inOrder(tasks)) {
    const at = Math.max(-1, ...tasks[index]!.parents.map((parent) => wave[parent] ?? -1)) + 1;
    wave[index] = at;
    (waves[at] ??= []).push(index);
  }
  return waves.map((positions) => positions.sort((a, b) => a - b));
}

/** Adds up a plan's tasks: time along the longest way through it, the rest over all of them. */
export function sizeOfPlan(
  tasks: readonly { parents: readonly number[]; size: Size | null }[],
): PlanSize {
  const ends: number[] = [];
  for (const index of inOrder(tasks)) {
    const { parents, size } = tasks[index]!;
    const begin = Math.max(0, ...parents.map((parent) => ends[parent] ?? 0));
    ends[index] = begin + (size?.seconds ?? 0);
  }
  const known = tasks.flatMap(({ size }) => size ?? []);
  const sum = (values: (number | null)[]) => {
    const some = values.filter((value) => value !== null);
    return some.length === 0 ? null : some.reduce((total, value) => total + value, 0);
  };
  return {
    seconds: known.length === 0 ? null : Math.max(...ends),
    tokens: sum(known.map(({ tokens }) => tokens)),
    cost_usd: sum(known.map(({ cost_usd }) => cost_usd)),
    unknown: tasks.length - known.length,
  };
}

/** Positions with parents first; those in a circle, which no plan has, are left out. */
export function inOrder(tasks: readonly { parents: readonly number[] }[]): number[] {
  const placed = new Set<number>();
  let grew = true;
  while (grew) {
    grew = false;
    for (const [index, { parents }] of tasks.entries()) {
      if (placed.has(index) || !parents.every((parent) => placed.has(parent))) continue;
      placed.add(index);
      grew = true;
    }
  }
  return [...placed];
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const middle = known.length >> 1;
  return known.length % 2 === 1 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2;
}
