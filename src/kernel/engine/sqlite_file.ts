// Owns: board files as files — whether one is sound, copying one that is in use, mending its indexes.

import { backup, DatabaseSync } from "node:sqlite";
import { fileEntry } from "../../platform/file_keeping.ts";
import { isBusy, isNoDatabase, translate } from "./sqlite_errors.ts";

/** What a look at a file found. */
export interface FileReport {
  state:
    | "missing"
    /** No bytes: a board that nothing was written to. */
    | "empty"
    | "sound"
    /** Tables are whole; rebuilding the indexes mends the file. */
    | "damaged_indexes"
    | "damaged"
    | "not_sqlite";
  /** What SQLite's integrity check said, at most {@link maxProblems} lines. */
  problems: string[];
  /** Tables of the file. */
  tables: string[];
  /** Recorded schema version; 0 for files that no hermes has opened. */
  schema: number;
  /** Bytes per page; 0 when the file cannot be read. */
  pageSize: number;
}

const maxProblems = 50;

/** Milliseconds a lock of other programs is waited for. */
const lockWaitMs = 5000;

/**
 * Reads every page of a file and compares what belongs together. The file is not changed; a transaction that
 * its writer could not finish is seen as undone.
 *
 * @throws HermesError `busy`, `io`.
 */
export async function inspectFile(path: string): Promise<FileReport> {
  const report: FileReport = { state: "missing", problems: [], tables: [], schema: 0, pageSize: 0 };
  // Only SQLite may open a board: who else closes the file takes this process's locks away (rollback journal).
  const entry = await fileEntry(path);
  if (entry === null) return report;
  if (entry.size === 0) return { ...report, state: "empty" };
  return await withFile(path, { readOnly: true }, (db) => {
    try {
      report.pageSize = Number(value(db, "PRAGMA page_size"));
      report.tables = tableNames(db);
      report.schema = recordedSchema(db, report.tables);
    } catch (error) {
      if (!isNoDatabase(error)) return damaged(report, error);
      return { ...report, state: "not_sqlite", problems: ["the file is not a SQLite database"] };
    }
    try {
      report.problems = check(db);
    } catch (error) {
      damaged(report, error);
    }
    if (report.problems.length === 0) return { ...report, state: "sound" };
    return { ...report, state: areTablesWhole(db, report) ? "damaged_indexes" : "damaged" };
  });
}

function damaged(report: FileReport, error: unknown): FileReport {
  if (isBusy(error)) throw error;
  report.problems = [...report.problems, textOf(error)];
  return Object.assign(report, { state: "damaged" });
}

/**
 * Copies a board that may be in use: the copy holds the state of one moment, is a single file without a
 * journal, and has been checked.
 *
 * @param options.pageSize bytes per page of the copy; those of the source when absent.
 * @throws HermesError `corrupt` when the source is damaged, `io`; what was copied so far stays behind.
 */
export async function copyFile(
  source: string,
  target: string,
  options: { pageSize?: number } = {},
): Promise<FileReport> {
  await copyPages(source, target);
  await withFile(target, {}, (db) => {
    value(db, "PRAGMA journal_mode=DELETE");
    if (!options.pageSize || options.pageSize === Number(value(db, "PRAGMA page_size"))) return;
    db.exec(`PRAGMA page_size=${options.pageSize}; VACUUM`);
  });
  return await inspectFile(target);
}

/**
 * Writes every index anew from its table, in place.
 *
 * @throws HermesError `corrupt` when an index is so broken that it cannot be emptied, or a table is damaged.
 */
export async function rebuildIndexes(path: string): Promise<void> {
  await withFile(path, {}, (db) => {
    db.prepare("REINDEX").run();
  });
}

/**
 * Copies a file without the indexes that can be made anew, and makes them anew.
 *
 * @returns what a look at the copy found; an index that belongs to a table's key may still be damaged.
 * @throws HermesError `corrupt` when a table cannot be read.
 */
