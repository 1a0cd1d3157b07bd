// Owns: the dashboard's server with the real machine behind it, and where others find it.

import { systemClock } from "../base/clock.ts";
import { HermesError, toHermesError } from "../base/errors.ts";
import { randomIds } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import { resolveActivePaths } from "../config/active_profile.ts";
import { type Environment, envNames, envValue } from "../config/env_names.ts";
import { ConfigSource } from "../config/source.ts";
import type { LoadAssets } from "../http/assets.ts";
import { isPublic } from "../http/origin.ts";
import { startHttpServer } from "../http/server.ts";
import { shortToken, tokenBytes } from "../http/token.ts";
import { type Actor, type OpContext, openContext, policyOf } from "../ops/context.ts";
import { profileEnvFiles } from "../profiles/env_file.ts";
import { forgetServer, recordServer } from "./dashboard_record.ts";
import { hostPorts } from "./host_ports.ts";

export interface DashboardOptions {
  env: Environment;
  profile?: string;
  /** The board of requests that name none. */
  board?: string;
  /** What to bind to; only this machine unless somebody says otherwise. */
  hostname?: string;
  /** Overrides the configured port; 0 takes a free one. */
  port?: number;
  loadAssets?: LoadAssets;
  log: Log;
}

/** A dashboard that is being served. */
export interface Dashboard {
  /** Base URL without a slash at the end. */
  url: string;
  /** The address that lets a browser in. */
  loginUrl: string;
  /** An address that lets one browser in, once. */
  onceUrl(): string;
  /** What the operator should know. */
  warnings: string[];
  stop(): Promise<void>;
}

const person: Actor = { kind: "human", name: "dashboard", taskId: null, runId: null };

/**
 * Starts to serve the dashboard of a home.
 *
 * @throws HermesError `unavailable` when the address is taken or may not be used; `usage`, `not_found` and
 * what opening a board throws for the one that is named.
 */
export async function serveDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { profile, board, log, loadAssets, hostname = "127.0.0.1" } = options;
  const paths = await resolveActivePaths(options.env, { profile, board });
  const env = { ...options.env, ...(await profileEnvFiles(paths.root, paths.profile)).values };
  const files = { file: paths.configFile, profileFile: paths.profileConfigFile, env };
  const source = new ConfigSource(files, log);
  let current = await source.read();
  const config = async () => current = await source.read();
  const pinned = envValue(options.env, envNames.dashboardToken);
  const token = pinned ?? randomIds.token(tokenBytes);
  const open = (named: string | undefined) =>
    openContext({
      env: options.env,
      profile,
      board: named ?? board,
      host: hostPorts,
      log,
      engineLog: log,
      actor: person,
      policy: () => policyOf(current),
    });
  if (board !== undefined) await checkOpens(await open(board));
  const server = startHttpServer({
    hostname,
    port: options.port ?? current.dashboard.port,
    token,
    root: paths.root,
    boards: { config, open },
    actor: person,
    loadAssets,
    mcp: async (request) => {
      const { answerOverHttp } = await import("./mcp.ts");
      const named = new URL(request.url).searchParams.get("board") ?? board;
      return await answerOverHttp(request, { env: options.env, log, profile, board: named });
    },
    clock: systemClock,
    ids: randomIds,
    log,
  });
  const { url, port } = server;
  try {
    await recordServer(paths.root, { port, url, token });
  } catch (thrown) {
    // It works without: only `hermes dashboard` does not find it.
    log.warn(toHermesError(thrown).message);
  }
  return {
    url,
    loginUrl: `${url}/?token=${encodeURIComponent(token)}`,
    onceUrl: () => `${url}/?token=${server.issueCode()}`,
    warnings: warningsFor(hostname, pinned),
    async stop() {
      await forgetServer(paths.root, port, token);
      await server.stop();
    },
  };
}

/** Who names a board wants to hear at once that it is not there. */
async function checkOpens(context: OpContext): Promise<void> {
  try {
    await context.board();
  } finally {
    await context.close();
  }
}

/** The port is taken by something. */
export function isPortTaken(thrown: unknown): boolean {
  return thrown instanceof HermesError && thrown.code === "unavailable" &&
    thrown.message.includes("the port is in use");
}

function warningsFor(hostname: string, pinned: string | undefined): string[] {
  const warnings: string[] = [];
  if (isPublic(hostname)) {
    warnings.push(
      `The dashboard is bound to ${hostname}: everybody who can reach this machine and has the token can ` +
        "read every task and change it, and so decide what agents run here. The connection is not " +
        "encrypted: others in the network can read the token. Prefer an SSH tunnel.",
    );
  }
  if (pinned !== undefined && pinned.length < shortToken) {
    warnings.push(
      `${envNames.dashboardToken} has ${pinned.length} characters and can be guessed: ` +
        `use ${shortToken} or more.`,
    );
  }
  return warnings;
}
