// Owns: a board brought up to date by what changed on it, without asking for all of it again. Pure.

import type { Board, Card, Changes, Column } from "./shapes.ts";

/** What the board was asked for. */
export interface BoardScope {
  includeArchived: boolean;
}

/** `board` with `changes`; columns in which nothing changed stay the same objects. */
export function applyChanges(board: Board, changes: Changes, scope: BoardScope): Board {
  const { cards, gone, counts, latest_event_id, now } = changes;
  const changed = new Map(cards.map((card) => [card.id, card]));
  const missing = new Set(gone);
  const arrivals = Map.groupBy(cards, ({ status }) => status);
  const columns = board.columns.map((column): Column => {
    const count = counts[column.name] ?? 0;
    const touched = column.tasks.some(({ id }) => changed.has(id) || missing.has(id));
    const come = arrivals.get(column.name) ?? [];
    if (!touched && come.length === 0) {
      return count === column.count ? column : { ...column, count };
    }
    const whole = column.tasks.length >= column.count;
    const stay = column.tasks.filter(({ id }) => !changed.has(id) && !missing.has(id));
    const tasks = [...stay, ...come].sort(orderOf(column.name));
    // Where older ones were left out, what sorts behind them all may belong among those.
    const shown = whole ? tasks : tasks.slice(0, Math.max(column.tasks.length, stay.length));
    return { ...column, tasks: shown, count };
  });
  return {
    ...board,
    columns: scope.includeArchived ? columns : columns.filter(({ name }) => name !== "archived"),
    tenants: withNew(board.tenants, cards.map(({ tenant }) => tenant)),
    assignees: withNew(board.assignees, cards.map(({ assignee }) => assignee)),
    latest_event_id,
    now,
  };
}

/** Whether a change concerns a column that the board does not have, as another program's status. */
export function needsWhole(board: Board, changes: Changes): boolean {
  if (changes.reset) return true;
  const known = new Set(board.columns.map(({ name }) => name));
  return changes.cards.some(({ status }) => !known.has(status) && status !== "archived");
}

/** The cards of a column in the order in which they lie there. */
export function sortColumn(column: Column): Column {
  return { ...column, tasks: column.tasks.toSorted(orderOf(column.name)) };
}

function orderOf(status: string): (a: Card, b: Card) => number {
  return status === "done" || status === "archived" ? byCompletion : byPriority;
}

function byPriority(a: Card, b: Card): number {
  return b.priority - a.priority || a.created_at - b.created_at || compare(a.id, b.id);
}

function byCompletion(a: Card, b: Card): number {
  return (b.completed_at ?? b.created_at) - (a.completed_at ?? a.created_at) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withNew(names: string[], seen: readonly (string | null)[]): string[] {
  const fresh = seen.filter((name): name is string => !!name && !names.includes(name));
  return fresh.length === 0 ? names : [...new Set([...names, ...fresh])].sort();
}
