// Owns: budgets — what a task with all that came out of it may cost, and a board in a day.

import { type Board, read } from "./board.ts";
import type { ReadTx } from "./engine/port.ts";
import type { TaskRow } from "./model/rows.ts";
import { budgetsAbove, hasBudgets, membersOf, spentByGraph, spentSince } from "./queries/budget.ts";
import { totalUsage } from "./queries/usage.ts";

/** A limit and what is spent of it, in US dollars. Unknown costs do not count. */
export interface Budget {
  /** The task that has it; null for the budget of the board's day. */
  taskId: string | null;
  limitUsd: number;
  spentUsd: number;
}

/** A budget, and how many attempts and calls it cannot count. */
export interface CountedBudget extends Budget {
  unknownRuns: number;
}

/** Whether nothing is left. What remains of adding binary fractions is no money. */
export function isUsedUp({ limitUsd, spentUsd }: Budget): boolean {
  return spentUsd >= limitUsd - 1e-9;
}

const secondsPerDay = 86_400;

/** The first second of the day, which is UTC's: the same for every host of a board, and never 23 hours long. */
export function dayStart(now: number): number {
  return now - now % secondsPerDay;
}

/** The first second of the next day. */
export function nextDay(now: number): number {
  return dayStart(now) + secondsPerDay;
}

/** The budget of the board's day; null when it has none. `limitUsd` 0 = none. */
export async function dayBudget(
  tx: ReadTx,
  limitUsd: number,
  now: number,
): Promise<Budget | null> {
  if (limitUsd <= 0) return null;
  return { taskId: null, limitUsd, spentUsd: await spentSince(tx, dayStart(now)) };
}

/** The budgets that one task counts towards, nearest first. */
export async function budgetsOf(tx: ReadTx, taskId: string): Promise<CountedBudget[]> {
  const budgets: CountedBudget[] = [];
  for (const { id, limit_usd } of await budgetsAbove(tx, taskId)) {
    const { cost_usd, unknown_runs } = await totalUsage(tx, { since: 0, taskId: id });
    budgets.push({
      taskId: id,
      limitUsd: limit_usd,
      spentUsd: cost_usd ?? 0,
      unknownRuns: unknown_runs,
    });
  }
  return budgets;
}

/** {@link budgetsOf} in a transaction of its own. */
export function readBudgets(board: Board, taskId: string): Promise<CountedBudget[]> {
  return read(board, (tx) => budgetsOf(tx, taskId));
}

/** Whether the board has used up its day; `limitUsd` 0 = no limit. */
export function isDayUsedUp(board: Board, limitUsd: number): Promise<boolean> {
  return read(board, async (tx) => {
    const budget = await dayBudget(tx, limitUsd, board.clock.now());
    return budget !== null && isUsedUp(budget);
  });
}

/** The budget of the board's day, with what it cannot count; null when there is none. */
export function readDayBudget(board: Board, limitUsd: number): Promise<CountedBudget | null> {
  const now = board.clock.now();
  return read(board, async (tx) => {
    const budget = await dayBudget(tx, limitUsd, now);
    if (budget === null) return null;
    const { unknown_runs } = await totalUsage(tx, { since: dayStart(now), taskId: null });
    return { ...budget, unknownRuns: unknown_runs };
  });
}

/**
 * Tells which tasks may start, within one transaction. Everything is looked up once: a board on which no
 * task has a budget is asked for one row.
 */
export class BudgetGate {
  /** Budgets that were found used up. */
  readonly usedUp: Budget[] = [];
  readonly #tx: ReadTx;
  readonly #day: Budget | null;
  readonly #hasBudgets: boolean;
  readonly #spent = new Map<string, Budget>();
  /** Tasks below a budget that is used up. */
  readonly #stopped = new Set<string>();

  private constructor(tx: ReadTx, day: Budget | null, hasBudgets: boolean) {
    this.#tx = tx;
    this.#day = day;
    this.#hasBudgets = hasBudgets;
    if (day && isUsedUp(day)) this.usedUp.push(day);
  }

  /** @param dayLimitUsd what the board may cost in a day; 0 = no limit. */
  static async open(tx: ReadTx, dayLimitUsd: number, now: number): Promise<BudgetGate> {
    return new BudgetGate(tx, await dayBudget(tx, dayLimitUsd, now), await hasBudgets(tx));
  }

  /** Whether the day's budget keeps every task. */
  get stopsAll(): boolean {
    return this.#day !== null && isUsedUp(this.#day);
  }

  /** Whether a task may start as far as money is concerned. */
  async lets(task: Pick<TaskRow, "id" | "origin_task_id" | "max_cost_usd">): Promise<boolean> {
    if (this.stopsAll) return false;
    if (!this.#hasBudgets) return true;
    if (this.#stopped.has(task.id)) return false;
    if (task.origin_task_id === null && task.max_cost_usd === null) return true;
    for (const { id, limit_usd } of await budgetsAbove(this.#tx, task.id)) {
      if (!isUsedUp(await this.#budget(id, limit_usd))) continue;
      for (const member of await membersOf(this.#tx, id)) this.#stopped.add(member);
      return false;
    }
    return true;
  }

  async #budget(taskId: string, limitUsd: number): Promise<Budget> {
    const known = this.#spent.get(taskId);
    if (known) return known;
    const budget = { taskId, limitUsd, spentUsd: await spentByGraph(this.#tx, taskId) };
    this.#spent.set(taskId, budget);
    if (isUsedUp(budget)) this.usedUp.push(budget);
    return budget;
  }
}
