// Owns: what a plan can ask for.

import type { Command } from "../kernel/lifecycle/commands.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import type { ObservedRun } from "./observation.ts";

export type Action =
  /** Ends what is left of the worker, then writes how the run ended. */
  | { type: "end_run"; observed: ObservedRun; command: Command }
  /** Lets a living worker keep its claim. */
  | { type: "extend"; observed: ObservedRun }
  | { type: "promote"; tasks: TaskRow[] }
  | { type: "spawn"; task: TaskRow }
  /** Ends processes of a run that is over. */
  | { type: "end_strays"; runId: number; marker: string };

export interface Plan {
  actions: Action[];
  /** Tasks that could not be started, by reason. */
  skipped: {
    unassigned: string[];
    nonspawnable: string[];
    /** Their profile already runs as many workers as it may. */
    profileCapped: string[];
    /** Their budget, that of what they came out of, or that of the day is used up. */
    overBudget: string[];
    /** What their profile says about its worker cannot be used. */
    badLane: string[];
    /** The board already runs as many workers as it may. */
    capped: number;
  };
  /** Epoch second at which the plan should be made again even if nothing happens; null = no deadline. */
  nextDeadline: number | null;
}
