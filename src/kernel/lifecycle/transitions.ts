// Owns: the state machine as plain data. Docs and drop targets are generated from it.

import type { EventKind, Status } from "../model/status.ts";
import type { CommandType } from "./commands.ts";

/** Where a command leads: a status, `same`, or the word of a guard in `decide.ts`. */
export type Target =
  | Status
  | "same"
  | "ready or todo"
  | "done or todo"
  | "ready or blocked"
  | "blocked, todo or triage"
  | "as asked";

export interface Transition {
  /** Statuses the command is accepted from; `any` includes statuses of foreign programs. */
  from: readonly Status[] | "any" | "any but archived";
  to: Target;
  /** The event written with the change; a guard may name another. */
  event: EventKind;
  /** What happens to the attempt. */
  run: "none" | "open" | "touch" | "close" | "close if open" | "close or synthesize";
  /** Whether the decision looks at the task's unsatisfied parents. */
  needsParents?: true;
}

export const transitions: Record<CommandType, Transition> = {
  claim: { from: ["ready"], to: "running", event: "claimed", run: "open", needsParents: true },
  extend: { from: ["running"], to: "same", event: "claim_extended", run: "touch" },
  spawned: { from: ["running"], to: "same", event: "spawned", run: "touch" },
  heartbeat: { from: ["running"], to: "same", event: "heartbeat", run: "touch" },
  complete: {
    from: ["running", "ready", "blocked"],
    to: "done",
    event: "completed",
    run: "close or synthesize",
  },
  block: {
    from: ["running", "ready"],
    to: "blocked, todo or triage",
    event: "blocked",
    run: "close or synthesize",
    needsParents: true,
  },
  unblock: {
    from: ["blocked"],
    to: "ready or todo",
    event: "unblocked",
    run: "close if open",
    needsParents: true,
  },
  archive: { from: "any but archived", to: "archived", event: "archived", run: "close if open" },
  unarchive: { from: ["archived"], to: "done or todo", event: "status", run: "none" },
  reclaim: { from: ["running"], to: "ready", event: "reclaimed", run: "close" },
  spawn_failed: { from: ["running"], to: "ready or blocked", event: "spawn_failed", run: "close" },
  crash: { from: ["running"], to: "ready or blocked", event: "crashed", run: "close" },
  time_out: { from: ["running"], to: "ready or blocked", event: "timed_out", run: "close" },
  protocol_violation: {
    from: ["running"],
    to: "ready or blocked",
    event: "protocol_violation",
    run: "close",
  },
  rate_limit: { from: ["running"], to: "ready", event: "rate_limited", run: "close" },
  assign: { from: "any", to: "same", event: "assigned", run: "none" },
  reprioritize: { from: "any", to: "same", event: "reprioritized", run: "none" },
  edit: { from: "any", to: "same", event: "edited", run: "none" },
  schedule: {
    from: ["triage", "todo", "ready", "blocked"],
    to: "same",
    event: "scheduled",
    run: "none",
  },
  move: { from: "any", to: "as asked", event: "status", run: "close if open", needsParents: true },
  restore: {
    from: ["triage", "todo", "ready", "blocked", "done", "archived"],
    to: "as asked",
    event: "status",
    run: "none",
    needsParents: true,
  },
  judge: { from: ["running"], to: "same", event: "goal_judged", run: "touch" },
  set_model: { from: "any", to: "same", event: "model_override_set", run: "none" },
  promote: { from: ["todo"], to: "ready", event: "promoted", run: "none", needsParents: true },
  demote: { from: ["ready"], to: "todo", event: "status", run: "none" },
  specify: { from: ["triage"], to: "todo", event: "specified", run: "none" },
  decompose: { from: ["triage"], to: "todo", event: "decomposed", run: "none" },
};

/** Whether `command` is accepted from `status`. */
export function accepts(command: CommandType, status: string): boolean {
  const { from } = transitions[command];
  if (from === "any") return true;
  if (from === "any but archived") return status !== "archived";
  return (from as readonly string[]).includes(status);
}
