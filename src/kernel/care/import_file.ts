// Owns: reading an exported board and judging it as a whole, before anything of it is written.

import { HermesError } from "../../base/errors.ts";
import { readLines } from "../../platform/text_lines.ts";
import type { RawTable } from "../engine/raw_rows.ts";
import { formatVersion, type Header, isDerived, type RowLine } from "./export_format.ts";
import { numberOf } from "./import_mapping.ts";

/** What an export holds. */
export interface ImportFile {
  path: string;
  header: Header;
  rows: number;
  /** Ids of its tasks in their order. */
  taskIds: string[];
  /** Idempotency keys of its live tasks. */
  liveKeys: string[];
  /** Ids of its tasks that run. */
  running: string[];
  /** Table → its smallest number in column `id`; absent where there is none. */
  smallest: Map<string, number>;
}

/**
 * Reads an export from its first line to its last.
 *
 * @throws HermesError `invalid` naming the line that does not fit, `io`.
 */
export function readImport(path: string): ImportFile {
  let found: ImportFile | null = null;
  let columns = new Map<string, ReadonlySet<string>>();
  const seen = new Set<string>();
  let ended = false;
  for (const { value, number } of parsed(path)) {
    if (found === null) {
      found = begin(path, value);
      columns = new Map(found.header.tables.map((table) => [table.name, columnNames(table)]));
      continue;
    }
    if (ended) throw unreadable(path, number, "something follows the end");
    if (isEnd(value)) {
      if (value.rows !== found.rows) {
        throw unreadable(path, number, `${found.rows} of ${value.rows} rows are there`);
      }
      ended = true;
      continue;
    }
    const problem = problemOf(value, columns);
    if (problem !== null) throw unreadable(path, number, problem);
    note(found, value as RowLine, seen, number);
  }
  found ??= begin(path, null);
  if (!ended) throw unreadable(path, found.rows + 2, "the file ends too early");
  return found;
}

function begin(path: string, header: unknown): ImportFile {
  checkHeader(path, header);
  return { path, header, rows: 0, taskIds: [], liveKeys: [], running: [], smallest: new Map() };
}

function columnNames({ columns }: RawTable): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name));
}

/** The rows of an export that {@link readImport} has found to be sound. */
export function* importedRows(path: string): Generator<RowLine> {
  let first = true;
  for (const { value } of parsed(path)) {
    if (!first && !isEnd(value)) yield value as RowLine;
    first = false;
  }
}

function* parsed(path: string): Generator<{ value: unknown; number: number }> {
  let number = 0;
  for (const line of readLines(path)) {
    number++;
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw unreadable(path, number, "it is not JSON");
    }
    yield { value, number };
  }
}

function checkHeader(path: string, value: unknown): asserts value is Header {
  const { hermes_board, tables } = isObject(value) ? value as Partial<Header> : {};
  if (typeof hermes_board !== "number" || !Array.isArray(tables)) {
    throw new HermesError("invalid", `Cannot import "${path}": it is no exported board`, {
      remedy: "Export one with: hermes kanban export <file>; a database is put back with: " +
        "hermes kanban restore <file>",
    });
  }
  if (hermes_board > formatVersion) {
    throw new HermesError(
      "invalid",
      `Cannot import "${path}": its format is version ${hermes_board}, this hermes knows ${formatVersion}`,
      { remedy: "Update hermes to the release that exported this board." },
    );
  }
  const sound = tables.every((table) =>
    isObject(table) && typeof table.name === "string" && Array.isArray(table.columns) &&
    table.columns.every((column) => isObject(column) && typeof column.name === "string")
  );
  const names = tables.map((table) => table?.name);
  if (!sound || !names.includes("tasks") || names.some(isReserved)) {
    throw unreadable(path, 1, "its list of tables makes no sense");
  }
}

function isReserved(name: string): boolean {
  return isDerived(name) || /^sqlite_/i.test(name);
}

function problemOf(value: unknown, columns: ReadonlyMap<string, ReadonlySet<string>>) {
  if (!isObject(value)) return "it is no row";
  const { t, r, f } = value as Partial<RowLine>;
  const known = typeof t === "string" ? columns.get(t) : undefined;
  if (!known) return `there is no table ${JSON.stringify(t)}`;
  if (!isObject(r)) return "it has no values";
  for (const [name, cell] of Object.entries(r)) {
    if (!known.has(name)) return `there is no column ${JSON.stringify(name)}`;
    if (!isWireValue(cell)) return `the value of ${JSON.stringify(name)} makes no sense`;
  }
  if (f !== undefined && typeof f !== "string") return "its file makes no sense";
  return null;
}

function isWireValue(value: unknown): boolean {
  if (typeof value === "string" || typeof value === "number") return true;
  if (!isObject(value)) return false;
  const { blob, integer, real } = value as Record<string, unknown>;
  if (typeof blob === "string") return /^([0-9a-f]{2})*$/.test(blob);
  if (typeof integer === "string") return /^-?\d{1,19}$/.test(integer);
  return typeof real === "string";
}

function note(found: ImportFile, { t, r }: RowLine, seen: Set<string>, number: number): void {
  found.rows++;
  const { id } = r;
  const place = numberOf(id);
  if (place !== null) found.smallest.set(t, Math.min(found.smallest.get(t) ?? Infinity, place));
  if (t !== "tasks") return;
  if (typeof id !== "string" || id === "") throw unreadable(found.path, number, "a task has no id");
  if (seen.has(id)) throw unreadable(found.path, number, `task ${id} is there twice`);
  seen.add(id);
  found.taskIds.push(id);
  if (r["status"] === "running") found.running.push(id);
  const key = r["idempotency_key"];
  if (typeof key === "string" && r["status"] !== "archived") found.liveKeys.push(key);
}

function isEnd(value: unknown): value is { end: true; rows: number } {
  return isObject(value) && value["end"] === true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(path: string, line: number, reason: string): HermesError {
  return new HermesError("invalid", `Cannot import "${path}": line ${line}: ${reason}`, {
    remedy: "Nothing was imported. Export the board again.",
    details: { line },
  });
}
