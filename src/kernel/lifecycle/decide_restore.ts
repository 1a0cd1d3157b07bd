// Owns: taking back what a person did to a task. Pure.

import type { Command } from "./commands.ts";
import type { Decision, FollowUp, Snapshot } from "./decision.ts";
import { isSatisfied } from "./guards.ts";

/**
 * The task is again as it was before. What the board has learned since then still holds: a task whose
 * parents were opened meanwhile waits, and one whose parents are all done by now does not.
 */
export function decideRestore(
  { task, openParents }: Snapshot,
  { state, unwaive, undo }: Extract<Command, { type: "restore" }>,
): Decision {
  const waits = state.status === "ready" && openParents.length > 0;
  const status = waits ? "todo" : state.status;
  const followUps: FollowUp[] = [];
  if (unwaive.length > 0) followUps.push({ type: "unwaive_parents", parents: unwaive });
  if (isSatisfied(task) && !isSatisfied(state)) followUps.push({ type: "demote_children" });
  if (!isSatisfied(task) && isSatisfied(state)) followUps.push({ type: "promote_children" });
  if (status === "todo" && state.held === 0) followUps.push({ type: "promote_self" });
  return {
    ok: true,
    change: {
      patch: { ...state, status },
      event: { kind: "status", payload: { status, undo } },
      run: { type: "none" },
      followUps,
    },
  };
}
