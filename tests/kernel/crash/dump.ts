// Owns: everything a board file holds, as one comparable value.

import { DatabaseSync } from "node:sqlite";

/** Every row of every table, in insertion order. */
export function dumpOf(path: string): Record<string, unknown[]> {
  const database = new DatabaseSync(path);
  try {
    const names = database.prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    ).all() as { name: string }[];
    return Object.fromEntries(names.map(({ name }) => [
      name,
      database.prepare(`SELECT * FROM "${name}" ORDER BY rowid`).all().map((row) => ({ ...row })),
    ]));
  } finally {
    database.close();
  }
}
