// Owns: the one value a plan is made from — rows, live processes, exit records.

import type { ExitNote } from "../lanes/exit_note.ts";
import type { ExitStatus } from "../platform/spawn.ts";
import type { Budget } from "../kernel/budget.ts";
import type { RunRow, TaskRow } from "../kernel/model/rows.ts";

/** What is known of a run's worker process. */
export type WorkerState =
  /** The very process that was started is running; `child` tells whether its exit will be reported to us. */
  | { is: "alive"; child: boolean }
  /** A process with the recorded number runs; another program started it and left nothing to tell whether it is the worker. */
  | { is: "unidentified" }
  /** This dispatcher is starting or ending it right now. */
  | { is: "busy" }
  /** Claimed by another process of this host that still runs and has recorded no worker yet. */
  | { is: "starting" }
  /** It is gone; `exit` is null when this dispatcher did not see it go, `note` is what it wrote down itself. */
  | { is: "gone"; exit: ExitStatus | null; note?: ExitNote | null }
  /** Claimed by a dispatcher that ended before it recorded a process. */
  | { is: "never_started" }
  /** Claimed by hand, or by another program that records no process. */
  | { is: "not_ours" }
  /** On another host: never signalled, never judged. */
  | { is: "foreign" };

/** One running task. */
export interface ObservedRun {
  task: TaskRow;
  run: RunRow | null;
  worker: WorkerState;
}

/** Processes that still carry the marker of a run that is over. */
export interface Stray {
  runId: number;
  marker: string;
  /** The task of the run; null when the board knows no such run. */
  taskId: string | null;
  /** They are being ended right now. */
  busy: boolean;
  /** True while the worker process itself is among them. */
  workerAlive: boolean;
  /** Whether the worker's exit will be reported to this process. */
  child: boolean;
  /** How the run ended; null when the board knows no such run. */
  outcome: string | null;
  /** Epoch second at which the run ended. */
  endedAt: number | null;
}

export interface Observation {
  /** Epoch seconds. */
  now: number;
  running: ObservedRun[];
  promotable: TaskRow[];
  /** Ready tasks of existing profiles, in board order. */
  ready: TaskRow[];
  unassigned: string[];
  nonspawnable: string[];
  /** Ready and promotable tasks whose budget is used up. */
  overBudget: string[];
  usedUp: Budget[];
  /** Profiles with ready tasks whose worker cannot be told from their files, and why. */
  badLanes: ReadonlyMap<string, string>;
  strays: Stray[];
  /** When a ready task that waits for a time becomes due. */
  nextDue: number | null;
}

/** Limits a plan keeps to; all times in seconds. */
export interface DispatchLimits {
  /** Workers running at once on this board. */
  maxInProgress: number;
  /** Workers running at once per profile; 0 = no limit. */
  maxPerProfile: number;
  /** Workers started by this pass; Infinity = no limit. */
  maxSpawns: number;
  claimTtlSeconds: number;
  staleHeartbeatSeconds: number;
  rateLimitCooldownSeconds: number;
  /** How long a worker may take to exit after it has handed over. */
  exitGraceSeconds: number;
  /** US dollars that the board may cost in a day; 0 = no limit. */
  maxCostPerDay: number;
}
