// Owns: what the command line is given by whoever starts it.

import type { Log } from "../base/log.ts";
import type { Environment } from "../config/env_names.ts";
import type { HostPorts } from "../ops/context.ts";

/** Commands that are no operation of the board; each returns an exit status. */
export interface Actions {
  startGateway(options: ActionOptions): Promise<number>;
  chat(options: ActionOptions & { prompt: string; skills: string[] }): Promise<number>;
  /** Serves the board to a program that speaks MCP on standard input and output. */
  mcp(options: ActionOptions): Promise<number>;
  demo(options: { keep: boolean; json: boolean; color: boolean }): Promise<number>;
}

/** Global options as far as actions use them. */
export interface ActionOptions {
  profile?: string;
  board?: string;
  /** False for `--no-color`. */
  color: boolean;
}

export interface CliHost {
  env: Environment;
  ports: HostPorts;
  log: Log;
  actions: Actions;
  stdin(): Promise<string>;
}
