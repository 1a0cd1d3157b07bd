// Owns: damaging board files on purpose.

import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";

/** A closed board file with `count` tasks in a folder of its own. */
export async function boardFile(dir: string, count = 3, name = "kanban.db"): Promise<string> {
  const path = join(dir, name);
  const board = await openBoard({ slug: "default", path });
  for (let number = 1; number <= count; number++) {
    await createTask(board, { title: `task ${number}`, body: "x".repeat(300) });
  }
  await board.close();
  return path;
}

/** Fills the first page of a table or index with rubbish. */
export function ruinPageOf(path: string, name: string): void {
  const db = new DatabaseSync(path);
  const row = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(name);
  const size = Number(db.prepare("PRAGMA page_size").get()!["page_size"]);
  db.close();
  const first = (Number(row!["rootpage"]) - 1) * size;
  const bytes = Deno.readFileSync(path);
  bytes.fill(0x55, first, first + size);
  Deno.writeFileSync(path, bytes);
}

/** Takes entries out of an index that its table still has. */
export function emptyIndex(path: string, name: string): void {
  const db = new DatabaseSync(path);
  (db as { enableDefensive?(on: boolean): void }).enableDefensive?.(false);
  const root = Number(
    db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(name)!["rootpage"],
  );
  const other = Number(
    db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'idx_comments_task'")
      .get()!["rootpage"],
  );
  // Two indexes swap their places: the one of an empty table takes the place of the other.
  db.exec(`PRAGMA writable_schema=ON;
    UPDATE sqlite_schema SET rootpage = ${other} WHERE name = '${name}';
    UPDATE sqlite_schema SET rootpage = ${root} WHERE name = 'idx_comments_task'`);
  db.close();
}

/** Titles of a board file's tasks, read past the program. */
export function titlesIn(path: string): string[] {
  const db = new DatabaseSync(path, { readOnly: true });
  const rows = db.prepare("SELECT title FROM tasks NOT INDEXED ORDER BY rowid").all();
  db.close();
  return rows.map((row) => String(row["title"]));
}

/** Names in a folder, in alphabetical order. */
export function namesIn(dir: string): string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
}
