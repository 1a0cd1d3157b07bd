// Owns: the dashboard in the gateway's process. Without it the gateway goes on.

import { toHermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { GatewayActionOptions } from "../cli/host.ts";
import type { Environment } from "../config/env_names.ts";
import type { Config } from "../config/schema.ts";
import type { LoadAssets } from "../http/assets.ts";
import { isTerminal } from "../platform/host_io.ts";

export interface GatewayDashboardOptions extends GatewayActionOptions {
  env: Environment;
  loadAssets?: LoadAssets;
  log: Log;
}

/** A dashboard that is served, and what a person wants to know about it. */
export interface GatewayDashboard {
  lines: string[];
  stop(): Promise<void>;
}

/** Serves the dashboard unless it is not wanted; null then, and when it cannot be. */
export async function openDashboard(
  options: GatewayDashboardOptions,
  { dashboard: configured }: Pick<Config, "dashboard">,
): Promise<GatewayDashboard | null> {
  const { env, profile, board, host: hostname, port, loadAssets, log } = options;
  if (!options.dashboard || !configured.enabled) return null;
  try {
    const { serveDashboard } = await import("./dashboard_server.ts");
    const served = await serveDashboard({ env, profile, board, hostname, port, loadAssets, log });
    for (const warning of served.warnings) log.warn(warning);
    // What is no terminal may be a file, and others may read it.
    const line = isTerminal("out")
      ? `Dashboard: ${served.loginUrl}`
      : `Dashboard: ${served.url} (open it with: hermes dashboard)`;
    return { lines: [line], stop: () => served.stop() };
  } catch (thrown) {
    log.warn(`${toHermesError(thrown).message}. The gateway goes on without the dashboard.`);
    return null;
  }
}
