// Owns: the gateway — the process that plans, dispatches and tells what happens.

import { systemClock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Service } from "../base/service.ts";
import type { ActionOptions } from "../cli/host.ts";
import { painter, type Screen, screenFor } from "../cli/terminal.ts";
import type { Environment } from "../config/env_names.ts";
import { resolvePaths } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import { ConfigSource } from "../config/source.ts";
import { Dispatcher } from "../dispatcher/dispatcher.ts";
import { WorkerTable } from "../dispatcher/worker_table.ts";
import type { Board } from "../kernel/board.ts";
import { auxiliaryProblem } from "../llm/auxiliary.ts";
import { resolveModel } from "../llm/model_settings.ts";
import { type OpContext, openContext, policyOf } from "../ops/context.ts";
import { AutoPlanner } from "../planner/auto_planner.ts";
import { allEnv } from "../platform/env.ts";
import { isTerminal, writeErr, writeOut } from "../platform/host_io.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import { sleep } from "../platform/timers.ts";
import { hostPorts } from "./host_ports.ts";
import { lineLog } from "./line_log.ts";
import { LiveLines } from "./live_lines.ts";

/** Runs the gateway in the foreground until it is asked to end. Returns the exit status. */
export async function startGateway(options: ActionOptions): Promise<number> {
  const env = allEnv();
  const screen = screenFor(env, options.color, systemClock.now());
  const paint = isTerminal("err") ? screen.paint : painter(false);
  const log = lineLog(writeErr, paint, "warn");
  const gateway = await createGateway({ ...options, env, screen, log });
  const ended = new Promise<string>((resolve) => onShutdownSignal(resolve));
  for (const line of gateway.opening) writeOut(`${line}\n`);
  await gateway.start();
  await ended;
  writeOut("Stopping. Running workers go on; the next gateway looks after them.\n");
  await gateway.stop();
  return 0;
}

export interface GatewayOptions {
  env: Environment;
  profile?: string;
  board?: string;
  screen: Screen;
  log: Log;
}

/** A gateway, and the lines that tell a person what it is going to do. */
export interface Gateway extends Service {
  opening: string[];
}

/**
 * The gateway of one board. The board is open already; `stop` closes it.
 *
 * @throws HermesError when the board or the configuration cannot be used.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { env, profile, log, screen } = options;
  const { configFile, profileConfigFile } = resolvePaths(env, { profile, board: options.board });
  const source = new ConfigSource({ file: configFile, profileFile: profileConfigFile, env }, log);
  let current = await source.read();
  const config = async () => current = await source.read();
  const context = await openContext({
    ...options,
    host: hostPorts,
    engineLog: log,
    actor: { kind: "system", name: "gateway", taskId: null, runId: null },
    policy: () => policyOf(current),
  });
  const board = await context.board();
  const services: Service[] = [new LiveLines(board, screen, writeOut)];
  if (current.kanban.dispatch_in_gateway) {
    const { clock } = board;
    services.push(
      createDispatcher(context, board, config, log),
      new AutoPlanner({ boards: [board], config, paths: context.paths, env, clock, log, sleep }),
    );
  }
  return {
    opening: openingLines(context, current),
    async start() {
      for (const service of services) await service.start();
    },
    async stop() {
      for (const service of services.toReversed()) await service.stop();
      await context.close();
    },
  };
}

function createDispatcher(
  context: OpContext,
  board: Board,
  config: () => Promise<Config>,
  log: Log,
): Service {
  const { paths, boardPaths, host } = context;
  return new Dispatcher({
    board,
    paths: boardPaths,
    root: paths.root,
    config,
    profileNames: () => context.profiles(),
    selfCommand: () => host.selfCommand(),
    environment: () => host.environment(),
    self: host.self(),
    host: host.hostName(),
    workers: new WorkerTable(),
    log,
  });
}

/** What a person wants to know when the gateway starts. */
function openingLines({ boardPaths, env }: OpContext, config: Config): string[] {
  const { kanban } = config;
  return [
    `Gateway for board ${boardPaths.slug} (${boardPaths.db})`,
    kanban.dispatch_in_gateway
      ? `Dispatching: up to ${kanban.max_in_progress} workers, woken by changes, ` +
        `and every ${kanban.dispatch_interval_seconds} s`
      : "Dispatching is switched off (kanban.dispatch_in_gateway)",
    ...modelLines(config, env),
    "Press Ctrl-C to stop.",
  ];
}

function modelLines(config: Config, env: OpContext["env"]): string[] {
  const lines: string[] = [];
  try {
    const { model, provider } = resolveModel(config, env);
    lines.push(`Model: ${model} (${provider})`);
  } catch (error) {
    const { message, remedy } = error as { message: string; remedy?: string };
    lines.push(`No model configured: workers cannot think. ${message}. ${remedy ?? ""}`.trim());
  }
  const problem = auxiliaryProblem(config, env, "kanban_decomposer");
  if (!config.kanban.auto_decompose) {
    lines.push("Triage waits for a person (kanban.auto_decompose)");
  } else if (problem !== null) lines.push("No model for planning: triage is not decomposed");
  else lines.push("Triage is decomposed automatically");
  return lines;
}
