// Owns: reading single arguments out of whatever JSON the model sent.

import { HermesError } from "../../base/errors.ts";

/**
 * A required text argument. Blank text is accepted only with `allowEmpty`.
 *
 * @throws HermesError `usage` naming the argument.
 */
export function textArgument(args: unknown, name: string, allowEmpty = false): string {
  const value = argument(args, name);
  if (typeof value === "string" && (allowEmpty || value.trim() !== "")) return value;
  throw refuse(name, value, allowEmpty ? "a string is required" : "a non-empty string is required");
}

/** An optional text argument; `fallback` when it is absent. @throws HermesError `usage`. */
export function optionalText(args: unknown, name: string, fallback: string): string {
  const value = argument(args, name);
  if (value === undefined || value === null || value === "") return fallback;
  if (typeof value === "string") return value;
  throw refuse(name, value, "a string is required");
}

/**
 * An optional whole number of at least 1; `fallback` when it is absent, `most` when it is larger.
 *
 * @throws HermesError `usage`.
 */
export function optionalCount(
  args: unknown,
  name: string,
  fallback: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = argument(args, name);
  if (value === undefined || value === null) return fallback;
  if (typeof value === "number" && Number.isFinite(value) && value >= 1) {
    return Math.min(Math.floor(value), most);
  }
  throw refuse(name, value, "a number of at least 1 is required");
}

function argument(args: unknown, name: string): unknown {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    throw new HermesError("usage", "Cannot read arguments: one JSON object is required");
  }
  return (args as Record<string, unknown>)[name];
}

function refuse(name: string, value: unknown, reason: string): HermesError {
  const got = value === undefined ? "it is missing" : `got ${JSON.stringify(value).slice(0, 80)}`;
  return new HermesError("usage", `Cannot use argument "${name}": ${reason}, ${got}`);
}
