// Owns: what platform tests share: throw-away folders, waiting for a condition, watching processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { identify } from "../../src/platform/process.ts";
import type { DetachedOptions, ExitStatus, SpawnedProcess } from "../../src/platform/spawn.ts";
import { spawnDetached } from "../../src/platform/spawn.ts";
import { endTree } from "../../src/platform/kill_tree.ts";
import { holdLoop } from "../../src/platform/timers.ts";

/** Runs `body` with the real path of a fresh folder, removed afterwards. */
export async function inTempDir(body: (dir: string) => Promise<void> | void): Promise<void> {
  const dir = await Deno.realPath(await Deno.makeTempDir({ prefix: "hermes ünï " }));
  try {
    await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Polls until `condition` gives something other than null, undefined or false; fails after 10 s. */
export async function until<T>(
  what: string,
  condition: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const value = await condition();
    if (value !== null && value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`gave up waiting: ${what}`);
}

/** The end of a detached process, which by itself does not keep the test running. */
export async function ended(process: SpawnedProcess): Promise<ExitStatus> {
  return await holdLoop(process.exited);
}

/** Starts a shell script detached in `dir`; its output lands in `dir/log`. */
export async function startShell(
  dir: string,
  script: string,
  env: Record<string, string> = {},
): Promise<SpawnedProcess> {
  return await spawnDetached(shellOptions(dir, script, env));
}

function shellOptions(dir: string, script: string, env: Record<string, string>): DetachedOptions {
  return {
    argv: ["bash", "-c", script],
    cwd: dir,
    env: { PATH: Deno.env.get("PATH")!, ...env },
    logPath: join(dir, "log"),
  };
}

/** Runs `body` beside a detached process and makes sure that nothing of it is left afterwards. */
export async function withProcess(
  options: DetachedOptions,
  body: (process: SpawnedProcess) => Promise<void> | void,
): Promise<void> {
  const process = await spawnDetached(options);
  try {
    await body(process);
  } finally {
    const marker = options.env.HERMES_RUN_MARKER;
    await endTree({ identity: process.identity, marker, graceMs: 0 });
    await ended(process);
  }
}

/** {@link withProcess} for a shell script in a fresh folder. */
export async function withShell(
  script: string,
  env: Record<string, string>,
  body: (process: SpawnedProcess, dir: string) => Promise<void> | void,
): Promise<void> {
  await inTempDir((dir) =>
    withProcess(shellOptions(dir, script, env), (process) => body(process, dir))
  );
}

/** Waits for a pid that a script writes into `path`. */
export async function pidIn(path: string): Promise<number> {
  return await until(`a pid in ${path}`, async () => {
    const text = await Deno.readTextFile(path).catch(() => "");
    return text.endsWith("\n") && Number(text);
  });
}

/** True while the pid belongs to a process that runs. */
export function runs(pid: number): boolean {
  return identify(pid) !== null;
}
