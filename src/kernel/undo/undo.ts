// Owns: taking back what people did, through the same commands that everything else goes through.

import { HermesError } from "../../base/errors.ts";
import { type Board, read, write } from "../board.ts";
import type { ReadTx, WriteTx } from "../engine/port.ts";
import { linkIn, unlinkIn } from "../graph.ts";
import { type Applied, apply, type ApplyEnv, refusalError } from "../lifecycle/apply.ts";
import type { Command } from "../lifecycle/commands.ts";
import type { TaskRow } from "../model/rows.ts";
import { childrenOf, linkBetween, sql as links } from "../queries/links.ts";
import { taskById } from "../queries/tasks.ts";
import { actionById, type ActionRow, newestActions, sql } from "../queries/undo.ts";
import { changedSince, describeStep, type Inverse, movedOn, type Step } from "./inverse.ts";
import { markOf } from "./remember.ts";

/** Something a person did, as shown to people. */
export interface Action {
  /** Grows with every action of the board. */
  id: number;
  task_id: string;
  title: string;
  person: string;
  verb: string;
  /** What changed, in a few words. */
  what: string;
  done_at: number;
  /** Why it cannot be undone now; null when it can. */
  obstacle: string | null;
}

/** The last actions of people that were not undone, newest first, each judged against the board as it is. */
export function listActions(board: Board, limit: number): Promise<Action[]> {
  return read(board, async (tx) => {
    const actions: Action[] = [];
    for (const row of await newestActions(tx, limit)) {
      actions.push(viewAction(row, await obstacleOf(tx, row, inverseOf(row))));
    }
    return actions;
  });
}

/**
 * Undoes the `count` newest actions, or the one with the number `id`; all or none.
 *
 * @returns what was undone, newest first.
 * @throws HermesError `not_found` when there is nothing to undo, `refused` with what stands in the way.
 */
export function undo(
  board: Board,
  which: { count: number } | { id: number },
): Promise<Action[]> {
  return write(board, async (tx, env) => {
    const undone: Action[] = [];
    for (const row of await pick(tx, which)) {
      const inverse = inverseOf(row);
      const obstacle = await obstacleOf(tx, row, inverse);
      if (obstacle !== null) throw cannotUndo(row, obstacle, undone.length > 0);
      for (const step of inverse.steps) await takeBack(tx, env, row.task_id, step);
      await tx.run(sql.markUndone, [env.now, row.id]);
      const title = (await taskById(tx, row.task_id))?.title ?? row.title;
      undone.push(viewAction({ ...row, title }, null));
    }
    return undone;
  });
}

async function pick(
  tx: ReadTx,
  which: { count: number } | { id: number },
): Promise<ActionRow[]> {
  if ("count" in which) {
    const rows = await newestActions(tx, which.count);
    if (rows.length > 0) return rows;
    throw new HermesError("not_found", "Cannot undo: nothing was done that is remembered");
  }
  const row = await actionById(tx, which.id);
  if (row && row.undone_at === null) return [row];
  const reason = row ? "it was undone already" : "no such action";
  throw new HermesError("not_found", `Cannot undo action ${which.id}: ${reason}`, {
    remedy: "See what can be undone with: hermes kanban undo --list",
  });
}

function cannotUndo(row: ActionRow, obstacle: string, others: boolean): HermesError {
  return new HermesError(
    "refused",
    `Cannot undo action ${row.id} (${row.verb} ${row.task_id}): ${obstacle}`,
    {
      remedy: `${others ? "Nothing was undone. " : ""}` +
        "An earlier action can be undone by its number, see: hermes kanban undo --list",
      details: { action: row.id, task_id: row.task_id },
    },
  );
}

/** Why the action cannot be undone on the board as it is, or null. */
async function obstacleOf(
  tx: ReadTx,
  row: ActionRow,
  inverse: Inverse,
): Promise<string | null> {
  if (inverse.obstacle !== null) return inverse.obstacle;
  const task = await taskById(tx, row.task_id);
  if (!task) return `${row.task_id} is gone`;
  for (const step of inverse.steps) {
    const reason = changedSince(step, task) ?? await standsInTheWay(tx, task, step, inverse);
    if (reason !== null) return reason;
  }
  return null;
}

async function standsInTheWay(
  tx: ReadTx,
  task: TaskRow,
  step: Step,
  { after }: Inverse,
): Promise<string | null> {
  switch (step.type) {
    case "restore":
      return await anyMovedOn(tx, after, false);
    case "archive": {
      const waiting = (await childrenOf(tx, task.id)).find(({ status }) => status !== "archived");
      return waiting ? `${waiting.id} waits for it` : await anyMovedOn(tx, after, true);
    }
    case "unlink":
      return await linkBetween(tx, step.parent, task.id) ? null : "the link is gone already";
    case "link":
      if (await linkBetween(tx, step.parent, task.id)) return "the link is there again";
      return await anyMovedOn(tx, after, true);
    case "assign":
      return task.status === "running" ? "it is currently running" : null;
    default:
      return null;
  }
}

async function anyMovedOn(
  tx: ReadTx,
  after: Inverse["after"],
  mayBePromoted: boolean,
): Promise<string | null> {
  for (const [id, left] of Object.entries(after)) {
    const reason = movedOn(id, left, await markOf(tx, id), mayBePromoted);
    if (reason !== null) return reason;
  }
  return null;
}

async function takeBack(tx: WriteTx, env: ApplyEnv, taskId: string, step: Step): Promise<void> {
  switch (step.type) {
    case "unlink":
      await unlinkIn(tx, env, step.parent, taskId);
      return;
    case "link":
      await linkAgain(tx, env, step, taskId);
      return;
    default: {
      const applied: Applied = await apply(tx, env, taskId, commandOf(step));
      if (!applied.ok) throw refusalError(applied.refusal);
    }
  }
}

async function linkAgain(
  tx: WriteTx,
  env: ApplyEnv,
  { parent, waived }: Extract<Step, { type: "link" }>,
  taskId: string,
): Promise<void> {
  const before = await taskById(tx, taskId);
  await linkIn(tx, env, parent, taskId, null);
  if (!waived) return;
  await tx.run(links.waive, [parent, taskId]);
  if (before?.status === "ready") await apply(tx, env, taskId, { type: "promote" });
}

function commandOf(step: Exclude<Step, { type: "link" | "unlink" }>): Command {
  switch (step.type) {
    case "edit":
      return { type: "edit", ...step.from };
    case "reprioritize":
      return { type: "reprioritize", priority: step.from };
    case "assign":
      return { type: "assign", assignee: step.from };
    case "schedule":
      return { type: "schedule", at: step.from };
    case "set_model": {
      const { model_override: model, provider_override: provider } = step.from;
      return { type: "set_model", model, provider };
    }
    case "archive":
      return { type: "archive" };
    case "restore":
      return { type: "restore", state: step.from, unwaive: step.unwaive, undo: step.undo };
  }
}

function inverseOf(row: ActionRow): Inverse {
  return JSON.parse(row.inverse) as Inverse;
}

function viewAction(row: ActionRow, obstacle: string | null): Action {
  const { id, task_id, title, person, verb, done_at } = row;
  const what = inverseOf(row).steps.map(describeStep).reverse().join(", ") || pastOf(verb);
  return { id, task_id, title: title ?? "", person, verb, what, done_at, obstacle };
}

/** What an action was of which nothing can be taken back. */
function pastOf(verb: string): string {
  return verb === "comment" ? "commented" : `${verb} while it was running`;
}
