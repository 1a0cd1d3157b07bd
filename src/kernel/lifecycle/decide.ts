// Owns: what a command does to a task. Pure: values in, a change or a refusal out.

import { firstLine } from "../../base/text.ts";
import type { Command } from "./commands.ts";
import type { Change, Decision, Policy, RunEffect, Snapshot } from "./decision.ts";
import { decideFailure } from "./decide_failure.ts";
import { decideBlock, decideMove, decideUnarchive } from "./decide_move.ts";
import { decideRestore } from "./decide_restore.ts";
import { nameParents, refuseStatus } from "./guards.ts";
import { released } from "./released.ts";
import { transitions } from "./transitions.ts";

const nothing: RunEffect = { type: "none" };

/** Decides `command` at time `now` (epoch seconds). */
export function decide(
  snapshot: Snapshot,
  command: Command,
  policy: Policy,
  now: number,
): Decision {
  const { task, run } = snapshot;
  const refusal = refuseStatus(task, command);
  if (refusal) return { ok: false, refusal };
  switch (command.type) {
    case "claim":
      return decideClaim(snapshot, command, now);
    case "extend":
      if (task.claim_lock !== command.lock) {
        return refuse(`Cannot extend the claim on task "${task.id}": ${task.claim_lock} holds it`);
      }
      return touch(
        run,
        { claim_expires: now + command.ttlSeconds },
        { claim_expires: now + command.ttlSeconds },
        { kind: "claim_extended", payload: { expires: now + command.ttlSeconds } },
      );
    case "spawned": {
      const { pid, start, boot } = command.process;
      return touch(
        run,
        { worker_pid: pid },
        { worker_pid: pid, worker_start: start, worker_boot: boot },
        { kind: "spawned", payload: { pid } },
      );
    }
    case "heartbeat":
      return touch(
        run,
        { last_heartbeat_at: now },
        { last_heartbeat_at: now },
        { kind: "heartbeat", payload: command.note === null ? null : { note: command.note } },
      );
    case "complete":
      return decideComplete(snapshot, command, now);
    case "block":
      return decideBlock(snapshot, command, policy, now);
    case "unblock":
      return accept({
        patch: {
          ...released,
          status: snapshot.openParents.length > 0 ? "todo" : "ready",
          held: 0,
          ...(command.byHuman ? { consecutive_failures: 0, last_failure_error: null } : {}),
        },
        event: { kind: "unblocked", payload: null },
        run: closeIfOpen(snapshot, "unblocked", now),
        followUps: [],
      });
    case "archive":
      return accept({
        patch: { ...released, status: "archived" },
        event: { kind: "archived", payload: null },
        run: closeIfOpen(snapshot, "archived", now),
        followUps: [],
      });
    case "unarchive":
      return decideUnarchive(snapshot);
    case "reclaim":
      return accept({
        patch: { ...released, status: "ready" },
        event: {
          kind: "reclaimed",
          payload: {
            stale_lock: task.claim_lock,
            ...(command.reason ? { reason: command.reason } : {}),
          },
        },
        run: run
          ? { type: "close", outcome: "reclaimed", patch: { ended_at: now, error: command.reason } }
          : nothing,
        followUps: [],
      });
    case "spawn_failed":
    case "crash":
    case "time_out":
    case "protocol_violation":
    case "rate_limit":
      return decideFailure(snapshot, command, policy, now);
    case "assign":
      if (task.status === "running") {
        return refuse(
          `Cannot assign task "${task.id}": it is currently running`,
          "Wait for the run to end, or take the claim away first.",
        );
      }
      if (task.assignee === command.assignee) return unchanged();
      return plain({ assignee: command.assignee }, "assigned", { assignee: command.assignee });
    case "reprioritize":
      if (task.priority === command.priority) return unchanged();
      return plain({ priority: command.priority }, "reprioritized", { priority: command.priority });
    case "schedule":
      if (task.not_before === command.at) return unchanged();
      return plain({ not_before: command.at }, "scheduled", { at: command.at });
    case "judge":
      return touch(run, {}, {}, {
        kind: "goal_judged",
        payload: { passed: command.passed, reason: command.reason },
      });
    case "set_model": {
      const { model, provider } = command;
      if (task.model_override === model && task.provider_override === provider) return unchanged();
      return plain(
        { model_override: model, provider_override: provider },
        "model_override_set",
        { model, provider },
      );
    }
    case "edit":
      return decideEdit(snapshot, command);
    case "move":
      return decideMove(snapshot, command, now);
    case "restore":
      return decideRestore(snapshot, command);
    case "promote":
      if (snapshot.openParents.length > 0) {
        return refuse(
          `Cannot promote task "${task.id}": it waits for ${nameParents(snapshot.openParents)}`,
        );
      }
      return plain({ status: "ready", held: 0 }, "promoted", null);
    case "demote":
      return plain({ status: "todo" }, "status", {
        status: "todo",
        reason: command.reason,
        parent: command.parent,
      });
    case "specify": {
      const fields = (["title", "body", "assignee"] as const).filter((field) =>
        command[field] !== null && command[field] !== task[field]
      );
      return accept({
        patch: {
          status: "todo",
          ...Object.fromEntries(fields.map((field) => [field, command[field]])),
        },
        event: {
          kind: "specified",
          payload: fields.length > 0 ? { changed_fields: fields } : null,
        },
        run: nothing,
        followUps: [{ type: "promote_self" }],
      });
    }
    case "decompose":
      return accept({
        patch: { status: "todo", assignee: command.assignee },
        event: {
          kind: "decomposed",
          payload: { child_ids: command.childIds, root_assignee: command.assignee },
        },
        run: nothing,
        followUps: [],
      });
  }
}

