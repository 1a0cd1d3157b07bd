// Owns: the board as columns of cards, all from one moment.

import { type Board, read } from "./board.ts";
import { statuses } from "./model/status.ts";
import { cardsOf } from "./queries/columns.ts";
import { sql as tasks } from "./queries/tasks.ts";

/** A task as its column shows it. */
export interface Card {
  id: string;
  title: string;
  assignee: string | null;
  priority: number;
  /** Epoch second since which it is in this column; for a running task, the start of its attempt. */
  since: number;
}

export interface Column {
  status: string;
  /** All tasks in it, shown or not. */
  count: number;
  cards: Card[];
}

/**
 * The columns in board order, empty ones too; those of other programs' statuses come last, and archived
 * tasks only when they are asked for.
 *
 * @param limit cards per column.
 */
export function getColumns(
  board: Board,
  { limit, includeArchived }: { limit: number; includeArchived: boolean },
): Promise<Column[]> {
  return read(board, async (tx) => {
    const counts = new Map<string, number>();
    for (const row of await tx.all<{ status: string; count: number }>(tasks.statusCounts)) {
      counts.set(row.status, row.count);
    }
    const foreign = [...counts.keys()].filter((status) => !statuses.some((it) => it === status));
    const columns: Column[] = [];
    for (const status of [...statuses, ...foreign.sort()]) {
      if (status === "archived" && !includeArchived) continue;
      const count = counts.get(status) ?? 0;
      const rows = count === 0 ? [] : await cardsOf(tx, status, limit);
      const cards = rows.map(({ id, title, assignee, priority, ...at }) => ({
        id,
        title,
        assignee,
        priority,
        since: at.run_started_at ?? (status === "done" ? at.completed_at : null) ??
          at.moved_at ?? at.created_at,
      }));
      columns.push({ status, count, cards });
    }
    return columns;
  });
}
