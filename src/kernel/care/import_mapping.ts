// Owns: what becomes of ids and numbers in imported rows. Pure.

import type { WireValue } from "./export_format.ts";

/** How ids and numbers change. */
export interface Mapping {
  /** Old task id → new one; ids that are not in it stay. */
  ids: ReadonlyMap<string, string>;
  /** Table → what is added to its numbers. Tables that are not in it have no numbers. */
  shift: ReadonlyMap<string, number>;
}

type Row = Record<string, WireValue>;

/** Columns that hold the id of a task, whatever the table. */
const taskColumns = ["task_id", "parent_id", "child_id", "origin_task_id"];

/** Column → the table whose numbers it holds. */
const numberColumns: Record<string, string> = {
  run_id: "task_runs",
  current_run_id: "task_runs",
  last_event_id: "task_events",
};

/** A row as it is written. A number that is none is left out: the board gives the row a new one. */
export function mapRow(table: string, row: Row, mapping: Mapping): Row {
  const mapped = { ...row };
  const own = table === "tasks" ? mapId(row["id"], mapping) : shifted(row["id"], table, mapping);
  if (own === undefined) delete mapped["id"];
  else mapped["id"] = own;
  for (const column of taskColumns) {
    if (row[column] !== undefined) mapped[column] = mapId(row[column], mapping)!;
  }
  for (const [column, owner] of Object.entries(numberColumns)) {
    const number = numberOf(row[column]);
    // 0 stands for the beginning of the log, not for an event.
    if (number !== null && number > 0) mapped[column] = number + (mapping.shift.get(owner) ?? 0);
  }
  if (table === "task_events" && typeof row["payload"] === "string") {
    mapped["payload"] = mapPayload(row["payload"], mapping);
  }
  return mapped;
}

/**
 * A task row whose idempotency key names no other live task: one that is in `taken` gets the task's id added to it,
 * as keys of older boards do. The key is taken afterwards.
 */
export function withOwnKey(row: Row, taken: Set<string>): Row {
  const { id, idempotency_key: key, status } = row;
  if (typeof key !== "string" || status === "archived") return row;
  const own = taken.has(key) ? `${key} (${id})` : key;
  taken.add(own);
  return { ...row, idempotency_key: own };
}

function mapId(value: WireValue | undefined, { ids }: Mapping): WireValue | undefined {
  return typeof value === "string" ? ids.get(value) ?? value : value;
}

function shifted(
  value: WireValue | undefined,
  table: string,
  { shift }: Mapping,
): WireValue | undefined {
  const by = shift.get(table);
  if (by === undefined) return value;
  const number = numberOf(value);
  return number === null ? undefined : number + by;
}

/** A whole number, which old layouts may hold as text. */
export function numberOf(value: WireValue | undefined): number | null {
  if (typeof value === "string" && /^\d{1,15}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isInteger(value) ? value : null;
}

/** Ids and run numbers in the JSON of an event; text that is no JSON, or needs no change, stays to the letter. */
function mapPayload(text: string, mapping: Mapping): string {
  const runs = mapping.shift.get("task_runs") ?? 0;
  if (mapping.ids.size === 0 && runs === 0) return text;
  try {
    const before: unknown = JSON.parse(text);
    const after = JSON.stringify(mapValue(before, "", mapping, runs));
    return after === JSON.stringify(before) ? text : after;
  } catch {
    return text;
  }
}

function mapValue(value: unknown, name: string, mapping: Mapping, runs: number): unknown {
  if (typeof value === "string") return mapping.ids.get(value) ?? value;
  if (typeof value === "number") return name === "run_id" ? value + runs : value;
  if (Array.isArray(value)) return value.map((item) => mapValue(item, name, mapping, runs));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapValue(item, key, mapping, runs)]),
  );
}
