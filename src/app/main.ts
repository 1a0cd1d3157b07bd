// Owns: the program as a whole — its command line with the real machine behind it.

import { createLog } from "../base/log.ts";
import { runCli } from "../cli/run.ts";
import type { LoadAssets } from "../http/assets.ts";
import { allEnv } from "../platform/env.ts";
import { exit, readStdinText, writeErr } from "../platform/host_io.ts";
import { hostPorts } from "./host_ports.ts";

/** What the start of the program provides, as it differs between the source tree and the one file. */
export interface MainOptions {
  /** The dashboard's files; without them only its API is served. */
  loadAssets?: LoadAssets;
}

/** Runs a command line and ends the process with its exit status. */
export async function main(argv: readonly string[], options: MainOptions = {}): Promise<never> {
  const log = createLog((level, message) => writeErr(`${level}: ${message}\n`), "warn");
  const status = await runCli(argv, {
    env: allEnv(),
    ports: hostPorts,
    log,
    stdin: readStdinText,
    actions: {
      startGateway: async (given) =>
        (await import("./gateway.ts")).startGateway({ ...given, loadAssets: options.loadAssets }),
      chat: async (given) => (await import("./chat.ts")).chat(given),
      dashboard: async (given) =>
        (await import("./dashboard.ts")).runDashboard({ ...given, loadAssets: options.loadAssets }),
      mcp: async (given) => (await import("./mcp.ts")).runMcp(given),
      runLane: async (given) => (await import("./lane_run.ts")).runLane(given),
      fakeLane: async (words) => (await import("./lane_fake.ts")).fakeLane(words),
      demo: async (given) => (await import("./demo.ts")).runDemo(given),
    },
  });
  exit(status);
}
