// Owns: a dispatcher's parts for tests: real processes and files, one home per test, no real agent.

import type { Log } from "../../src/base/log.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { boardPaths, resolvePaths } from "../../src/config/paths.ts";
import type { Config } from "../../src/config/schema.ts";
import type { DispatcherDeps } from "../../src/dispatcher/deps.ts";
import { WorkerTable } from "../../src/dispatcher/worker_table.ts";
import type { Board } from "../../src/kernel/board.ts";
import { LaneBook } from "../../src/lanes/profile_lane.ts";
import { hostName, selfIdentity } from "../../src/platform/process.ts";

/** The profiles every test has. */
export const profiles = ["default", "ada", "bob"];

export interface Settings {
  kanban: Partial<Config["kanban"]>;
  /** What starts a worker, before the usual arguments. */
  command: string[];
}

/** Where the board of `home` lies. */
export function pathsOf(home: string) {
  return boardPaths(resolvePaths({ HERMES_HOME: home }), "default");
}

/** The settings are read anew at every pass, as a gateway does. */
export function depsFor(
  home: string,
  board: Board,
  log: Log,
  settings: () => Settings,
): DispatcherDeps {
  const lanes = new LaneBook(home);
  return {
    board,
    paths: pathsOf(home),
    root: home,
    config: () => Promise.resolve(configOf(settings())),
    profileNames: () => Promise.resolve(profiles),
    lane: (profile) => lanes.startable(profile),
    selfCommand: () => settings().command,
    environment: () => ({ PATH: Deno.env.get("PATH")!, HOME: home }),
    self: selfIdentity(),
    host: hostName(),
    workers: new WorkerTable(),
    log,
    workerGraceMs: 300,
  };
}

export function configOf({ kanban }: Settings): Config {
  return { ...defaultConfig, kanban: { ...defaultConfig.kanban, ...kanban } };
}

/** The script `name` of this folder's `workers/`, to be run by Deno. */
export function denoWorker(name: string, ...args: string[]): string[] {
  const file = new URL(`./workers/${name}.ts`, import.meta.url).pathname;
  return [Deno.execPath(), "run", "-A", "--quiet", file, ...args];
}

/** A shell script as a worker: what the dispatcher adds becomes its arguments. */
export function shellWorker(script: string): string[] {
  return ["sh", "-c", script, "worker"];
}
