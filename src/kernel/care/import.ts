// Owns: taking an exported board into a board, all of it or nothing.

import { HermesError } from "../../base/errors.ts";
import { plural } from "../../base/text.ts";
import { type Board, envOf, initBoard } from "../board.ts";
import type { WriteTx } from "../engine/port.ts";
import { apply, type ApplyEnv } from "../lifecycle/apply.ts";
import { currentVersion } from "../migrations/migrate.ts";
import { hasIndex, sql as search } from "../queries/search.ts";
import {
  additionOf,
  insertPlaced,
  largest,
  type PlacedValue,
  presentColumns,
  sql,
  tableDefinition,
  tableNames,
} from "../queries/transfer.ts";
import type { Header, WireValue } from "./export_format.ts";
import { importedRows, type ImportFile } from "./import_file.ts";
import { type Mapping, mapRow, withOwnKey } from "./import_mapping.ts";

export interface ImportOptions {
  /** Every task gets a new id; without it a task whose id is taken stops the import. */
  remap: boolean;
  /** Does everything and then undoes it. */
  dryRun: boolean;
  /** Row number in the file → where the file of that attachment was put. */
  files: ReadonlyMap<number, string>;
}

/** What was imported. */
export interface Imported {
  tasks: number;
  rows: number;
  /** Rows of links and subscriptions that were there already. */
  skipped: number;
  /** Old id → new id, where they differ. */
  ids: Record<string, string>;
  /** Tasks that ran when they were exported: their runs are closed and they are ready again. */
  released: string[];
  /** Tables and columns of other programs that the board did not have. */
  added: string[];
}

/**
 * Writes what the file holds in one transaction. On an empty board numbers of runs, events and comments stay as
 * they are; beside others they move behind them.
 *
 * @throws HermesError `refused` when ids or keys are taken.
 */
