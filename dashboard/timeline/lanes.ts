// Owns: runs sorted into rows and lanes, so that none covers another. Pure.

import type { TimelineOutput } from "../../src/ops/runs/timeline.ts";

export type TimelineRun = TimelineOutput["runs"][number];

export interface Group {
  key: string;
  name: string;
  /** Id of the task when the row is one. */
  taskId: string | null;
  count: number;
  /** Runs of a lane follow each other, the oldest first. */
  lanes: TimelineRun[][];
}

export type GroupBy = "profile" | "task";

/** Rows with something under way first, then by their newest run. */
export function groupsOf(runs: readonly TimelineRun[], by: GroupBy, now: number): Group[] {
  const keyOf = (run: TimelineRun) => by === "task" ? run.task_id : run.profile ?? "";
  const groups = [...Map.groupBy(runs, keyOf)].map(([key, its]): Group & { newest: number } => ({
    key,
    name: by === "task" ? its[0]!.title ?? key : key || "nobody",
    taskId: by === "task" ? key : null,
    count: its.length,
    lanes: lanesOf(its, now),
    newest: Math.max(...its.map((run) => endOf(run, now))),
  }));
  if (by === "profile") return groups.sort((a, b) => compare(a.name, b.name));
  return groups.sort((a, b) => b.newest - a.newest || compare(a.name, b.name));
}

/** When a run ended; one that is under way goes on until now. */
export function endOf(run: TimelineRun, now: number): number {
  return Math.max(run.started_at, run.ended_at ?? now);
}

function lanesOf(runs: readonly TimelineRun[], now: number): TimelineRun[][] {
  const lanes: TimelineRun[][] = [];
  const free: number[] = [];
  for (const run of runs.toSorted((a, b) => a.started_at - b.started_at || a.id - b.id)) {
    const found = free.findIndex((end) => end <= run.started_at);
    const lane = found < 0 ? lanes.length : found;
    (lanes[lane] ??= []).push(run);
    free[lane] = endOf(run, now);
  }
  return lanes;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The run an arrow key leads to from another; null at the edge. */
export function runBeside(groups: readonly Group[], from: number, key: string): number | null {
  const lanes = groups.flatMap((group) => group.lanes);
  const row = lanes.findIndex((lane) => lane.some(({ id }) => id === from));
  const lane = lanes[row];
  if (!lane) return null;
  const at = lane.findIndex(({ id }) => id === from);
  switch (key) {
    case "ArrowLeft":
      return lane[at - 1]?.id ?? null;
    case "ArrowRight":
      return lane[at + 1]?.id ?? null;
    case "Home":
      return lane[0]!.id;
    case "End":
      return lane.at(-1)!.id;
    case "ArrowUp":
      return nearest(lanes[row - 1], lane[at]!);
    case "ArrowDown":
      return nearest(lanes[row + 1], lane[at]!);
    default:
      return null;
  }
}

function nearest(lane: readonly TimelineRun[] | undefined, to: TimelineRun): number | null {
  const far = (run: TimelineRun) => Math.abs(run.started_at - to.started_at);
  return lane?.toSorted((a, b) => far(a) - far(b))[0]?.id ?? null;
}
