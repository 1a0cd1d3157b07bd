// Owns: the columns of the board page: what they are for, what they hold after filtering, and their rows.

import type { Board, Card, Column } from "../api/shapes.ts";

/** What lies in a column. */
export const columnHelp: Readonly<Record<string, string>> = {
  triage: "Rough ideas. The planner splits them into tasks, or makes one task of them.",
  todo: "Waits for other tasks, for a date, or for you.",
  ready: "Nothing stands in the way: the dispatcher starts it next.",
  running: "Somebody works on it now.",
  blocked: "A worker asked for help, or failed too often.",
  done: "Completed, with what was handed over.",
  archived: "Put aside. Nothing here is worked on.",
};

/** What the toolbar narrows the board to. Tenant and archive are asked of the server. */
export interface CardFilter {
  /** Lower case, without spaces around it. */
  search: string;
  /** "" = everybody's; `-` = nobody's. */
  assignee: string;
  /** Ids the server found by their texts. */
  found: ReadonlySet<string>;
}

/** The cards of each column that pass `filter`; a column without any stays. */
export function filterColumns(board: Board, filter: CardFilter): Column[] {
  const { search, assignee } = filter;
  if (search === "" && assignee === "") return board.columns;
  return board.columns.map((column) => ({
    ...column,
    tasks: column.tasks.filter((card) => passes(card, filter)),
  }));
}

function passes(card: Card, { search, assignee, found }: CardFilter): boolean {
  if (assignee === "-" ? card.assignee !== null : assignee !== "" && card.assignee !== assignee) {
    return false;
  }
  if (search === "" || found.has(card.id)) return true;
  return [card.title, card.id, card.assignee ?? "", card.tenant ?? ""]
    .some((text) => text.toLowerCase().includes(search));
}

/** One line of a column's list. */
export type Row =
  | { kind: "card"; key: string; card: Card }
  | { kind: "lane"; key: string; profile: string | null; count: number }
  | { kind: "more"; key: string; left: number };

/** The rows of a column: in lanes its cards by profile; where more lies on the server, a last row. */
export function rowsOf(column: Column, options: { lanes: boolean; complete: boolean }): Row[] {
  const rows: Row[] = [];
  const cards = column.tasks.map((card): Row => ({ kind: "card", key: card.id, card }));
  if (options.lanes && column.name === "running") rows.push(...inLanes(column.tasks));
  else rows.push(...cards);
  const left = column.count - column.tasks.length;
  const paged = column.name === "done" || column.name === "archived";
  if (paged && !options.complete && left > 0) rows.push({ kind: "more", key: "more", left });
  return rows;
}

function inLanes(cards: readonly Card[]): Row[] {
  const lanes = Map.groupBy(cards, (card) => card.assignee);
  const names = [...lanes.keys()].sort((a, b) => (a ?? "\uffff").localeCompare(b ?? "\uffff"));
  return names.flatMap((profile): Row[] => {
    const own = lanes.get(profile)!;
    return [
      { kind: "lane", key: `lane ${profile}`, profile, count: own.length },
      ...own.map((card): Row => ({ kind: "card", key: card.id, card })),
    ];
  });
}
