// Owns: the SQL that puts rows of any layout into the tables there are, making what is missing.

import type { RawColumn } from "../engine/raw_rows.ts";
import type { ReadTx, SqlValue, WriteTx } from "../engine/port.ts";

export const sql = {
  tables: `SELECT name FROM sqlite_schema WHERE type = 'table'`,
  columns: `SELECT name, type, pk, "notnull" AS required FROM pragma_table_info(?)`,
  takenIds: `SELECT id FROM tasks WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  takenKeys: `SELECT idempotency_key AS id FROM tasks WHERE status <> 'archived'
    AND idempotency_key IN (SELECT value FROM json_each(?)) ORDER BY idempotency_key`,
} as const;

/** A column of a table there is. */
export interface PresentColumn {
  name: string;
  type: string;
  pk: number;
  /** 1 where null is refused. */
  required: number;
}

/** A value with the SQL that brings it into the form in which it was stored. */
export interface PlacedValue {
  column: string;
  placeholder: "?" | "CAST(? AS INTEGER)" | "CAST(? AS REAL)" | "unhex(?)";
  value: SqlValue;
}

export async function tableNames(tx: ReadTx): Promise<Set<string>> {
  return new Set((await tx.all<{ name: string }>(sql.tables)).map((row) => row.name));
}

export function presentColumns(tx: ReadTx, table: string): Promise<PresentColumn[]> {
  return tx.all<PresentColumn>(sql.columns, [table]);
}

/** The largest number in a column; 0 for none. */
export async function largest(tx: ReadTx, table: string, column: string): Promise<number> {
  const text = `SELECT COALESCE(MAX(${quoted(column)}), 0) AS largest FROM ${quoted(table)}
    WHERE typeof(${quoted(column)}) = 'integer'`;
  return (await tx.get<{ largest: number }>(text))?.largest ?? 0;
}

/** Inserts a row; false when another with the same key is there and `skip` is given. */
export async function insertPlaced(
  tx: WriteTx,
  table: string,
  values: readonly PlacedValue[],
  skip: boolean,
): Promise<boolean> {
  const names = values.map(({ column }) => quoted(column)).join(", ");
  const places = values.map(({ placeholder }) => placeholder).join(", ");
  const text = `INSERT ${skip ? "OR IGNORE " : ""}INTO ${quoted(table)} (${names})
    VALUES (${places})`;
  return (await tx.run(text, values.map(({ value }) => value))).changes > 0;
}

/** The statement that makes a table of another program. Types and defaults that are no plain words are left out. */
export function tableDefinition(table: string, columns: readonly RawColumn[]): string {
  const keys = columns.filter(({ key }) => key > 0).sort((a, b) => a.key - b.key);
  const single = keys.length === 1 ? keys[0]!.name : null;
  const parts = columns.map((column) =>
    columnDefinition(column) + (column.name === single ? " PRIMARY KEY" : "") +
    (column.not_null ? " NOT NULL" : "")
  );
  if (keys.length > 1) {
    parts.push(`PRIMARY KEY (${keys.map(({ name }) => quoted(name)).join(", ")})`);
  }
  return `CREATE TABLE ${quoted(table)} (${parts.join(", ")})`;
}

/** The statement that adds a column to a table that has rows. */
export function additionOf(table: string, column: RawColumn): string {
  return `ALTER TABLE ${quoted(table)} ADD COLUMN ${columnDefinition(column)}`;
}

function columnDefinition({ name, type, fallback }: RawColumn): string {
  const plainType = /^[A-Za-z0-9_ ]*(\(\d+(,\s*\d+)?\))?$/.test(type) ? type : "";
  const plainFallback = fallback !== null && /^(-?\d+(\.\d+)?|'([^']|'')*'|NULL)$/i.test(fallback);
  return `${quoted(name)} ${plainType}${plainFallback ? ` DEFAULT ${fallback}` : ""}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
