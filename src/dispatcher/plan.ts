// Owns: deciding what a tick does. Pure: an observation in, actions out.

import { inBoardOrder } from "../kernel/dispatch_view.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import type { Action, Plan } from "./actions.ts";
import type {
  DispatchLimits,
  Observation,
  ObservedRun,
  Stray,
  WorkerState,
} from "./observation.ts";
import { exitedRule } from "./rules/exited.ts";
import { expiredRule } from "./rules/expired.ts";
import { budgetDeadline, withinBudget } from "./rules/over_budget.ts";
import { overdueRule } from "./rules/overdue.ts";
import { pickStarts } from "./rules/start.ts";
import { mayLinger, mustEnd } from "./rules/strays.ts";

/** Seconds between looks at what this process is not told of, and at what is under way. */
const lookAgainSeconds = 2;

/**
 * Makes the plan: ended workers, expired claims, overdue runs, promotion, strays, then starts in board
 * order within the limits. `startable` tells whether a promoted task's assignee is a profile.
 */
export function plan(
  observation: Observation,
  limits: DispatchLimits,
  startable: (profile: string) => boolean,
): Plan {
  const actions: Action[] = [];
  const inProgress = new Map<string, number>();
  let nextDeadline = observation.nextDue;
  for (const observed of observation.running) {
    const action = judge(observed, limits, observation.now);
    if (action) actions.push(action);
    // A worker that has to be ended keeps its place until it is gone.
    if (action?.type !== "end_run" || observed.worker.is === "alive") count(inProgress, observed);
    nextDeadline = earlier(nextDeadline, deadlineOf(observed, action, observation.now));
  }
  if (observation.promotable.length > 0) {
    actions.push({ type: "promote", tasks: observation.promotable });
  }
  // Two workers must not share a workspace: a task waits until nothing is left of its earlier runs.
  const haunted = new Set<string>();
  for (const stray of observation.strays) {
    if (stray.taskId !== null) haunted.add(stray.taskId);
    const { runId, marker } = stray;
    if (!stray.busy && mustEnd(stray, limits, observation.now)) {
      actions.push({ type: "end_strays", runId, marker });
    }
    nextDeadline = earlier(nextDeadline, lookAtStray(stray, limits, observation.now));
  }
  const promoted = observation.promotable.filter((task) => isDue(task, observation.now));
  const candidates = [
    ...observation.ready,
    ...promoted.filter((task) => task.assignee !== null && startable(task.assignee)),
  ].filter((task) => !haunted.has(task.id)).sort(inBoardOrder);
  const { overBudget, usedUp, badLanes, now } = observation;
  const isBad = ({ assignee }: TaskRow) => assignee !== null && badLanes.has(assignee);
  const budgeted = withinBudget(candidates.filter((task) => !isBad(task)), overBudget);
  nextDeadline = earlier(nextDeadline, budgetDeadline(usedUp, overBudget, now));
  const picked = pickStarts(budgeted.within, inProgress, limits);
  for (const task of picked.start) actions.push({ type: "spawn", task });
  return {
    actions,
    skipped: {
      unassigned: [
        ...observation.unassigned,
        ...promoted.filter((task) => task.assignee === null).map((task) => task.id),
      ],
      nonspawnable: [
        ...observation.nonspawnable,
        ...promoted.filter((task) => task.assignee !== null && !startable(task.assignee))
          .map((task) => task.id),
      ],
      profileCapped: picked.profileCapped,
      overBudget: budgeted.over,
      badLane: candidates.filter(isBad).map(({ id }) => id),
      capped: picked.capped,
    },
    nextDeadline,
  };
}

function judge(observed: ObservedRun, limits: DispatchLimits, now: number): Action | null {
  if (observed.worker.is === "busy") return null;
  const exited = exitedRule(observed, limits, now);
  if (exited) return { type: "end_run", observed, command: exited };
  const expired = expiredRule(observed, limits, now);
  const overdue = overdueRule(observed, now);
  // A run that is out of time is not saved by its heartbeat.
  if (overdue) return { type: "end_run", observed, command: overdue };
  if (expired === "extend") return { type: "extend", observed };
  return expired ? { type: "end_run", observed, command: expired } : null;
}

/** Runs claimed by hand take no place of a worker. */
function count(inProgress: Map<string, number>, { run }: ObservedRun): void {
  if (!run || run.lane === null) return;
  const profile = run.profile ?? "";
  inProgress.set(profile, (inProgress.get(profile) ?? 0) + 1);
}

/** The next second at which a rule may decide otherwise about a run, or its end has to be tried again. */
function deadlineOf(
  { task, run, worker }: ObservedRun,
  action: Action | null,
  now: number,
): number | null {
  if (action?.type === "end_run" || isUntold(worker)) return now + lookAgainSeconds;
  const limit = run?.max_runtime_seconds ?? null;
  const times = [
    task.claim_expires,
    run && limit !== null ? run.started_at + limit + 1 : null,
  ];
  let soonest: number | null = null;
  for (const at of times) if (at !== null && at > now) soonest = earlier(soonest, at);
  return soonest;
}

/** When to look again at what is left of a run. */
function lookAtStray(stray: Stray, limits: DispatchLimits, now: number): number {
  const { endedAt, workerAlive } = stray;
  if (endedAt === null || !workerAlive || !mayLinger(stray, limits, now)) {
    return now + lookAgainSeconds;
  }
  const patience = endedAt + limits.exitGraceSeconds;
  return stray.child ? patience : Math.min(patience, now + lookAgainSeconds);
}

/** Whether nobody tells this process when the state changes. */
function isUntold(worker: WorkerState): boolean {
  switch (worker.is) {
    case "alive":
      return !worker.child;
    case "busy":
    case "starting":
    case "unidentified":
      return true;
    default:
      return false;
  }
}

function isDue(task: { not_before: number | null }, now: number): boolean {
  return task.not_before === null || task.not_before <= now;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
