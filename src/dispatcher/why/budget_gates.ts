// Owns: what budgets mean for a task: the gates of those used up, and how much is left of the others. Pure.

import { formatDuration } from "../../base/duration.ts";
import { formatUsd } from "../../base/money.ts";
import { plural } from "../../base/text.ts";
import { type CountedBudget, isUsedUp, nextDay } from "../../kernel/budget.ts";
import type { Gate, WhyFacts } from "./gate.ts";

/** A gate for each budget that has nothing left. */
export function budgetGates(facts: WhyFacts): Gate[] {
  return [
    ...facts.money.budgets.filter(isUsedUp).map((budget) => taskGate(facts, budget)),
    ...dayGates(facts),
  ];
}

/** The gate of the board's day, which keeps the planner too. */
export function dayGates(facts: WhyFacts): Gate[] {
  const { day } = facts.money;
  return day !== null && isUsedUp(day) ? [dayGate(facts, day)] : [];
}

/** One sentence for each budget that has something left; a person may count on one that cannot count. */
export function budgetNotes({ task, money: { budgets, day } }: WhyFacts): string[] {
  return [...budgets, ...(day === null ? [] : [day])]
    .filter((budget) => !isUsedUp(budget))
    .map((budget) => `${nameOf(budget, task.id)}: ${spentOf(budget)} spent${blindSpot(budget)}.`);
}

function taskGate({ task }: WhyFacts, budget: CountedBudget): Gate {
  return {
    gate: "over_budget",
    owner: "limit",
    owner_name: `budget of ${budget.taskId}`,
    text: `${nameOf(budget, task.id)} is used up: ${spentOf(budget)} spent${blindSpot(budget)}.`,
    remedy: `hermes kanban edit ${budget.taskId} --max-cost ${suggestion(budget)}`,
    next_look: "as soon as the budget is raised",
    next_look_at: null,
  };
}

function dayGate({ now }: WhyFacts, budget: CountedBudget): Gate {
  return {
    gate: "over_day_budget",
    owner: "limit",
    owner_name: "kanban.max_cost_per_day",
    text: `The board's budget for today (UTC) is used up: ${spentOf(budget)} spent` +
      `${blindSpot(budget)}.`,
    remedy: null,
    next_look: `at 00:00 UTC, in ${formatDuration(nextDay(now) - now)}, or when ` +
      "kanban.max_cost_per_day is raised",
    next_look_at: nextDay(now),
  };
}

function nameOf({ taskId }: CountedBudget, own: string): string {
  if (taskId === null) return "The board's budget for today (UTC)";
  return taskId === own ? "Its budget" : `The budget of ${taskId}, which it came out of,`;
}

function spentOf({ spentUsd, limitUsd, unknownRuns }: CountedBudget): string {
  return `${unknownRuns > 0 ? "≥ " : ""}${formatUsd(spentUsd)} of ${formatUsd(limitUsd)}`;
}

/** What a budget cannot see. */
function blindSpot({ unknownRuns }: CountedBudget): string {
  if (unknownRuns === 0) return "";
  return `; ${plural(unknownRuns, "run")} of unknown cost ${
    unknownRuns === 1 ? "does" : "do"
  } not count`;
}

/** Twice the limit, or what is spent and as much again as the limit: something that lets the task go on. */
function suggestion({ spentUsd, limitUsd }: CountedBudget): string {
  const cents = (Math.max(spentUsd, limitUsd) + limitUsd) * 100;
  return (Math.ceil(Number(cents.toFixed(6))) / 100).toFixed(2);
}
