// Owns: the form of an exported board — one JSON document per line. Changes to it raise the version.

import type { RawRow, RawTable, RawValue } from "../engine/raw_rows.ts";

/** The version this program writes; it reads this one and all before. */
export const formatVersion = 1;

/** The first line. */
export interface Header {
  hermes_board: number;
  board: string;
  /** Epoch seconds. */
  exported_at: number;
  /** Schema version of the exported file. */
  schema: number;
  tables: RawTable[];
}

/** A row: its table, its values without those that are null, and the file of an attachment. */
export interface RowLine {
  t: string;
  r: Record<string, WireValue>;
  /** Content in base64. */
  f?: string;
}

/** The last line; a file that lacks it was cut off. */
export interface EndLine {
  end: true;
  rows: number;
}

/** A value that JSON has, or one that it has not, in a wrapper. */
export type WireValue =
  | string
  | number
  | { blob: string }
  /** A whole number of more than 53 bits. */
  | { integer: string }
  /** A fraction that happens to be whole, or none that JSON has a number for. */
  | { real: string };

/** Tables that are made from others, or mean something only in the file they are in. */
export function isDerived(table: string): boolean {
  return table.startsWith("board_");
}

export function encodeRow(row: RawRow): Record<string, WireValue> {
  const wire: Record<string, WireValue> = {};
  for (const [name, value] of Object.entries(row)) {
    const encoded = encode(value);
    if (encoded !== null) wire[name] = encoded;
  }
  return wire;
}

function encode(value: RawValue): WireValue | null {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : { integer: String(value) };
  }
  if (typeof value === "number") {
    return Number.isFinite(value) && !Number.isInteger(value) ? value : { real: String(value) };
  }
  return value instanceof Uint8Array ? { blob: value.toHex() } : value;
}