function decideClaim(
  snapshot: Snapshot,
  command: Extract<Command, { type: "claim" }>,
  now: number,
): Decision {
  const { task, openParents } = snapshot;
  if (task.claim_lock !== null) {
    return refuse(`Cannot claim task "${task.id}": ${task.claim_lock} holds it`);
  }
  if (openParents.length > 0) {
    return {
      ok: false,
      refusal: {
        code: "refused",
        message: `Cannot claim task "${task.id}": it waits for ${nameParents(openParents)}`,
        details: { parents: openParents.map((parent) => parent.id) },
        instead: {
          patch: { status: "todo" },
          event: {
            kind: "claim_rejected",
            payload: {
              reason: "parents_not_done",
              parents: openParents.map((parent) => parent.id),
            },
          },
          run: nothing,
          followUps: [],
        },
      },
    };
  }
  const expires = command.ttlSeconds === null ? null : now + command.ttlSeconds;
  return accept({
    patch: {
      status: "running",
      claim_lock: command.lock,
      claim_expires: expires,
      worker_pid: null,
      last_heartbeat_at: null,
      not_before: null,
      held: 0,
      ...(task.started_at === null ? { started_at: now } : {}),
    },
    event: { kind: "claimed", payload: { lock: command.lock, expires } },
    run: {
      type: "open",
      closeDangling: task.current_run_id,
      run: {
        profile: task.assignee,
        step_key: task.current_step_key,
        status: "running",
        claim_lock: command.lock,
        claim_expires: expires,
        lane: command.lane,
        max_runtime_seconds: task.max_runtime_seconds,
        started_at: now,
      },
    },
    followUps: [],
  });
}

function decideComplete(
  snapshot: Snapshot,
  command: Extract<Command, { type: "complete" }>,
  now: number,
): Decision {
  const { task, run } = snapshot;
  const summary = command.summary ?? command.result;
  const metadata = command.metadata === null ? null : JSON.stringify(command.metadata);
  const handsOver = summary !== null || metadata !== null;
  return accept({
    patch: {
      ...released,
      status: "done",
      completed_at: now,
      held: 0,
      consecutive_failures: 0,
      last_failure_error: null,
      block_kind: null,
      block_recurrences: 0,
      loop_guard: 0,
      ...(command.result === null ? {} : { result: command.result }),
    },
    event: {
      kind: "completed",
      payload: {
        result_len: command.result?.length ?? 0,
        summary: firstLine(summary),
        ...command.evidence,
      },
    },
    run: run
      ? { type: "close", outcome: "completed", patch: { ended_at: now, summary, metadata } }
      : handsOver
      ? {
        type: "synthesize",
        outcome: "completed",
        run: {
          profile: task.assignee,
          status: "done",
          started_at: now,
          ended_at: now,
          summary,
          metadata,
        },
      }
      : nothing,
    followUps: [{ type: "promote_children" }],
  });
}

function decideEdit(
  { task }: Snapshot,
  command: Extract<Command, { type: "edit" }>,
): Decision {
  const title = command.title?.trim();
  if (title === "") {
    const message = `Cannot edit task "${task.id}": title is required`;
    return { ok: false, refusal: { code: "invalid", message } };
  }
  const { body, result, max_cost_usd } = command;
  const wanted = { title, body, result, max_cost_usd };
  const fields = (["title", "body", "result", "max_cost_usd"] as const).filter((field) =>
    wanted[field] !== undefined && wanted[field] !== task[field]
  );
  if (fields.length === 0) return unchanged();
  return plain(
    Object.fromEntries(fields.map((field) => [field, wanted[field]])),
    "edited",
    { fields },
  );
}

function closeIfOpen({ run }: Snapshot, why: string, now: number): RunEffect {
  if (!run) return nothing;
  return { type: "close", outcome: "reclaimed", patch: { ended_at: now, error: `task ${why}` } };
}

/** A foreign program may have left a running task without an open run: its row alone changes then. */
function touch(
  run: Snapshot["run"],
  patch: Change["patch"],
  runPatch: Extract<RunEffect, { type: "touch" }>["patch"],
  event: Change["event"],
): Decision {
  return accept({
    patch,
    event,
    run: run ? { type: "touch", patch: runPatch } : nothing,
    followUps: [],
  });
}

function plain(
  patch: Change["patch"],
  kind: NonNullable<Change["event"]>["kind"],
  payload: Record<string, unknown> | null,
): Decision {
  return accept({ patch, event: { kind, payload }, run: nothing, followUps: [] });
}

/** The task already is what was asked for: nothing is written. */
function unchanged(): Decision {
  return accept({ patch: {}, event: null, run: nothing, followUps: [] });
}

function accept(change: Change): Decision {
  return { ok: true, change };
}

function refuse(message: string, remedy?: string): Decision {
  return { ok: false, refusal: { code: "refused", message, remedy } };
}

/** Commands whose table entry asks for the parents. */
export function needsParents(command: Command): boolean {
  return transitions[command.type].needsParents === true;
}
