// Owns: what the operating system tells about running processes: /proc on Linux, ps elsewhere.

import { readEnv } from "./env.ts";

/** One process as it was when it was read. */
export interface ProcessRow {
  pid: number;
  parent: number;
  /** Process group id. */
  group: number;
  /** Start time as text: clock ticks since boot on Linux, the date `ps` prints elsewhere. */
  startTime: string;
  /** Has ended; only its entry in the table is left, waiting for its parent. */
  dead: boolean;
}

const linux = Deno.build.os === "linux";
const psColumns = "pid=,ppid=,pgid=,stat=,lstart=";

/** One process, dead ones included; null when the pid is not in use. */
export function readProcess(pid: number): ProcessRow | null {
  if (!Number.isSafeInteger(pid) || pid < 1) return null;
  if (!linux) return parsePs(runPs(["-p", String(pid), "-o", psColumns]))[0] ?? null;
  try {
    return parseStat(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return null;
  }
}

/** Every process of the machine that this user may see. */
export function listProcesses(): ProcessRow[] {
  if (!linux) return parsePs(runPs(["-axo", psColumns]));
  const rows: ProcessRow[] = [];
  for (const pid of procPids()) {
    const row = readProcess(pid);
    if (row) rows.push(row);
  }
  return rows;
}

/**
 * The value that an environment variable had when each of this user's processes was started, by pid.
 * Processes without the variable, and those whose environment may not be read, are left out.
 */
export function environmentValues(name: string): Map<number, string> {
  return linux ? procEnvironments(name) : psEnvironments(name);
}

/** An identifier of the machine's current boot; empty when it cannot be told. */
export function currentBootId(): string {
  return bootId ??= readBootId();
}

let bootId: string | undefined;

function readBootId(): string {
  try {
    if (linux) return Deno.readTextFileSync("/proc/sys/kernel/random/boot_id").trim();
    return /sec = (\d+)/.exec(capture("sysctl", ["-n", "kern.boottime"]))?.[1] ?? "";
  } catch {
    return "";
  }
}

/**
 * Parses a line of `/proc/<pid>/stat`; null when it has another shape. The program's name stands in
 * parentheses and may itself hold spaces and parentheses, so fields count from the last `)`.
 */
export function parseStat(line: string): ProcessRow | null {
  const pid = Number.parseInt(line, 10);
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const [state, parent, group] = fields;
  const startTime = fields[19];
  if (!pid || !state || !startTime) return null;
  return { pid, parent: Number(parent), group: Number(group), startTime, dead: isDead(state) };
}

/** Parses the lines of `ps -o pid=,ppid=,pgid=,stat=,lstart=`. */
export function parsePs(text: string): ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const line of text.split("\n")) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*\S)\s*$/.exec(line);
    if (!match) continue;
    const [, pid, parent, group, state, startTime] = match;
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      startTime: startTime!,
      dead: isDead(state!),
    });
  }
  return rows;
}

function isDead(state: string): boolean {
  return /^[ZXx]/.test(state);
}

function procPids(): number[] {
  const pids: number[] = [];
  for (const entry of Deno.readDirSync("/proc")) {
    if (/^\d+$/.test(entry.name)) pids.push(Number(entry.name));
  }
  return pids;
}

function procEnvironments(name: string): Map<number, string> {
  const values = new Map<number, string>();
  const user = Deno.uid();
  const prefix = `${name}=`;
  for (const pid of procPids()) {
    try {
      if (Deno.statSync(`/proc/${pid}`).uid !== user) continue;
      const environment = Deno.readTextFileSync(`/proc/${pid}/environ`);
      if (!environment.includes(prefix)) continue;
      const entry = environment.split("\0").find((item) => item.startsWith(prefix));
      if (entry) values.set(pid, entry.slice(prefix.length));
    } catch {
      // It ended meanwhile, or it belongs to somebody else.
    }
  }
  return values;
}

function psEnvironments(name: string): Map<number, string> {
  const values = new Map<number, string>();
  const pattern = new RegExp(`^\\s*(\\d+) .* ${name}=(\\S+)`);
  for (
    const line of runPs(["-U", String(Deno.uid() ?? 0), "-Eww", "-o", "pid=,command="]).split("\n")
  ) {
    const match = pattern.exec(line);
    if (match) values.set(Number(match[1]), match[2]!);
  }
  return values;
}

function runPs(args: string[]): string {
  return capture("ps", args);
}

function capture(program: string, args: string[]): string {
  try {
    const output = new Deno.Command(program, {
      args,
      // The C locale keeps start times comparable between two processes with different settings.
      env: { LC_ALL: "C", TZ: "UTC", PATH: readEnv("PATH") ?? "/usr/bin:/bin" },
      stdin: "null",
      stderr: "null",
    }).outputSync();
    return new TextDecoder().decode(output.stdout);
  } catch {
    return "";
  }
}
