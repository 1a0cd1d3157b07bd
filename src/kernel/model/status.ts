// Owns: the words of the board — statuses, run outcomes, event kinds — as plain data.

/** Every status the kernel itself assigns, in board order. Foreign statuses are shown, never written. */
export const statuses = [
  "triage",
  "todo",
  "ready",
  "running",
  "blocked",
  "done",
  "archived",
] as const;
export type Status = (typeof statuses)[number];

/** How an attempt ended. NULL in the database means it is still open. */
export const outcomes = [
  "completed",
  "blocked",
  "crashed",
  "timed_out",
  "spawn_failed",
  "gave_up",
  "reclaimed",
  "rate_limited",
  "protocol_violation",
] as const;
export type Outcome = (typeof outcomes)[number];

/** `task_runs.status` that goes with an outcome; an open run is `running`. */
export const runStatusOf: Record<Outcome, string> = {
  completed: "done",
  blocked: "blocked",
  crashed: "crashed",
  timed_out: "timed_out",
  spawn_failed: "failed",
  gave_up: "failed",
  reclaimed: "released",
  rate_limited: "released",
  protocol_violation: "failed",
};

/** Everything that is written to `task_events.kind`. */
export const eventKinds = [
  "created",
  "promoted",
  "claimed",
  "claim_extended",
  "claim_rejected",
  "spawned",
  "heartbeat",
  "completed",
  "blocked",
  "block_loop_detected",
  "dependency_wait",
  "unblocked",
  "archived",
  "assigned",
  "reprioritized",
  "model_override_set",
  "scheduled",
  "edited",
  "status",
  "reclaimed",
  "crashed",
  "timed_out",
  "spawn_failed",
  "protocol_violation",
  "rate_limited",
  "gave_up",
  "commented",
  "linked",
  "unlinked",
  "specified",
  "decomposed",
  "plan_proposed",
  "plan_edited",
  "plan_discarded",
  "attached",
  "attachment_removed",
  "write_refused",
  "goal_judged",
  "completion_blocked_hallucination",
  "suspected_hallucinated_references",
] as const;
export type EventKind = (typeof eventKinds)[number];

export const workspaceKinds = ["scratch", "dir", "worktree"] as const;
export type WorkspaceKind = (typeof workspaceKinds)[number];

/** Why a worker stopped and waits for somebody. */
export const blockKinds = ["dependency", "needs_input", "capability", "transient"] as const;
export type BlockKind = (typeof blockKinds)[number];

/** Narrows free text from a row or a request. */
export function isStatus(text: string): text is Status {
  return (statuses as readonly string[]).includes(text);
}
