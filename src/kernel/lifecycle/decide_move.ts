// Owns: blocking, and the moves people make by hand. Pure.

import type { Command } from "./commands.ts";
import type { Decision, FollowUp, Policy, RunEffect, Snapshot } from "./decision.ts";
import { released } from "./released.ts";

/**
 * An explicit block. A task that depends on others which are linked and still open waits for them in todo;
 * without such a parent nothing would wake it, so it is blocked like any other. The same kind of block again
 * after an unblock, `blockRecurrenceLimit` times in all, sends the task back to triage and marks it so that
 * it is not decomposed automatically.
 */
export function decideBlock(
  { task, run, openParents }: Snapshot,
  command: Extract<Command, { type: "block" }>,
  policy: Policy,
  now: number,
): Decision {
  const { reason, kind } = command;
  const waits = kind === "dependency" && openParents.length > 0;
  const recurrences = kind === null
    ? task.block_recurrences
    : kind === task.block_kind
    ? task.block_recurrences + 1
    : 1;
  const loops = kind !== null && recurrences >= policy.blockRecurrenceLimit;
  const effect: RunEffect = run
    ? { type: "close", outcome: "blocked", patch: { ended_at: now, summary: reason } }
    : reason === null
    ? { type: "none" }
    : {
      type: "synthesize",
      outcome: "blocked",
      run: {
        profile: task.assignee,
        status: "blocked",
        started_at: now,
        ended_at: now,
        summary: reason,
      },
    };
  if (waits) {
    const parents = openParents.map((parent) => parent.id);
    return {
      ok: true,
      change: {
        patch: { ...released, status: "todo", held: 0 },
        event: { kind: "dependency_wait", payload: { reason, parents } },
        run: effect,
        followUps: [],
      },
    };
  }
  return {
    ok: true,
    change: {
      patch: {
        ...released,
        status: loops ? "triage" : "blocked",
        ...(kind === null ? {} : { block_kind: kind, block_recurrences: recurrences }),
        ...(loops ? { loop_guard: 1 } : {}),
      },
      event: loops
        ? { kind: "block_loop_detected", payload: { reason, kind, recurrences } }
        : { kind: "blocked", payload: { reason, ...(kind === null ? {} : { kind }) } },
      run: effect,
      followUps: [],
    },
  };
}

/**
 * A direct status write. Moving off running closes the attempt; moving to todo parks the task; moving to
 * ready over open parents waives them, since a person asked for it; leaving done or archived reopens.
 */
export function decideMove(
  snapshot: Snapshot,
  command: Extract<Command, { type: "move" }>,
  now: number,
): Decision {
  const { task, run, openParents } = snapshot;
  if (task.status === command.to) {
    return { ok: true, change: { patch: {}, event: null, run: { type: "none" }, followUps: [] } };
  }
  const waived = command.to === "ready" ? openParents.map((parent) => parent.id) : [];
  const wasCompleted = task.completed_at !== null;
  const followUps: FollowUp[] = [];
  if (waived.length > 0) followUps.push({ type: "waive_parents", parents: waived });
  if (wasCompleted) followUps.push({ type: "demote_children" });
  return {
    ok: true,
    change: {
      patch: {
        ...released,
        status: command.to,
        held: command.to === "todo" ? 1 : 0,
        completed_at: null,
        ...(command.to === "ready" ? { not_before: null } : {}),
      },
      event: {
        kind: "status",
        payload: {
          status: command.to,
          ...(waived.length > 0 ? { waived_parents: waived } : {}),
        },
      },
      run: run
        ? {
          type: "close",
          outcome: "reclaimed",
          patch: { ended_at: now, error: `task moved to ${command.to}` },
        }
        : { type: "none" },
      followUps,
    },
  };
}

/**
 * Back from the archive. A completed task is done again; any other is parked in todo, so that nothing
 * starts by itself that lay aside for long.
 */
export function decideUnarchive({ task }: Snapshot): Decision {
  const status = task.completed_at === null ? "todo" : "done";
  return {
    ok: true,
    change: {
      patch: { status, held: status === "todo" ? 1 : 0 },
      event: { kind: "status", payload: { status } },
      run: { type: "none" },
      followUps: [],
    },
  };
}
