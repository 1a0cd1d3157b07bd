// Owns: naming the machine that figures come from.

import { DatabaseSync } from "node:sqlite";

/** What a reader must know to compare figures. */
export interface Machine {
  cpu: string;
  cores: number;
  /** Gibibytes. */
  memory: number;
  kernel: string;
  deno: string;
  sqlite: string;
  /** Processes that wanted the processor over the last minute, before measuring began. */
  load: number;
}

export async function describeMachine(): Promise<Machine> {
  return {
    cpu: await cpuName(),
    cores: navigator.hardwareConcurrency,
    memory: Math.round(Deno.systemMemoryInfo().total / 2 ** 30),
    kernel: `${Deno.build.os} ${Deno.osRelease()}`,
    deno: Deno.version.deno,
    sqlite: sqliteVersion(),
    load: Deno.loadavg()[0] ?? 0,
  };
}

/** The machine in one line. */
export function machineLine(machine: Machine): string {
  const { cpu, cores, memory, kernel, deno, sqlite, load } = machine;
  return `${cpu}, ${cores} cores, ${memory} GiB, ${kernel}, Deno ${deno}, SQLite ${sqlite}, ` +
    `load ${load.toFixed(2)} at the start`;
}

async function cpuName(): Promise<string> {
  const info = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return /^model name\s*:\s*(.+)$/m.exec(info)?.[1] ?? Deno.build.arch;
}

function sqliteVersion(): string {
  const db = new DatabaseSync(":memory:");
  try {
    return String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  } finally {
    db.close();
  }
}
