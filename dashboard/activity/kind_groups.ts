// Owns: which events belong together when one narrows the feed. Every kind has its place here.

import type { EventKind } from "../../src/kernel/model/status.ts";

export const groupNames = {
  attempts: "Work",
  results: "Results",
  trouble: "Trouble",
  planning: "Planning",
  words: "Comments and files",
  changes: "Changes",
} as const;

export type KindGroup = keyof typeof groupNames;

/** `null`: a sign of life, which the feed leaves out. */
const groupOf: Readonly<Record<EventKind, KindGroup | null>> = {
  created: "planning",
  promoted: "changes",
  claimed: "attempts",
  claim_extended: null,
  claim_rejected: "attempts",
  spawned: "attempts",
  heartbeat: null,
  completed: "results",
  blocked: "trouble",
  block_loop_detected: "trouble",
  dependency_wait: "attempts",
  unblocked: "changes",
  archived: "changes",
  assigned: "changes",
  reprioritized: "changes",
  model_override_set: "changes",
  scheduled: "changes",
  edited: "changes",
  status: "changes",
  reclaimed: "attempts",
  crashed: "trouble",
  timed_out: "trouble",
  spawn_failed: "trouble",
  protocol_violation: "trouble",
  rate_limited: "attempts",
  gave_up: "trouble",
  commented: "words",
  linked: "changes",
  unlinked: "changes",
  specified: "planning",
  decomposed: "planning",
  plan_proposed: "planning",
  plan_edited: "planning",
  plan_discarded: "planning",
  attached: "words",
  attachment_removed: "words",
  write_refused: "trouble",
  goal_judged: "results",
  completion_blocked_hallucination: "trouble",
  suspected_hallucinated_references: "trouble",
};

export function isGroup(word: string): word is KindGroup {
  return Object.hasOwn(groupNames, word);
}

/** The kinds of a group, as the server takes them. */
export function kindsOf(group: KindGroup): string {
  return Object.entries(groupOf).filter(([, its]) => its === group).map(([kind]) => kind).join(",");
}

/** Whether an event is shown when `group` is chosen; null chooses everything. */
export function belongs(kind: string, group: KindGroup | null): boolean {
  const its = groupOf[kind as EventKind];
  if (its === null) return false;
  return group === null || its === group;
}
