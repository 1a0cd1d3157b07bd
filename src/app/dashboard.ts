// Owns: `hermes dashboard`: serving it, or opening the one that is served already.

import { systemClock } from "../base/clock.ts";
import { HermesError } from "../base/errors.ts";
import type { DashboardActionOptions } from "../cli/host.ts";
import { painter, screenFor } from "../cli/terminal.ts";
import { resolveActivePaths } from "../config/active_profile.ts";
import { loadConfig } from "../config/load.ts";
import type { LoadAssets } from "../http/assets.ts";
import { isPublic } from "../http/origin.ts";
import { allEnv } from "../platform/env.ts";
import { isTerminal, writeErr, writeOut } from "../platform/host_io.ts";
import { openUrl } from "../platform/open_url.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import { findServer, onceUrlOf } from "./dashboard_record.ts";
import { type Dashboard, isPortTaken, serveDashboard } from "./dashboard_server.ts";
import { lineLog } from "./line_log.ts";

/** Serves the dashboard in the foreground until it is asked to end. Returns the exit status. */
export async function runDashboard(
  options: DashboardActionOptions & { loadAssets?: LoadAssets },
): Promise<number> {
  const env = allEnv();
  const screen = screenFor(env, options.color, systemClock.now());
  const paint = isTerminal("err") ? screen.paint : painter(false);
  const log = lineLog(writeErr, paint, "warn");
  const { profile, board, loadAssets, host: hostname, port } = options;
  const ended = new Promise<string>((resolve) => onShutdownSignal(resolve));
  let dashboard: Dashboard;
  try {
    dashboard = await serveDashboard({ env, profile, board, hostname, port, loadAssets, log });
  } catch (thrown) {
    if (!isPortTaken(thrown)) throw thrown;
    return await openRunning(options, thrown as HermesError);
  }
  for (const warning of dashboard.warnings) writeErr(`warning: ${warning}\n`);
  writeOut(`Dashboard: ${dashboard.loginUrl}\nPress Ctrl-C to stop.\n`);
  if (options.open && !isPublic(hostname ?? "")) await show(dashboard.onceUrl());
  await ended;
  await dashboard.stop();
  return 0;
}

/** The port is taken: by a dashboard of this home, which is opened, or by something else. */
async function openRunning(
  { profile, port: asked, open }: DashboardActionOptions,
  taken: HermesError,
): Promise<number> {
  const env = allEnv();
  const { root, configFile, profileConfigFile } = await resolveActivePaths(env, { profile });
  const loaded = await loadConfig({ file: configFile, profileFile: profileConfigFile, env });
  const port = asked ?? loaded.config.dashboard.port;
  const running = await findServer(root, port);
  if (running === null) {
    throw new HermesError("unavailable", taken.message, {
      remedy: "Another program uses it. Choose a free port with: hermes dashboard --port 0",
      cause: taken,
    });
  }
  writeOut(`Dashboard, served already: ${running.url}/?token=${running.token}\n`);
  const url = open ? await onceUrlOf(running) : null;
  if (url !== null) await show(url);
  return 0;
}

/** Not every machine has a browser; the address was printed. */
async function show(url: string): Promise<void> {
  if (!await openUrl(url)) writeErr("Cannot open a browser here: open the address above.\n");
}