export async function importBoard(
  board: Board,
  file: ImportFile,
  options: ImportOptions,
): Promise<Imported> {
  const undone = new DryRun();
  let imported: Imported | undefined;
  try {
    await board.engine.write(async (tx) => {
      const added = await addMissing(board, tx, file);
      const { takenKeys, ...mapping } = await planMapping(board, tx, file, options);
      imported = { ...await insertAll(tx, file, mapping, takenKeys, options), added };
      imported.released = await release(tx, envOf(board), file, mapping);
      if (await hasIndex(tx)) await tx.run(search.noteAll);
      if (options.dryRun) throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  // Rows of an older layout come in its words.
  if (!options.dryRun && file.header.schema < currentVersion) await initBoard(board);
  return imported!;
}

/** Undoes the transaction of an import that was only tried. */
class DryRun extends Error {}

/** Makes the tables and columns of other programs that the file has and the board has not. */
async function addMissing(board: Board, tx: WriteTx, { header }: ImportFile): Promise<string[]> {
  const added: string[] = [];
  const tables = await tableNames(tx);
  for (const { name, columns } of header.tables) {
    if (!tables.has(name)) {
      await board.engine.script(tx, tableDefinition(name, columns));
      added.push(name);
      continue;
    }
    const present = new Set((await presentColumns(tx, name)).map((column) => column.name));
    for (const column of columns) {
      if (present.has(column.name)) continue;
      await board.engine.script(tx, additionOf(name, column));
      added.push(`${name}.${column.name}`);
    }
  }
  return added;
}

async function planMapping(
  board: Board,
  tx: WriteTx,
  file: ImportFile,
  { remap }: ImportOptions,
): Promise<Mapping & { takenKeys: Set<string> }> {
  const taken = await idsIn(tx, sql.takenIds, file.taskIds);
  const takenKeys = await idsIn(tx, sql.takenKeys, file.liveKeys);
  if (!remap && (taken.length > 0 || takenKeys.length > 0)) {
    throw alreadyThere(file.path, taken, takenKeys);
  }
  return {
    ids: new Map(remap ? await freshIds(board, tx, file.taskIds) : []),
    takenKeys: new Set(takenKeys),
    shift: await planShifts(tx, file),
  };
}

/** Table → what is added to its numbers, so that they come after those there are. */
async function planShifts(tx: WriteTx, file: ImportFile): Promise<Map<string, number>> {
  const shift = new Map<string, number>();
  for (const { name } of file.header.tables) {
    const key = (await presentColumns(tx, name)).find(({ pk }) => pk > 0);
    if (key?.name !== "id" || key.type.toUpperCase() !== "INTEGER") continue;
    const last = await largest(tx, name, "id");
    shift.set(name, (file.smallest.get(name) ?? Infinity) > last ? 0 : last);
  }
  return shift;
}

async function freshIds(
  board: Board,
  tx: WriteTx,
  old: readonly string[],
): Promise<[string, string][]> {
  const used = new Set(old);
  const pairs: [string, string][] = [];
  for (const id of old) {
    let fresh = board.ids.taskId();
    while (used.has(fresh) || (await idsIn(tx, sql.takenIds, [fresh])).length > 0) {
      fresh = board.ids.taskId();
    }
    used.add(fresh);
    pairs.push([id, fresh]);
  }
  return pairs;
}

async function insertAll(
  tx: WriteTx,
  { path, header, taskIds }: ImportFile,
  mapping: Mapping,
  takenKeys: Set<string>,
  { files }: ImportOptions,
): Promise<Imported> {
  const columns = await columnsToFill(tx, header);
  let [rows, skipped] = [0, 0];
  for (const { t, r } of importedRows(path)) {
    const place = files.get(rows);
    const mapped = mapRow(t, place === undefined ? r : { ...r, stored_path: place }, mapping);
    const row = t === "tasks" ? withOwnKey(mapped, takenKeys) : mapped;
    const values = columns.get(t)!
      .filter(({ name, required }) => row[name] !== undefined || !required)
      .map(({ name }) => placed(name, row[name]));
    const mayBeThere = t !== "tasks" && !mapping.shift.has(t);
    if (!await insertPlaced(tx, t, values, mayBeThere)) skipped++;
    rows++;
  }
  const ids = Object.fromEntries(mapping.ids);
  return { tasks: taskIds.length, rows, skipped, ids, released: [], added: [] };
}

/** Table → the columns of the file. Where null is refused, null means the default. */
async function columnsToFill(
  tx: WriteTx,
  header: Header,
): Promise<Map<string, { name: string; required: boolean }[]>> {
  const columns = new Map<string, { name: string; required: boolean }[]>();
  for (const table of header.tables) {
    const present = await presentColumns(tx, table.name);
    const required = new Set(
      present.filter((column) => column.required === 1 || column.pk > 0).map(({ name }) => name),
    );
    columns.set(
      table.name,
      table.columns.map(({ name }) => ({ name, required: required.has(name) })),
    );
  }
  return columns;
}

/** An attempt does not travel: its process, if it still lives, works for the board it was started by. */
async function release(
  tx: WriteTx,
  env: ApplyEnv,
  { running }: ImportFile,
  { ids }: Mapping,
): Promise<string[]> {
  const released: string[] = [];
  for (const id of running.map((old) => ids.get(old) ?? old)) {
    const applied = await apply(tx, env, id, { type: "reclaim", reason: "imported" });
    if (applied.ok) released.push(id);
  }
  return released;
}

function placed(column: string, value: WireValue | undefined): PlacedValue {
  if (value === undefined) return { column, placeholder: "?", value: null };
  if (typeof value === "string") return { column, placeholder: "?", value };
  if (typeof value === "number") {
    const placeholder = Number.isInteger(value) ? "CAST(? AS INTEGER)" : "CAST(? AS REAL)";
    return { column, placeholder, value };
  }
  if ("blob" in value) return { column, placeholder: "unhex(?)", value: value.blob };
  return "integer" in value
    ? { column, placeholder: "CAST(? AS INTEGER)", value: value.integer }
    : { column, placeholder: "CAST(? AS REAL)", value: value.real };
}

async function idsIn(tx: WriteTx, text: string, ids: readonly string[]): Promise<string[]> {
  return (await tx.all<{ id: string }>(text, [JSON.stringify(ids)])).map((row) => row.id);
}

function alreadyThere(path: string, ids: readonly string[], keys: readonly string[]): HermesError {
  const named = ids.length > 0 ? ids : keys;
  const what = ids.length > 0 ? plural(ids.length, "task") : plural(keys.length, "idempotency key");
  const shown = named.slice(0, 5).join(", ") + (named.length > 5 ? ", …" : "");
  return new HermesError(
    "refused",
    `Cannot import "${path}": ${what} of it on this board already (${shown})`,
    {
      remedy: "Give all tasks new ids with --remap, or import into a new board: " +
        "hermes kanban boards create <name>. Nothing was imported.",
      details: { ids, keys },
    },
  );
}
