// Owns: links between tasks, and what adding or removing one does to the child.

import { HermesError } from "../base/errors.ts";
import { type Board, read, write } from "./board.ts";
import type { WriteTx } from "./engine/port.ts";
import {
  apply,
  type ApplyEnv,
  recordRefusedWrite,
  refusalError,
  unknownTask,
} from "./lifecycle/apply.ts";
import { isSatisfied } from "./lifecycle/guards.ts";
import type { LinkedTask } from "./model/rows.ts";
import { appendEvent } from "./queries/events.ts";
import {
  childrenOf,
  insertLink,
  liesBelow,
  linkBetween,
  parentsOf,
  sql as links,
} from "./queries/links.ts";
import { runById } from "./queries/runs.ts";
import { sql as tasks, taskById, type WaitingTask } from "./queries/tasks.ts";
import { rememberSteps } from "./undo/remember.ts";

/**
 * Makes `childId` wait for `parentId`. A repeated link changes nothing and writes no event; an unsatisfied
 * parent sends a ready child back to todo.
 *
 * @param person who can undo it; null when no person asks.
 * @returns whether a link was added.
 * @throws HermesError `invalid` for a self-link or cycle, `not_found`, `fenced`.
 */
export async function link(
  board: Board,
  parentId: string,
  childId: string,
  fence: number | null = null,
  person: string | null = null,
): Promise<boolean> {
  if (parentId === childId) {
    throw new HermesError("invalid", `Cannot link task "${parentId}" to itself`, {
      remedy: "Name two different tasks: parent first, child second.",
    });
  }
  const added = await write(board, async (tx, env) => {
    const linked = await linkIn(tx, env, parentId, childId, fence);
    if (linked && person !== null) {
      const step = { type: "unlink", parent: parentId } as const;
      await rememberSteps(tx, env, person, "link", childId, step);
    }
    return linked;
  });
  if (added === null) {
    throw new HermesError("fenced", `Cannot link tasks for run ${fence}: that run is closed`, {
      details: { run_id: fence },
    });
  }
  return added;
}

/** {@link link} inside a transaction that is already open; null when the fence is closed. */
export async function linkIn(
  tx: WriteTx,
  env: ApplyEnv,
  parentId: string,
  childId: string,
  fence: number | null,
): Promise<boolean | null> {
  const parent = await taskById(tx, parentId);
  if (!parent) throw refusalError(unknownTask(parentId));
  const child = await taskById(tx, childId);
  if (!child) throw refusalError(unknownTask(childId));
  if (await liesBelow(tx, childId, parentId)) {
    throw new HermesError(
      "invalid",
      `Cannot link "${parentId}" -> "${childId}": that would close a cycle`,
      { remedy: `"${parentId}" already waits for "${childId}".` },
    );
  }
  if (fence !== null && !await isOpen(tx, fence)) {
    await recordRefusedWrite(tx, env, childId, fence, "link");
    return null;
  }
  if (!await insertLink(tx, parentId, childId, fence)) return false;
  const payload = { parent: parentId, child: childId };
  await appendEvent(tx, { taskId: childId, runId: null, kind: "linked", payload, at: env.now });
  if (child.status === "ready" && !isSatisfied(parent)) {
    await apply(tx, env, childId, { type: "demote", reason: "parent_open", parent: parentId });
  }
  return true;
}

/** Removes a link; the child is promoted when nothing else keeps it. Returns whether there was one. */
export function unlink(
  board: Board,
  parentId: string,
  childId: string,
  person: string | null = null,
): Promise<boolean> {
  return write(board, async (tx, env) => {
    const waived = (await linkBetween(tx, parentId, childId))?.waived === 1;
    const removed = await unlinkIn(tx, env, parentId, childId);
    if (removed && person !== null) {
      const step = { type: "link", parent: parentId, waived } as const;
      await rememberSteps(tx, env, person, "unlink", childId, step);
    }
    return removed;
  });
}

/** {@link unlink} inside a transaction that is already open. */
export async function unlinkIn(
  tx: WriteTx,
  env: ApplyEnv,
  parentId: string,
  childId: string,
): Promise<boolean> {
  const waiting = await tx.all<WaitingTask>(tasks.waitingChildren, [parentId]);
  const change = await tx.run(links.remove, [parentId, childId]);
  if (change.changes === 0) return false;
  const payload = { parent: parentId, child: childId };
  await appendEvent(tx, { taskId: childId, runId: null, kind: "unlinked", payload, at: env.now });
  const child = waiting.find((task) => task.id === childId);
  if (child && child.held === 0) await apply(tx, env, childId, { type: "promote" });
  return true;
}

/** A task's direct neighbours. */
export function neighbours(
  board: Board,
  id: string,
): Promise<{ parents: LinkedTask[]; children: LinkedTask[] }> {
  return read(board, async (tx) => ({
    parents: await parentsOf(tx, id),
    children: await childrenOf(tx, id),
  }));
}

async function isOpen(tx: Parameters<typeof runById>[0], runId: number): Promise<boolean> {
  const run = await runById(tx, runId);
  return run !== undefined && run.ended_at === null;
}
