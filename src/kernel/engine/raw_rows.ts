// Owns: reading a board file row by row as it is, whatever program laid it out.

import { DatabaseSync, type StatementSync } from "node:sqlite";
import { translate } from "./sqlite_errors.ts";

/** A column as its table declares it. */
export interface RawColumn {
  name: string;
  /** Declared type; may be empty. */
  type: string;
  not_null: boolean;
  /** SQL text of the default; null when there is none. */
  fallback: string | null;
  /** Position in the primary key, from 1; 0 for other columns. */
  key: number;
}

export interface RawTable {
  name: string;
  rows: number;
  columns: RawColumn[];
}

/** A stored value. Whole numbers come as bigint, so that they can be told from fractions. */
export type RawValue = null | bigint | number | string | Uint8Array;

export type RawRow = Record<string, RawValue>;

/** A file in the state of one moment. */
export interface RawBoard {
  /** Ordinary tables, without SQLite's own and those behind virtual tables. */
  tables: RawTable[];
  /** Recorded schema version; 0 when no hermes has opened the file. */
  schema: number;
  rows(table: string): Iterable<RawRow>;
}

const pageSize = 1000;

/** Milliseconds a lock of other programs is waited for. */
const lockWaitMs = 5000;

/**
 * Runs `body` on a consistent view of a file, which is not changed.
 *
 * @throws HermesError `corrupt`, `busy`, `io`.
 */
export async function readRaw<T>(path: string, body: (board: RawBoard) => Promise<T>): Promise<T> {
  let db: DatabaseSync | undefined;
  try {
    const opened = db = new DatabaseSync(path, { readOnly: true, timeout: lockWaitMs });
    opened.exec("BEGIN");
    const listed = opened.prepare("PRAGMA table_list").all()
      .filter((row) => row["schema"] === "main" && row["type"] === "table")
      .filter((row) => !String(row["name"]).startsWith("sqlite_"));
    const withoutRowid = new Set(listed.filter((row) => row["wr"] === 1).map(nameOf));
    const tables = listed.map(nameOf).sort().map((name) => describe(opened, name));
    return await body({
      tables,
      schema: recordedSchema(opened, tables),
      rows: (table) => rowsOf(opened, table, withoutRowid.has(table)),
    });
  } catch (error) {
    throw translate(error, path);
  } finally {
    if (db?.isOpen) db.close();
  }
}

function nameOf(row: Record<string, unknown>): string {
  return String(row["name"]);
}

function describe(db: DatabaseSync, name: string): RawTable {
  const columns = db.prepare("SELECT * FROM pragma_table_info(?)").all(name).map((row) => ({
    name: String(row["name"]),
    type: String(row["type"] ?? ""),
    not_null: row["notnull"] === 1,
    fallback: row["dflt_value"] === null ? null : String(row["dflt_value"]),
    key: Number(row["pk"]),
  }));
  const count = db.prepare(`SELECT COUNT(*) AS count FROM ${quoted(name)} NOT INDEXED`).get();
  return { name, rows: Number(count?.["count"]), columns };
}

function recordedSchema(db: DatabaseSync, tables: readonly RawTable[]): number {
  if (!tables.some(({ name }) => name === "board_migrations")) return 0;
  const row = db.prepare("SELECT COALESCE(MAX(version), 0) AS v FROM board_migrations").get();
  return Number(row?.["v"]);
}

/** Page by page: a board may be larger than the memory. */
function* rowsOf(db: DatabaseSync, table: string, withoutRowid: boolean): Generator<RawRow> {
  const name = quoted(table);
  if (withoutRowid) {
    yield* all(db.prepare(`SELECT * FROM ${name}`));
    return;
  }
  const page = db.prepare(
    `SELECT rowid AS "row id", * FROM ${name} NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT ?`,
  );
  for (let after: bigint = -(2n ** 63n);;) {
    const rows = all(page, after, pageSize);
    for (const { "row id": id, ...row } of rows) {
      after = id as bigint;
      yield row;
    }
    if (rows.length < pageSize) return;
  }
}

function all(statement: StatementSync, ...values: (bigint | number)[]): RawRow[] {
  statement.setReadBigInts(true);
  return statement.all(...values) as RawRow[];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
