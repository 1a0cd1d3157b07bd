// Owns: mending what foreign programs let drift — ids that are text or missing, times that are text.

import type { Engine, WriteTx } from "../engine/port.ts";
import { timeColumnsOf } from "../engine/foreign_times.ts";
import { type ColumnDetail, columnNames, mendTimes, sql } from "../queries/schema.ts";

/** Tables whose `id` counts; readers of the log and fences depend on it. */
const counted = ["task_events", "task_comments", "task_runs", "task_attachments"];

/** Tables that hold times. */
const timed = ["tasks", ...counted, "kanban_notify_subs"];

/**
 * Rebuilds tables whose `id` is no integer key, with every row, every further column and every index; rows
 * stay in the order they were written. Then turns times into epoch seconds where they can be read. A file
 * without drift is left alone.
 *
 * @param schema the `CREATE TABLE IF NOT EXISTS` statements of the tables
 */
export async function mendDrift(engine: Engine, tx: WriteTx, schema: string): Promise<void> {
  await tx.run(sql.nameTasks);
  for (const table of counted) {
    const columns = await tx.all<ColumnDetail>(sql.columnDetails, [table]);
    if (columns.length > 0 && !countsById(columns)) {
      await rebuild(engine, tx, schema, table, columns);
    }
  }
  for (const table of timed) {
    const names = [...await columnNames(tx, table)].map((name) => [name, null]);
    for (const column of timeColumnsOf(Object.fromEntries(names))) {
      await mendTimes(tx, table, column);
    }
  }
}

function countsById(columns: readonly ColumnDetail[]): boolean {
  const keys = columns.filter(({ pk }) => pk > 0);
  return keys.length === 1 && keys[0]!.name === "id" && keys[0]!.type.toUpperCase() === "INTEGER";
}

async function rebuild(
  engine: Engine,
  tx: WriteTx,
  schema: string,
  table: string,
  old: readonly ColumnDetail[],
): Promise<void> {
  const made = await tx.all<{ sql: string }>(sql.madeOn, [table]);
  const fresh = `${table}_mended`;
  await engine.script(tx, creationOf(schema, table, fresh));
  const known = await columnNames(tx, fresh);
  for (const { name, type } of old) {
    if (known.has(name)) continue;
    await engine.script(tx, `ALTER TABLE ${fresh} ADD COLUMN ${quoted(name)} ${type}`);
  }
  const present = new Set(old.map(({ name }) => name));
  const taken = (await tx.all<ColumnDetail>(sql.columnDetails, [fresh]))
    .filter(({ name }) => name !== "id" && present.has(name));
  const copy = `INSERT INTO ${fresh} (id, ${taken.map(({ name }) => quoted(name)).join(", ")})
    SELECT ?, ${taken.map(valueOf).join(", ")} FROM ${table} WHERE rowid = ?`;
  const id = present.has("id") ? "id" : "NULL";
  const rows = await tx.all<{ place: number; id: unknown }>(
    `SELECT rowid AS place, ${id} AS id FROM ${table} ORDER BY rowid`,
  );
  const before = rows.map((row) => row.id);
  const ids = table === "task_runs" ? keeping(before) : growing(before);
  for (const [index, { place }] of rows.entries()) await tx.run(copy, [ids[index]!, place]);
  await engine.script(tx, `DROP TABLE ${table}; ALTER TABLE ${fresh} RENAME TO ${table}`);
  for (const { sql: text } of made) await engine.script(tx, text);
  if (table !== "task_runs") return;
  for (const [index, name] of before.entries()) {
    if (typeof name !== "string" || numberOf(name) !== null) continue;
    await tx.run(sql.movePointer, [ids[index]!, name]);
    await tx.run(sql.moveEvents, [ids[index]!, name]);
  }
}

/** The id as the number it is, also in text; null for anything else. */
function numberOf(id: unknown): number | null {
  const number = typeof id === "string" && /^\d+$/.test(id.trim()) ? Number(id) : id;
  return Number.isSafeInteger(number) ? number as number : null;
}

/** Ids that grow in the order of writing: a number is kept unless an earlier row has got as far. */
function growing(ids: readonly unknown[]): number[] {
  let last = 0;
  return ids.map((id) => last = Math.max(last + 1, numberOf(id) ?? 0));
}

/** Ids that others point to: a number is kept when it comes first, the others go on from the highest. */
function keeping(ids: readonly unknown[]): number[] {
  let highest = ids.reduce<number>((most, id) => Math.max(most, numberOf(id) ?? 0), 0);
  const used = new Set<number>();
  return ids.map((id) => {
    const number = numberOf(id);
    const given = number !== null && !used.has(number) ? number : ++highest;
    used.add(given);
    return given;
  });
}

/** The statement that creates `table`, under another name. */
function creationOf(schema: string, table: string, name: string): string {
  const start = schema.indexOf(`CREATE TABLE IF NOT EXISTS ${table} (`);
  const text = schema.slice(start, schema.indexOf(";", start));
  return text.replace(`IF NOT EXISTS ${table}`, name);
}

/** A column's value as the new table takes it: what must be there gets its default, or something empty. */
function valueOf({ name, type, required, fallback }: ColumnDetail): string {
  if (required === 0) return quoted(name);
  return `COALESCE(${quoted(name)}, ${fallback ?? (type === "TEXT" ? "''" : "0")})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
