// Owns: whether this process was started, however indirectly, by a process with a certain variable.

import { environmentValues, readProcess } from "./process_table.ts";

/** Ancestors that are looked at; more means that the table changed under us. */
const maxDepth = 64;

/**
 * Whether the variable `name` had `value` when this process or one of its ancestors was started, even if it was
 * taken out of the environment since.
 */
export function startedWithin(name: string, value: string): boolean {
  const values = environmentValues(name);
  let pid = Deno.pid;
  for (let depth = 0; depth < maxDepth && pid > 1; depth++) {
    if (values.get(pid) === value) return true;
    pid = readProcess(pid)?.parent ?? 0;
  }
  return false;
}