export async function copyTables(source: string, target: string): Promise<FileReport> {
  await copyPages(source, target);
  const definitions = await withFile(target, {}, (db) => {
    const indexes = db.prepare(
      "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    ).all();
    // Older runtimes lack the switch, and the protection that it takes away.
    (db as { enableDefensive?(active: boolean): void }).enableDefensive?.(false);
    db.exec(`PRAGMA writable_schema=ON;
      DELETE FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`);
    return indexes.map((row) => String(row["sql"]));
  });
  // A new connection reads the schema without them; VACUUM leaves behind the pages that nothing names.
  await withFile(target, {}, (db) => {
    db.exec("VACUUM");
    for (const definition of definitions) db.exec(definition);
  });
  return await inspectFile(target);
}

/**
 * Brings all that the journal holds into the file itself, after which the file is whole on its own.
 *
 * @returns false when another program has the file open.
 * @throws HermesError `corrupt`, `io`.
 */
export async function settleFile(path: string): Promise<boolean> {
  return await withFile(path, {}, (db) => {
    try {
      return value(db, "PRAGMA journal_mode=DELETE") === "delete";
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    }
  });
}

/** Page by page, whatever is on them, in the state of one moment. */
async function copyPages(source: string, target: string): Promise<void> {
  await withFile(source, { readOnly: true }, async (db) => {
    // Without a transaction of its own the copy would begin anew at every commit of others.
    db.exec("BEGIN");
    value(db, "SELECT COUNT(*) FROM sqlite_schema");
    await backup(db, target, { rate: 1000 });
  });
}

async function withFile<T>(
  path: string,
  options: { readOnly?: boolean },
  body: (db: DatabaseSync) => T | Promise<T>,
): Promise<T> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: lockWaitMs, ...options });
    return await body(db);
  } catch (error) {
    throw translate(error, path);
  } finally {
    if (db?.isOpen) db.close();
  }
}

function check(db: DatabaseSync): string[] {
  const rows = db.prepare(`PRAGMA integrity_check(${maxProblems})`).all();
  const lines = rows.flatMap((row) => String(Object.values(row)[0]).split("\n"));
  return lines.filter((line) => line !== "ok" && !line.startsWith("***"));
}

/** Whether nothing but indexes is damaged: every table can be read from end to end without them. */
function areTablesWhole(db: DatabaseSync, { tables, problems }: FileReport): boolean {
  const places = rootPages(db);
  const blamesTable = problems.some((problem) => {
    const root = /^Tree (\d+) /.exec(problem)?.[1];
    return root !== undefined && tables.includes(places.get(Number(root)) ?? "");
  });
  if (blamesTable) return false;
  const stored = new Set(places.values());
  return tables.filter((table) => stored.has(table)).every((table) => {
    try {
      readThrough(db, table);
      return true;
    } catch (error) {
      if (isBusy(error)) throw error;
      return false;
    }
  });
}

function readThrough(db: DatabaseSync, table: string): void {
  const columns = db.prepare("SELECT name FROM pragma_table_info(?)").all(table);
  const lengths = columns.map(({ name }) => `length(${quoted(String(name))})`);
  db.prepare(`SELECT max(${["0", ...lengths].join(", ")}) FROM ${quoted(table)} NOT INDEXED`).all();
}

/** Page on which a table or index begins → its name. Virtual tables and views have no page. */
function rootPages(db: DatabaseSync): Map<number, string> {
  const rows = db.prepare("SELECT rootpage, name FROM sqlite_schema WHERE rootpage > 0").all();
  return new Map(rows.map((row) => [Number(row["rootpage"]), String(row["name"])]));
}

function tableNames(db: DatabaseSync): string[] {
  const rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all();
  return rows.map((row) => String(row["name"]));
}

function recordedSchema(db: DatabaseSync, tables: readonly string[]): number {
  if (!tables.includes("board_migrations")) return 0;
  return Number(value(db, "SELECT COALESCE(MAX(version), 0) FROM board_migrations"));
}

function value(db: DatabaseSync, text: string): unknown {
  return Object.values(db.prepare(text).get() ?? {})[0];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
