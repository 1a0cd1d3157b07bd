// Owns: what the command line is given by whoever starts it.

import type { Log } from "../base/log.ts";
import type { Environment } from "../config/env_names.ts";
import type { HostPorts, OpContext } from "../ops/context.ts";
import type { AnyOperation } from "../ops/define.ts";
import type { CliOutput } from "./output.ts";

/** Commands that are no operation of the board; each returns an exit status. */
export interface Actions {
  startGateway(options: GatewayActionOptions): Promise<number>;
  chat(options: ChatOptions): Promise<number>;
  /** Serves the board to a program that speaks MCP on standard input and output. */
  mcp(options: ActionOptions): Promise<number>;
  /** Serves the dashboard until it is told to end. */
  dashboard(options: DashboardActionOptions): Promise<number>;
  /** Supervises the foreign program that works on the task of the environment. */
  runLane(options: ActionOptions & { skills: string[] }): Promise<number>;
  /** Plays a foreign program for `lanes test`. */
  fakeLane(words: readonly string[]): Promise<number>;
  demo(options: { keep: boolean; json: boolean; color: boolean }): Promise<number>;
}

/** What `hermes chat` is given. */
export interface ChatOptions extends ActionOptions {
  /** What to say; without it a person or the input says it. */
  prompt?: string;
  skills: string[];
  /** Go on with an earlier chat: this one, or the newest when it is empty. */
  resume?: string;
  /** Print which chats there are. */
  list: boolean;
  json: boolean;
}

/** Global options as far as actions use them. */
export interface ActionOptions {
  profile?: string;
  board?: string;
  /** False for `--no-color`. */
  color: boolean;
}

/** How the dashboard is served. */
export interface DashboardActionOptions extends ActionOptions {
  /** What to bind to; only this machine without it. */
  host?: string;
  /** 0 takes a free one; the configured one without it. */
  port?: number;
  /** Whether the browser is opened. */
  open: boolean;
}

/** How the gateway is started. */
export interface GatewayActionOptions extends ActionOptions {
  /** False for `--no-dashboard`. */
  dashboard: boolean;
  /** What the dashboard binds to; only this machine without it. */
  host?: string;
  /** The dashboard's port; the configured one without it. */
  port?: number;
}

export interface CliHost {
  env: Environment;
  ports: HostPorts;
  log: Log;
  actions: Actions;
  stdin(): Promise<string>;
  /** Takes the place of the process's streams; then no command may take the terminal for itself. */
  output?: CliOutput;
  /** Ends commands that go on. Who gives one watches the signals of the process itself. */
  stop?: AbortSignal;
  /** Hears what an operation answered, while its context is still open. */
  onAnswer?(answer: CliAnswer): Promise<void>;
}

/** What one operation answered. */
export interface CliAnswer {
  operation: AnyOperation;
  context: OpContext;
  output: Record<string, unknown>;
  /** Whether JSON was asked for. */
  json: boolean;
}
