// Owns: what a dispatcher is made of, taken from the world of an operation.

import type { Log } from "../../base/log.ts";
import type { Config } from "../../config/schema.ts";
import type { DispatcherDeps } from "../../dispatcher/deps.ts";
import { WorkerTable } from "../../dispatcher/worker_table.ts";
import { LaneBook } from "../../lanes/profile_lane.ts";
import type { Board } from "../../kernel/board.ts";
import type { OpContext } from "../context.ts";

/** A dispatcher of the context's board that asks `config` before every pass. */
export function dispatcherDeps(
  context: OpContext,
  board: Board,
  config: () => Promise<Config>,
  log: Log,
): DispatcherDeps {
  const { paths, boardPaths, host } = context;
  const lanes = new LaneBook(paths.root);
  return {
    board,
    paths: boardPaths,
    root: paths.root,
    config,
    profileNames: () => context.profiles(),
    lane: (profile) => lanes.startable(profile),
    selfCommand: () => host.selfCommand(),
    environment: () => host.environment(),
    self: host.self(),
    host: host.hostName(),
    workers: new WorkerTable(),
    log,
  };
}

/** The same board with another failure limit; without one the board itself. */
export function withFailureLimit(board: Board, failureLimit: number | undefined): Board {
  if (failureLimit === undefined) return board;
  return { ...board, policy: () => ({ ...board.policy(), failureLimit }) };
}
