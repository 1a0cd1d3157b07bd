// Owns: text in the form that every engine stores and returns whole.

import type { SqlValue } from "./port.ts";

/**
 * `params` with U+FFFD in place of NUL characters: node:sqlite returns a text only up to its first NUL,
 * and PostgreSQL refuses such a text.
 */
export function storable(params: readonly SqlValue[]): readonly SqlValue[] {
  return params.some(hasNul) ? params.map(withoutNul) : params;
}

function hasNul(value: SqlValue): boolean {
  return typeof value === "string" && value.includes("\0");
}

function withoutNul(value: SqlValue): SqlValue {
  return typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value;
}
