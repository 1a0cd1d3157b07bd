// Owns: one board in a gateway — opened, dispatched, planned and told about.

import type { Log } from "../base/log.ts";
import type { Service } from "../base/service.ts";
import type { Screen } from "../cli/terminal.ts";
import { type Environment, envNames } from "../config/env_names.ts";
import type { Config } from "../config/schema.ts";
import { Dispatcher } from "../dispatcher/dispatcher.ts";
import type { Policy } from "../kernel/lifecycle/decision.ts";
import { openContext } from "../ops/context.ts";
import { dispatcherDeps } from "../ops/runs/dispatcher_deps.ts";
import type { AutoPlanner } from "../planner/auto_planner.ts";
import { writeOut } from "../platform/host_io.ts";
import { hostPorts } from "./host_ports.ts";
import { DailyCare } from "./daily_care.ts";
import { LiveLines } from "./live_lines.ts";

export interface ServedBoardOptions {
  env: Environment;
  profile?: string;
  slug: string;
  /** Put in front of each line that tells about the board; empty when there is only one. */
  label: string;
  config(): Promise<Config>;
  policy(): Policy;
  /** False when somebody else dispatches and plans. */
  dispatches: boolean;
  planner: AutoPlanner;
  screen: Screen;
  log: Log;
}

/**
 * Opens a board; `start` dispatches it and `stop` closes it.
 *
 * @throws HermesError when the board cannot be opened.
 */
export async function serveBoard(options: ServedBoardOptions): Promise<Service> {
  const { env, profile, slug, log, screen, config, policy, planner, dispatches } = options;
  const context = await openContext({
    env,
    profile,
    board: slug,
    log,
    host: hostPorts,
    engineLog: log,
    actor: { kind: "system", name: "gateway", taskId: null, runId: null },
    policy,
  });
  const board = await context.board();
  const { clock } = board;
  const services: Service[] = [
    new LiveLines(board, screen, writeOut, options.label),
    new DailyCare({ paths: context.boardPaths, config, clock, log }),
  ];
  if (dispatches) {
    const deps = dispatcherDeps(context, board, config, log);
    // A gateway that waits for another to end would only pay for the same plans once more.
    services.push(new Dispatcher({ ...deps, onHold: () => planner.add(board) }));
  }
  return {
    async start() {
      for (const service of services) await service.start();
    },
    async stop() {
      for (const service of services.toReversed()) await service.stop();
      await planner.remove(board);
      await context.close();
    },
  };
}

/** The environment without the places that are fixed for one board and would be wrong for another. */
export function unpinned(env: Environment): Environment {
  const { kanbanDb, kanbanWorkspacesRoot, kanbanAttachmentsRoot } = envNames;
  const pins: string[] = [kanbanDb, kanbanWorkspacesRoot, kanbanAttachmentsRoot];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !pins.includes(name)));
}
