// Owns: telling the operator once that a budget is used up, and once that it has room again.

import type { Log } from "../base/log.ts";
import { formatUsd } from "../base/money.ts";
import type { Budget } from "../kernel/budget.ts";

/** Remembers which used-up budgets were told. */
export class BudgetWatch {
  readonly #told = new Set<string>();

  /** Notes what one pass found; only what is new is logged. */
  note(usedUp: readonly Budget[], waiting: number, log: Log): void {
    const now = new Set(usedUp.map(keyOf));
    for (const key of this.#told) if (!now.has(key)) this.#told.delete(key);
    if (waiting === 0) return;
    for (const budget of usedUp) {
      if (this.#told.has(keyOf(budget))) continue;
      this.#told.add(keyOf(budget));
      const spent = formatUsd(budget.spentUsd);
      const limit = formatUsd(budget.limitUsd);
      if (budget.taskId === null) {
        log.warn("the day's budget is used up: no worker is started until 00:00 UTC", {
          spent,
          max_cost_per_day: limit,
        });
      } else {
        log.warn("a budget is used up: its tasks wait", {
          task: budget.taskId,
          spent,
          budget: limit,
          remedy: `hermes kanban edit ${budget.taskId} --max-cost <dollars>`,
        });
      }
    }
  }
}

/** A day's budget that is raised and used up again is told again; so is a task's. */
function keyOf({ taskId, limitUsd }: Budget): string {
  return `${taskId ?? ""} ${limitUsd}`;
}
