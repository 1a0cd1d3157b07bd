// Owns: how errors look to people and scripts, and which exit status they become.

import { type ErrorCode, errorTable, HermesError, toHermesError } from "../base/errors.ts";
import { type Environment, envValue } from "../config/env_names.ts";
import type { CliHost } from "./host.ts";
import { outputOf } from "./output.ts";

/** Prints an error to where errors go and returns the exit status that goes with it. */
export function reportError(
  thrown: unknown,
  options: { json: boolean; host: Pick<CliHost, "env" | "output"> },
): number {
  const { env } = options.host;
  const { err } = outputOf(options.host);
  const error = toHermesError(thrown);
  const { code, message, remedy, details } = error;
  if (options.json) {
    err(`${JSON.stringify({ error: { code, message, remedy, details } })}\n`);
  } else {
    err(`hermes: ${message}\n`);
    if (remedy) err(`${remedy}\n`);
    if (code === "internal" && !debugs(env)) {
      err("This is a bug in hermes. Set HERMES_DEBUG=1 to see where it happened.\n");
    }
  }
  if (debugs(env)) err(`${stackOf(error)}\n`);
  return exitStatus(code);
}

export function exitStatus(code: ErrorCode): number {
  return errorTable[code].exit;
}

function debugs(env: Environment): boolean {
  const value = envValue(env, "HERMES_DEBUG");
  return value !== undefined && value !== "0";
}

function stackOf(error: HermesError): string {
  const cause = error.cause instanceof Error ? `\nCaused by: ${error.cause.stack}` : "";
  return `${error.stack}${cause}`;
}
