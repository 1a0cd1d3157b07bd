// Owns: the gateway — the process that plans, dispatches and tells what happens.

import { systemClock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import type { Service } from "../base/service.ts";
import type { GatewayActionOptions } from "../cli/host.ts";
import { painter, type Screen, screenFor } from "../cli/terminal.ts";
import { resolveActivePaths } from "../config/active_profile.ts";
import { type Environment, envNames, envValue } from "../config/env_names.ts";
import { type BoardPaths, boardPaths, defaultBoard } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import { ConfigSource } from "../config/source.ts";
import type { LoadAssets } from "../http/assets.ts";
import { boardSlugs } from "../kernel/boards.ts";
import { auxiliaryProblem } from "../llm/auxiliary.ts";
import { resolveModel } from "../llm/model_settings.ts";
import { boardPlaces } from "../ops/board_places.ts";
import { openContext, policyOf } from "../ops/context.ts";
import { AutoPlanner } from "../planner/auto_planner.ts";
import { allEnv } from "../platform/env.ts";
import { fileIdentity } from "../platform/file_tree.ts";
import { isTerminal, writeErr, writeOut } from "../platform/host_io.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import { sleep } from "../platform/timers.ts";
import { profileEnvFiles } from "../profiles/env_file.ts";
import { Fleet } from "./fleet.ts";
import { openDashboard } from "./gateway_dashboard.ts";
import { hostPorts } from "./host_ports.ts";
import { lineLog } from "./line_log.ts";
import { serveBoard, unpinned } from "./served_board.ts";

/** How the gateway is started from a command line. */
export interface StartGatewayOptions extends GatewayActionOptions {
  /** The dashboard's files. */
  loadAssets?: LoadAssets;
}

/** Runs the gateway in the foreground until it is asked to end. Returns the exit status. */
export async function startGateway(options: StartGatewayOptions): Promise<number> {
  const env = allEnv();
  const screen = screenFor(env, options.color, systemClock.now());
  const paint = isTerminal("err") ? screen.paint : painter(false);
  const log = lineLog(writeErr, paint, "warn");
  const gateway = await createGateway({ ...options, env, screen, log });
  const ended = new Promise<string>((resolve) => onShutdownSignal(resolve));
  for (const line of gateway.opening) writeOut(`${line}\n`);
  await gateway.start();
  const dashboard = await openDashboard({ ...options, env, log }, gateway.config);
  for (const line of dashboard?.lines ?? []) writeOut(`${line}\n`);
  await ended;
  writeOut("Stopping. Running workers go on; the next gateway looks after them.\n");
  await dashboard?.stop();
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
  /** The configuration it started with. */
  config: Config;
}

/**
 * The gateway of all boards, also of those that are made while it runs; of one only when that is named, or
 * its file is pinned by the environment.
 *
 * @throws HermesError when the configuration cannot be used, or the one board cannot be opened.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { profile, log, screen } = options;
  const paths = await resolveActivePaths(options.env, { profile, board: options.board });
  const env = { ...options.env, ...(await profileEnvFiles(paths.root, paths.profile)).values };
  const source = new ConfigSource({
    file: paths.configFile,
    profileFile: paths.profileConfigFile,
    env,
  }, log);
  let current = await source.read();
  const config = async () => current = await source.read();
  const planner = new AutoPlanner({ config, paths, env, clock: systemClock, log, sleep });
  const dispatches = current.kanban.dispatch_in_gateway;
  const only = await onlyBoard(options);
  const shared = {
    profile,
    config,
    policy: () => policyOf(current),
    dispatches,
    planner,
    screen,
    log,
  };
  const slugs = () => boardSlugs(boardPlaces(paths));
  const boards = only
    ? await serveBoard({ ...shared, env, slug: only.slug, label: "" })
    : new Fleet({
      slugs,
      identity: (slug) => fileIdentity(boardPaths(paths, slug).db),
      open: (slug) => {
        const label = slug === defaultBoard ? "" : slug;
        return serveBoard({ ...shared, env: unpinned(env), slug, label });
      },
      sleep,
      log,
    });
  const served = only
    ? `board ${only.slug} (${only.db})`
    : `all boards of ${paths.root}: ${(await slugs()).join(", ")}`;
  return {
    config: current,
    opening: openingLines(`Gateway for ${served}`, current, env),
    async start() {
      await boards.start();
      if (dispatches) await planner.start();
    },
    async stop() {
      await boards.stop();
      await planner.stop();
    },
  };
}

/** The board that is served alone; null when all are. */
async function onlyBoard(
  { env, profile, board, log }: GatewayOptions,
): Promise<Pick<BoardPaths, "slug" | "db"> | null> {
  const pinned = envValue(env, envNames.kanbanDb) !== undefined;
  if (board === undefined && !pinned) return null;
  const context = await openContext({ env, profile, board, host: hostPorts, log });
  return context.boardPaths;
}

/** What a person wants to know when the gateway starts. */
function openingLines(headline: string, config: Config, env: Environment): string[] {
  const { kanban } = config;
  return [
    headline,
    kanban.dispatch_in_gateway
      ? `Dispatching: up to ${kanban.max_in_progress} workers per board, woken by changes, ` +
        `and every ${kanban.dispatch_interval_seconds} s`
      : "Dispatching is switched off (kanban.dispatch_in_gateway)",
    ...modelLines(config, env),
    "Press Ctrl-C to stop.",
  ];
}

function modelLines(config: Config, env: Environment): string[] {
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
