// Owns: the program as a whole — its command line with the real machine behind it.

import { createLog } from "../base/log.ts";
import { runCli } from "../cli/run.ts";
import { allEnv } from "../platform/env.ts";
import { exit, readStdinText, writeErr } from "../platform/host_io.ts";
import { hostPorts } from "./host_ports.ts";

/** Runs a command line and ends the process with its exit status. */
export async function main(argv: readonly string[]): Promise<never> {
  const log = createLog((level, message) => writeErr(`${level}: ${message}\n`), "warn");
  const status = await runCli(argv, {
    env: allEnv(),
    ports: hostPorts,
    log,
    stdin: readStdinText,
    actions: {
      startGateway: async (options) => (await import("./gateway.ts")).startGateway(options),
      chat: async (options) => (await import("./chat.ts")).chat(options),
      mcp: async (options) => (await import("./mcp.ts")).runMcp(options),
      demo: async (options) => (await import("./demo.ts")).runDemo(options),
    },
  });
  exit(status);
}
