// Owns: what an agent may do that a worker started as its helper: look, and nothing else.

import { HermesError } from "../base/errors.ts";
import type { Actor } from "./context.ts";

/** Operations that change nothing. */
const reading: ReadonlySet<string> = new Set([
  "assignees",
  "attachments",
  "board",
  "boards",
  "cards",
  "context",
  "graph",
  "list",
  "log",
  "model-options",
  "notify-list",
  "runs",
  "show",
  "stats",
  "tail",
  "usage",
  "watch",
  "why",
]);

/** Whether a helper may do this. */
export function mayDelegate(operation: string): boolean {
  return reading.has(operation);
}

/**
 * Refuses what changes the board when a helper asks: its worker answers for the task.
 *
 * @throws HermesError `forbidden`.
 */
export function checkDelegated(actor: Actor, operation: string): void {
  if (!actor.delegated || mayDelegate(operation)) return;
  throw new HermesError(
    "forbidden",
    `Cannot ${operation}: a helper that a worker started may only read the board`,
    { remedy: "Tell the worker what you found; it writes to the board." },
  );
}
