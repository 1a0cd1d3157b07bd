// Owns: the rule that keeps tasks whose budget is used up from being started. Pure.

import type { Budget } from "../../kernel/budget.ts";
import { nextDay } from "../../kernel/budget.ts";

/** Ids listed in a report at most. */
const listed = 100;

/** Seconds between looks while the day's budget is used up: its limit is in a file that wakes nobody. */
const lookAgainSeconds = 10;

/** Tasks by whether a budget keeps them. */
export interface Budgeted<Task> {
  within: Task[];
  /** Ids of those that wait for a budget, the first of them. */
  over: string[];
}

/**
 * Leaves out the candidates that a budget keeps.
 *
 * @param overBudget ids of all tasks that were found to have none left
 */
export function withinBudget<Task extends { id: string }>(
  candidates: readonly Task[],
  overBudget: readonly string[],
): Budgeted<Task> {
  const stopped = new Set(overBudget);
  return {
    within: candidates.filter(({ id }) => !stopped.has(id)),
    over: [...stopped].slice(0, listed),
  };
}

/** When a used-up budget may have room again although nothing happens on the board; null = never. */
export function budgetDeadline(
  usedUp: readonly Budget[],
  overBudget: readonly string[],
  now: number,
): number | null {
  const isDay = usedUp.some(({ taskId }) => taskId === null);
  return isDay && overBudget.length > 0 ? Math.min(now + lookAgainSeconds, nextDay(now)) : null;
}
