// Owns: a dispatcher's world without an app: defaults everywhere, a worker command of the row's choice.

import { silentLog } from "../../src/base/log.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { boardPaths, resolvePaths } from "../../src/config/paths.ts";
import type { DispatcherDeps } from "../../src/dispatcher/deps.ts";
import { WorkerTable } from "../../src/dispatcher/worker_table.ts";
import type { Board } from "../../src/kernel/board.ts";
import { hostName, selfIdentity } from "../../src/platform/process.ts";

/** The profiles every row knows. */
export const profiles = ["default", "researcher", "writer", "reviewer", "backend-eng"];

/** A dispatcher of the board in `home` that starts workers with `worker`. */
export function dispatcherDeps(
  board: Board,
  home: string,
  worker: readonly string[] = ["true"],
): DispatcherDeps {
  const paths = resolvePaths({ HERMES_HOME: home });
  return {
    board,
    paths: boardPaths(paths, board.slug),
    root: home,
    config: () => Promise.resolve(structuredClone(defaultConfig)),
    profileNames: () => Promise.resolve(profiles),
    selfCommand: () => [...worker],
    environment: () => ({ PATH: Deno.env.get("PATH") ?? "" }),
    self: selfIdentity(),
    host: hostName(),
    workers: new WorkerTable(),
    log: silentLog,
  };
}
