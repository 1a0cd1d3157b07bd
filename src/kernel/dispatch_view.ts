// Owns: what a dispatcher needs to know of a board, read in one transaction with index lookups only.

import { type Board, read } from "./board.ts";
import { type Budget, BudgetGate } from "./budget.ts";
import type { ReadTx } from "./engine/port.ts";
import type { RunRow, TaskRow } from "./model/rows.ts";
import { findPromotable } from "./promote.ts";
import { sql as events } from "./queries/events.ts";
import { runById } from "./queries/runs.ts";
import { sql as tasks, taskById } from "./queries/tasks.ts";

/** Ids listed in a report bucket at most; the rest shows up once these have moved. */
const bucketSize = 100;

/** Ready tasks read at once while looking for one that no budget keeps. */
const longestPage = 1000;

/** A running task with its open run; `run` is null only on files that another program left inconsistent. */
export interface RunningTask {
  task: TaskRow;
  run: RunRow | null;
}

export interface DispatchView {
  running: RunningTask[];
  /** Waiting tasks that nothing keeps any more. */
  promotable: TaskRow[];
  /** Ready tasks of known profiles in board order, at most `limit` per profile. */
  ready: TaskRow[];
  /** Ready tasks nobody is assigned to. */
  unassigned: string[];
  /** Ready tasks whose assignee is no profile: people and foreign programs own those. */
  nonspawnable: string[];
  /** Ready and waiting tasks whose budget, or that of the day, is used up; they are not among `ready`. */
  overBudget: string[];
  /** The budgets that are used up. */
  usedUp: Budget[];
  /** The earliest second at which a ready task that waits for a time becomes due; null when none does. */
  nextDue: number | null;
}

/**
 * Reads the view. `profiles` are the names that can be started; `limit` bounds candidates per profile;
 * `dayLimitUsd` is what the board may cost in a day, 0 = no limit.
 */
export function dispatchView(
  board: Board,
  profiles: readonly string[],
  limit: number,
  dayLimitUsd = 0,
): Promise<DispatchView> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const running: RunningTask[] = [];
    for (const task of await tx.all<TaskRow>(tasks.running)) {
      const run = task.current_run_id === null ? undefined : await runById(tx, task.current_run_id);
      running.push({ task, run: run ?? null });
    }
    const promotable = await rowsOf(tx, (await findPromotable(tx)).ids);
    const gate = await BudgetGate.open(tx, dayLimitUsd, now);
    const overBudget: string[] = [];
    for (const task of promotable) if (!await gate.lets(task)) overBudget.push(task.id);
    const known = new Set(profiles);
    const ready: TaskRow[] = [];
    const nonspawnable: string[] = [];
    for (const { value } of await tx.all<{ value: string }>(tasks.readyAssignees)) {
      if (known.has(value)) {
        const found = await startable(tx, gate, value, now, limit);
        ready.push(...found.ready);
        overBudget.push(...found.overBudget);
      } else if (nonspawnable.length < bucketSize) {
        const room = bucketSize - nonspawnable.length;
        const rows = await tx.all<{ id: string }>(tasks.readyIdsFor, [value, room]);
        nonspawnable.push(...rows.map((row) => row.id));
      }
    }
    // Other programs write an empty name for nobody.
    const unassigned = [
      ...await tx.all<{ id: string }>(tasks.readyUnassigned, [bucketSize]),
      ...await tx.all<{ id: string }>(tasks.readyIdsFor, ["", bucketSize]),
    ];
    const due = await tx.get<{ at: number | null }>(tasks.nextWait, [now]);
    return {
      running,
      promotable,
      ready: ready.sort(inBoardOrder),
      unassigned: unassigned.map((row) => row.id),
      nonspawnable,
      overBudget,
      usedUp: gate.usedUp,
      nextDue: due?.at ?? null,
    };
  });
}

/**
 * The first `limit` ready tasks of a profile that no budget keeps, and those among them that one keeps: tasks
 * that cannot start take nobody's place.
 */
async function startable(
  tx: ReadTx,
  gate: BudgetGate,
  profile: string,
  now: number,
  limit: number,
): Promise<{ ready: TaskRow[]; overBudget: string[] }> {
  const ready: TaskRow[] = [];
  const overBudget: string[] = [];
  let [offset, page] = [0, limit];
  while (ready.length < limit) {
    const rows = await tx.all<TaskRow>(tasks.readyFor, [profile, now, page, offset]);
    for (const row of rows) {
      if (!await gate.lets(row)) overBudget.push(row.id);
      else if (ready.length < limit) ready.push(row);
    }
    // Nothing starts on such a day: one page names the first in line.
    if (rows.length < page || gate.stopsAll) break;
    offset += page;
    page = Math.min(page * 4, longestPage);
  }
  return { ready, overBudget };
}

/** Board order: priority descending, then age, then id. */
export function inBoardOrder(a: TaskRow, b: TaskRow): number {
  return b.priority - a.priority || a.created_at - b.created_at || (a.id < b.id ? -1 : 1);
}

/** Whether a task is the root of a decomposition. */
export function isDecomposedRoot(board: Board, taskId: string): Promise<boolean> {
  return read(board, async (tx) => await tx.get(events.decomposedOf, [taskId]) !== undefined);
}

async function rowsOf(tx: ReadTx, ids: readonly string[]): Promise<TaskRow[]> {
  const rows = await Promise.all(ids.map((id) => taskById(tx, id)));
  return rows.filter((row) => row !== undefined);
}
