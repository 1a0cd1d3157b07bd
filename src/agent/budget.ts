// Owns: ending a run, between two turns, whose budget is used up.

import { formatUsd } from "../base/money.ts";

/** A budget above a run that has nothing left. */
export interface UsedUp {
  /** The task that has the budget: that of the run, or one that came before it. */
  task_id: string;
  /** US dollars. */
  limit_usd: number;
  spent_usd: number;
}

/** Remembers what the board says about the money, and blocks the task when none is left. */
export class BudgetStop {
  readonly #taskId: string;
  readonly #block: (reason: string) => Promise<void>;
  #usedUp: UsedUp | null = null;

  /** @param block hands the task back to a person. */
  constructor(taskId: string, block: (reason: string) => Promise<void>) {
    this.#taskId = taskId;
    this.#block = block;
  }

  /** Notes what the board answered to the latest figures. */
  note(usedUp: UsedUp | null): void {
    this.#usedUp = usedUp;
  }

  /** Asked after every turn that left the task open: true when the run is over for want of money. */
  async ends(): Promise<boolean> {
    if (this.#usedUp === null) return false;
    await this.#block(wantOfMoney(this.#usedUp, this.#taskId));
    return true;
  }
}

function wantOfMoney({ task_id, limit_usd, spent_usd }: UsedUp, own: string): string {
  const whose = task_id === own ? "" : ` (the budget of ${task_id} and all that came out of it)`;
  return `budget used: ${formatUsd(spent_usd)} of ${formatUsd(limit_usd)}${whose}. ` +
    `Give it more with: hermes kanban edit ${task_id} --max-cost <dollars>`;
}
