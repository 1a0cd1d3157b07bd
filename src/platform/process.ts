// Owns: who a process is: a pid that cannot be mistaken for a later process with the same number.

import { currentBootId, readProcess } from "./process_table.ts";

/** A process for as long as it lives. Pids are reused; pid + start time + boot are not. */
export interface ProcessIdentity {
  pid: number;
  /** Start time as text, comparable only for equality (clock ticks since boot on Linux). */
  startTime: string;
  /** The boot of the machine in which the process was seen; empty where it cannot be told. */
  bootId: string;
}

/** The identity of a running process; null when it is gone or a zombie. */
export function identify(pid: number): ProcessIdentity | null {
  const row = readProcess(pid);
  return row && !row.dead ? { pid, startTime: row.startTime, bootId: currentBootId() } : null;
}

/** True while that very process runs: false when it is gone, a zombie, replaced, or of another boot. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.bootId !== currentBootId()) return false;
  return identify(identity.pid)?.startTime === identity.startTime;
}

/** The identity of this process. */
export function selfIdentity(): ProcessIdentity {
  return identify(Deno.pid) ?? { pid: Deno.pid, startTime: "", bootId: currentBootId() };
}

/** The name of this machine, as other machines know it. */
export function hostName(): string {
  return Deno.hostname();
}
