// Owns: a plan while somebody changes it. Tasks have keys of their own, which positions are not. Pure.

import type { PlanShowOutput } from "../../src/ops/planning/plan_show.ts";

export type Plan = PlanShowOutput["plan"];
export type PlanTask = Plan["tasks"][number];

export interface DraftTask {
  key: string;
  title: string;
  body: string;
  assignee: string;
  /** Keys of those that must be done first. */
  parents: readonly string[];
}

export type Draft = readonly DraftTask[];

/** What is sent: parents are positions, counted from 0. */
export interface WrittenTask {
  title: string;
  body: string;
  assignee: string | null;
  parents: number[];
}

export function draftOf(plan: Plan): Draft {
  const keyAt = (index: number) => `${plan.id}-${index}`;
  return plan.tasks.map(({ title, body, assignee, parents }, index) => {
    return { key: keyAt(index), title, body, assignee, parents: parents.map(keyAt) };
  });
}

export function writtenTasks(draft: Draft): WrittenTask[] {
  const place = new Map(draft.map(({ key }, index) => [key, index]));
  return draft.map(({ title, body, assignee, parents }) => ({
    title,
    body,
    assignee: assignee === "" ? null : assignee,
    parents: parents.flatMap((key) => place.get(key) ?? []),
  }));
}

export function changed(
  draft: Draft,
  key: string,
  part: Partial<Omit<DraftTask, "key">>,
): Draft {
  return draft.map((task) => task.key === key ? { ...task, ...part } : task);
}

export function added(draft: Draft, key: string): Draft {
  return [...draft, { key, title: "New task", body: "", assignee: "", parents: [] }];
}

/** Without a task; what waited for it waits for what that one waited for. */
export function without(draft: Draft, key: string): Draft {
  const gone = draft.find((task) => task.key === key);
  return draft.filter((task) => task.key !== key).map((task) => {
    if (!task.parents.includes(key)) return task;
    const parents = task.parents.flatMap((parent) =>
      parent === key ? gone?.parents ?? [] : [parent]
    );
    return { ...task, parents: [...new Set(parents)] };
  });
}

export function linked(draft: Draft, parent: string, child: string): Draft {
  const task = draft.find(({ key }) => key === child);
  if (!task || !mayLink(draft, parent, child)) return draft;
  return changed(draft, child, { parents: [...task.parents, parent] });
}

export function unlinked(draft: Draft, parent: string, child: string): Draft {
  const task = draft.find(({ key }) => key === child);
  if (!task) return draft;
  return changed(draft, child, { parents: task.parents.filter((key) => key !== parent) });
}

/** Whether `child` can be made to wait for `parent`: not itself, not yet, and no circle. */
export function mayLink(draft: Draft, parent: string, child: string): boolean {
  if (parent === child) return false;
  const byKey = new Map(draft.map((task) => [task.key, task]));
  if (!byKey.has(parent) || byKey.get(child)?.parents.includes(parent) !== false) return false;
  const seen = new Set<string>();
  const ask = [parent];
  for (let key = ask.pop(); key !== undefined; key = ask.pop()) {
    if (key === child) return false;
    if (seen.has(key)) continue;
    seen.add(key);
    ask.push(...byKey.get(key)?.parents ?? []);
  }
  return true;
}

/** Keys in waves: all of one can run side by side, after those before it. */
export function wavesOf(draft: Draft): string[][] {
  const byKey = new Map(draft.map((task) => [task.key, task]));
  const wave = new Map<string, number>();
  const find = (key: string): number => {
    const known = wave.get(key);
    if (known !== undefined) return known;
    // A circle cannot be made here; should one be there, it ends.
    wave.set(key, 0);
    const parents = byKey.get(key)?.parents ?? [];
    const own = Math.max(-1, ...parents.map(find)) + 1;
    wave.set(key, own);
    return own;
  };
  const waves: string[][] = [];
  for (const { key } of draft) (waves[find(key)] ??= []).push(key);
  return waves.filter((keys) => keys !== undefined);
}

/** What keeps a task from being sent, in words; null when nothing does. */
export function problemOf(task: DraftTask): string | null {
  return task.title.trim() === "" ? "A task needs a title" : null;
}
