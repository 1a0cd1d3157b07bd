// Owns: ending a process with everything it started, also what left its process group.

import { isAlive, type ProcessIdentity } from "./process.ts";
import {
  currentBootId,
  environmentValues,
  listProcesses,
  type ProcessRow,
  readProcess,
} from "./process_table.ts";
import { sleep } from "./timers.ts";

/** Environment variable that every process of one run inherits; its value is private to the run. */
export const runMarkerVariable = "HERMES_RUN_MARKER";

/** What {@link endTree} did. */
export interface EndReport {
  /** Somebody did not go when asked and was killed. */
  sigkill: boolean;
  /** Pids that ran when the call began, or were started during it, and are gone now. */
  ended: number[];
  /** Pids that are still there: not ours to signal, or stuck in the kernel. */
  survivors: number[];
}

/** Rounds of killing before what is left is reported as surviving. */
const killRounds = 20;
const pollMs = 20;

/**
 * Ends a process, its group, its descendants, and every process of this user that carries `marker`
 * in {@link runMarkerVariable}. Asks with SIGTERM, waits up to `graceMs` milliseconds, then kills.
 * Returns as soon as all are gone. Never signals pid 1, this process, its group, or a pid that meanwhile
 * belongs to another process.
 */
export async function endTree(
  target: { identity: ProcessIdentity; marker?: string; graceMs: number },
): Promise<EndReport> {
  return await endAll(new Hunt(target.identity, target.marker), target.graceMs);
}

/** {@link endTree} for a run of which only the marker is known. */
export async function endMarked(marker: string, graceMs: number): Promise<EndReport> {
  return await endAll(new Hunt(null, marker), graceMs);
}

/** Running processes of this user, other than this one, whose marker starts with `prefix`. */
export function findMarked(
  prefix: string,
): Array<{ identity: ProcessIdentity; marker: string }> {
  const found: Array<{ identity: ProcessIdentity; marker: string }> = [];
  for (const [pid, marker] of environmentValues(runMarkerVariable)) {
    if (!marker.startsWith(prefix) || pid === Deno.pid) continue;
    const row = readProcess(pid);
    if (row && !row.dead) found.push({ identity: identityOf(row), marker });
  }
  return found;
}

async function endAll(hunt: Hunt, graceMs: number): Promise<EndReport> {
  const deadline = performance.now() + graceMs;
  while (hunt.scan().length > 0 && performance.now() < deadline) {
    hunt.signal("SIGTERM");
    await hunt.waitUntilGone(deadline);
  }
  let sigkill = false;
  for (let round = 0; round < killRounds && hunt.scan().length > 0; round++) {
    sigkill = true;
    hunt.signal("SIGKILL");
    await hunt.waitUntilGone(performance.now() + 100);
  }
  return { sigkill, ...hunt.result() };
}

/** The growing set of processes to end. */
class Hunt {
  readonly #target: ProcessIdentity | null;
  /** The target when it may be ended. */
  readonly #root: ProcessIdentity | null;
  readonly #marker: string | undefined;
  readonly #quarry = new Map<string, ProcessIdentity>();
  readonly #asked = new Set<string>();
  /** The group is the root's own: the root was seen, so its number cannot have passed to another. */
  #groupIsOurs: boolean;

  constructor(target: ProcessIdentity | null, marker: string | undefined) {
    this.#target = target;
    this.#root = target !== null && mayEnd(target) ? target : null;
    this.#marker = marker || undefined;
    // Without a marker there is no other way to recognise what a root that is gone left behind.
    this.#groupIsOurs = this.#marker === undefined;
  }

  /** Looks for further processes and returns all that are alive. */
  scan(): ProcessIdentity[] {
    const rows = listProcesses();
    const marked = this.#marker === undefined ? null : environmentValues(runMarkerVariable);
    const group = this.#group(rows);
    const wanted = new Set<number>();
    for (const row of rows) {
      const known = this.#quarry.has(keyOf(identityOf(row)));
      const isRoot = this.#isRoot(row);
      const carries = marked !== null && marked.get(row.pid) === this.#marker;
      if (known || isRoot || carries || row.group === group) wanted.add(row.pid);
    }
    addDescendants(rows, wanted);
    const ownGroup = rows.find((row) => row.pid === Deno.pid)?.group;
    for (const row of rows) {
      const spared = row.dead || row.pid <= 1 || row.pid === Deno.pid || row.group === ownGroup;
      if (wanted.has(row.pid) && !spared) this.#quarry.set(keyOf(identityOf(row)), identityOf(row));
    }
    return this.#alive();
  }

  /** Signals all that are alive. SIGTERM goes to each only once. */
  signal(name: "SIGTERM" | "SIGKILL"): void {
    for (const identity of this.#alive()) {
      if (name === "SIGTERM" && this.#asked.has(keyOf(identity))) continue;
      this.#asked.add(keyOf(identity));
      send(identity.pid, name);
      // A stopped process handles the request only once it continues.
      if (name === "SIGTERM") send(identity.pid, "SIGCONT");
    }
  }

  /** Resolves when all known processes are gone, at the latest at `deadline` (performance.now()). */
  async waitUntilGone(deadline: number): Promise<void> {
    while (this.#alive().length > 0 && performance.now() < deadline) {
      await sleep(Math.min(pollMs, Math.max(1, deadline - performance.now())));
    }
  }

  result(): { ended: number[]; survivors: number[] } {
    const survivors = this.#alive().map((identity) => identity.pid);
    const spared = this.#target;
    if (spared && !this.#quarry.has(keyOf(spared)) && isAlive(spared)) survivors.push(spared.pid);
    const ended = [...this.#quarry.values()].map((identity) => identity.pid)
      .filter((pid) => !survivors.includes(pid));
    return { ended, survivors };
  }

  #alive(): ProcessIdentity[] {
    return [...this.#quarry.values()].filter(isAlive);
  }

  #isRoot(row: ProcessRow): boolean {
    return row.pid === this.#root?.pid && row.startTime === this.#root.startTime;
  }

  /** The root's process group, or null when it has none or its number may be another's by now. */
  #group(rows: ProcessRow[]): number | null {
    if (this.#root === null) return null;
    const holder = rows.find((row) => row.pid === this.#root?.pid);
    if (holder) this.#groupIsOurs = this.#isRoot(holder);
    return this.#groupIsOurs ? this.#root.pid : null;
  }
}

/** Init leads a group of strangers, and this process has to report; another boot's pids mean nothing. */
function mayEnd(root: ProcessIdentity): boolean {
  return root.pid > 1 && root.pid !== Deno.pid && root.bootId === currentBootId();
}

function addDescendants(rows: ProcessRow[], wanted: Set<number>): void {
  const children = new Map<number, number[]>();
  for (const row of rows) {
    const siblings = children.get(row.parent);
    if (siblings) siblings.push(row.pid);
    else children.set(row.parent, [row.pid]);
  }
  // A set may grow while it is walked: what is added is visited too.
  for (const pid of wanted) {
    if (pid <= 1) continue;
    for (const child of children.get(pid) ?? []) wanted.add(child);
  }
}

function identityOf(row: ProcessRow): ProcessIdentity {
  return { pid: row.pid, startTime: row.startTime, bootId: currentBootId() };
}

function keyOf(identity: ProcessIdentity): string {
  return `${identity.pid}:${identity.startTime}`;
}

function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It ended meanwhile, or belongs to another user; the next look at the table tells which.
  }
}
