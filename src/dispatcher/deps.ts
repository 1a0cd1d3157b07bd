// Owns: what a dispatcher is made of; `app` fills it in.

import type { Log } from "../base/log.ts";
import type { BoardPaths } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import type { Board } from "../kernel/board.ts";
import type { ProfileLane } from "../lanes/profile_lane.ts";
import type { ProcessIdentity } from "../platform/process.ts";
import type { WorkerTable } from "./worker_table.ts";

export interface DispatcherDeps {
  board: Board;
  paths: BoardPaths;
  /** Root folder of the installation; children are pinned to it. */
  root: string;
  /** The configuration as it is now. */
  config(): Promise<Config>;
  /** Names of the profiles whose workers can be started. */
  profileNames(): Promise<string[]>;
  /** What works as a profile. */
  lane(profile: string): Promise<ProfileLane>;
  /** The words that start this program again. */
  selfCommand(): string[];
  /** The environment workers inherit. */
  environment(): Record<string, string>;
  /** This process, whose pid goes into claim locks. */
  self: ProcessIdentity;
  /** Name of this host as it goes into claim locks. */
  host: string;
  workers: WorkerTable;
  log: Log;
  /** Called once this process alone serves the board: what else may run only once per board can begin. */
  onHold?(): void;
  /** Workers started per pass at most; no limit when absent. */
  maxSpawns?: number;
  /** Milliseconds a worker gets between being asked to stop and being killed; 5000 when absent. */
  workerGraceMs?: number;
}

/** The lock text of claims made by this dispatcher. */
export function lockText(deps: Pick<DispatcherDeps, "host" | "self">): string {
  return `${deps.host}:${deps.self.pid}`;
}

/** The private marker of one run, equal for every dispatcher of this board. */
export function runMarker(board: Board, runId: number): string {
  return `${markerPrefix(board)}${runId}`;
}

/** What the markers of all runs of a board start with. */
export function markerPrefix(board: Board): string {
  return `hermes:${board.path}:`;
}
