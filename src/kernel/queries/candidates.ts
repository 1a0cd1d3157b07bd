// Owns: the SQL that names tasks to somebody who is typing.

import type { ReadTx } from "../engine/port.ts";

/** As much of a task as helps to recognise it. */
export interface Candidate {
  id: string;
  title: string;
  status: string;
  assignee: string | null;
}

const columns = "id, title, status, assignee";

/** Beginnings of this length leave so few ids that sorting them costs nothing. */
const selective = 5;

export const sql = {
  newest: `SELECT ${columns} FROM tasks WHERE substr(id, 1, ?) = ? AND status <> 'archived'
    ORDER BY rowid DESC LIMIT ?`,
  byBeginning: `SELECT ${columns} FROM tasks WHERE id >= ? AND id < ? AND status <> 'archived'
    ORDER BY id LIMIT ?`,
} as const;

/** At most `limit` tasks on the board whose id begins with `beginning`. */
export function candidates(tx: ReadTx, beginning: string, limit: number): Promise<Candidate[]> {
  return beginning.length < selective
    ? tx.all(sql.newest, [[...beginning].length, beginning, limit])
    : tx.all(sql.byBeginning, [beginning, `${beginning}\u{10ffff}`, limit]);
}
