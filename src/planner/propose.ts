// Owns: proposing a plan for a triage task, to be looked at before anything is created.

import { HermesError } from "../base/errors.ts";
import { getTask } from "../kernel/detail.ts";
import { keepPlan } from "../kernel/plans.ts";
import type { OpenPlan } from "../kernel/plans.ts";
import { draftPlan } from "./draft.ts";
import type { PlannerDeps } from "./draft.ts";

/** A kept proposal, or why there is none. */
export type ProposeOutcome =
  | { ok: true; reason: ""; plan: OpenPlan }
  | { ok: false; reason: string; plan: null };

/**
 * Asks the model for a plan and keeps it as the task's proposal, in place of an earlier one. Expected
 * failures come back in the outcome and leave an earlier proposal as it is.
 *
 * @throws only the signal's reason when it is aborted, and bugs.
 */
export async function proposeTask(
  deps: PlannerDeps,
  taskId: string,
  author: string,
): Promise<ProposeOutcome> {
  try {
    const task = await getTask(deps.board, taskId);
    const draft = await draftPlan(deps, task);
    if (!draft.ok) return { ok: false, reason: draft.reason, plan: null };
    const plan = await keepPlan(deps.board, taskId, draft.proposal, author);
    return { ok: true, reason: "", plan };
  } catch (thrown) {
    deps.signal?.throwIfAborted();
    if (!(thrown instanceof HermesError)) throw thrown;
    return { ok: false, reason: thrown.message, plan: null };
  }
}
