// Owns: the shape of an explanation, and of the facts it rests on.

import type { AutoLimits, PlanningStand } from "../../kernel/plannable.ts";
import type { CountedBudget } from "../../kernel/budget.ts";
import type { Standing } from "../../kernel/standing.ts";

/** Who can open a gate. */
export type GateOwner =
  | "person"
  | "task"
  | "planner"
  | "dispatcher"
  | "profile"
  | "clock"
  | "provider"
  | "limit"
  | "worker";

/** One thing that keeps a task from running. */
export interface Gate {
  /** A stable word for programs. */
  gate: string;
  owner: GateOwner;
  /** Which task, profile or limit; null when the kind of owner says it all. */
  owner_name: string | null;
  /** One sentence. */
  text: string;
  /** What opens it, as a command; null when waiting is all there is to do. */
  remedy: string | null;
  /** When it is looked at next, in words. */
  next_look: string;
  /** Epoch second, when that is known. */
  next_look_at: number | null;
}

/** What follows from the gates. */
export interface Explanation {
  verdict: "finished" | "running" | "starting" | "waiting";
  /** One sentence for people. */
  text: string;
  gates: Gate[];
  /** What is worth knowing although it keeps nothing: sentences. */
  notes: string[];
}

/** Everything the explanation rests on. Times in seconds. */
export interface WhyFacts extends Standing {
  now: number;
  /** Whether some process dispatches this board right now. */
  dispatching: boolean;
  /** Whether a gateway would dispatch it. */
  dispatchInGateway: boolean;
  /** Seconds between looks when nothing wakes the dispatcher. */
  intervalSeconds: number;
  /** Whether the assignee is a profile on disk. */
  profileExists: boolean;
  /** A profile of a similar name. */
  similarProfile: string | null;
  /** Why the profile's worker cannot be started, and what would help; null or absent when it can. */
  laneProblem?: { gate: "bad_lane" | "no_program"; text: string; remedy: string | null } | null;
  maxInProgress: number;
  /** 0 = no limit. */
  maxPerProfile: number;
  failureLimit: number;
  /** The budgets the task counts towards, nearest first, and that of the board's day. */
  money: { budgets: readonly CountedBudget[]; day: CountedBudget | null };
  planning: {
    /** Whether triage tasks are planned without being asked. */
    auto: boolean;
    /** Why no model can be asked; null when one can. */
    problem: string | null;
    /** How many triage tasks are planned per interval at most. */
    perTick: number;
    limits: AutoLimits;
    /** Most tasks of a plan that nobody looks at. */
    maxChildren: number;
    /** What holds this task back, and how many come before it; null unless it is in triage. */
    stand: PlanningStand | null;
  };
}

/** A gate that only people open. */
export function person(
  gate: string,
  text: string,
  remedy: string | null,
  nextLook: string,
): Gate {
  return {
    gate,
    owner: "person",
    owner_name: null,
    text,
    remedy,
    next_look: nextLook,
    next_look_at: null,
  };
}
