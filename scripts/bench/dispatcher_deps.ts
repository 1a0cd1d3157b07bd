// Owns: a dispatcher's world as the gateway makes it, with a worker command of the row's choice.

import { join } from "node:path";
import { silentLog } from "../../src/base/log.ts";
import { boardPaths, resolvePaths } from "../../src/config/paths.ts";
import { ConfigSource } from "../../src/config/source.ts";
import type { DispatcherDeps } from "../../src/dispatcher/deps.ts";
import { WorkerTable } from "../../src/dispatcher/worker_table.ts";
import type { Board } from "../../src/kernel/board.ts";
import { builtinChoice } from "../../src/lanes/profile_lane.ts";
import { hostName, selfIdentity } from "../../src/platform/process.ts";
import { profileNames } from "../../src/profiles/roster.ts";

/** The profiles of a home made by {@link makeProfiles}, besides `default`. */
export const profiles = ["backend-eng", "researcher", "reviewer", "writer"];

/** Gives a home its profiles. */
export async function makeProfiles(home: string): Promise<void> {
  for (const name of profiles) {
    const folder = join(home, "profiles", name);
    await Deno.mkdir(folder, { recursive: true });
    await Deno.writeTextFile(join(folder, "config.yaml"), "");
  }
}

/** A dispatcher of the board in `home` that starts workers with `worker`. */
export function dispatcherDeps(
  board: Board,
  home: string,
  worker: readonly string[] = ["true"],
): DispatcherDeps {
  const env = { HERMES_HOME: home };
  const paths = resolvePaths(env);
  const source = new ConfigSource({ file: paths.configFile, env }, silentLog);
  return {
    board,
    paths: boardPaths(paths, board.slug),
    root: home,
    config: () => source.read(),
    profileNames: () => profileNames(paths),
    lane: () => Promise.resolve(builtinChoice),
    selfCommand: () => [...worker],
    environment: () => ({ PATH: Deno.env.get("PATH") ?? "" }),
    self: selfIdentity(),
    host: hostName(),
    workers: new WorkerTable(),
    log: silentLog,
  };
}
