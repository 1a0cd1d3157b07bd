// Owns: the board as an MCP server of this process — for whom it speaks and where it listens.

import type { Log } from "../base/log.ts";
import { firstLine } from "../base/text.ts";
import type { ActionOptions } from "../cli/host.ts";
import { painter } from "../cli/terminal.ts";
import { type Environment, envNames, envValue } from "../config/env_names.ts";
import { answerMcp } from "../mcp/over_http.ts";
import { serveMcpOverStdio } from "../mcp/over_stdio.ts";
import type { McpWorld } from "../mcp/server.ts";
import { type Actor, actorFrom, openContext } from "../ops/context.ts";
import { allEnv } from "../platform/env.ts";
import { nodeStreams, writeErr } from "../platform/host_io.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import { hostPorts } from "./host_ports.ts";
import { lineLog } from "./line_log.ts";

/** Author of what a client writes that does not say its name. */
const unnamed = "mcp";

/** Answers on standard input and output. Returns the exit status. */
export async function runMcp({ profile, board }: ActionOptions): Promise<number> {
  const env = allEnv();
  const log = lineLog(writeErr, painter(false), "warn");
  const ended = new AbortController();
  const dispose = onShutdownSignal(() => ended.abort());
  try {
    await serveMcpOverStdio(
      worldOf({ env, log, profile, board }),
      await nodeStreams(),
      ended.signal,
    );
    return 0;
  } finally {
    dispose();
  }
}

/** Answers one request of a person's own agent over HTTP. */
export function answerOverHttp(
  request: Request,
  options: { env: Environment; log: Log; profile?: string; board?: string },
): Promise<Response> {
  const world = worldOf(options);
  return answerMcp(request, { isWorker: false, open: world.open });
}

/** The worker of the environment's task, else an orchestrator named after the client. */
function worldOf(
  { env, log, profile, board }: {
    env: Environment;
    log: Log;
    profile?: string;
    board?: string;
  },
): McpWorld {
  return {
    isWorker: envValue(env, envNames.kanbanTask) !== undefined,
    open(client) {
      const name = firstLine(client, 64) ?? unnamed;
      const person: Actor = { kind: "orchestrator", name, taskId: null, runId: null };
      const actor = envValue(env, envNames.kanbanTask) === undefined
        ? person
        : actorFrom(env, name);
      return openContext({ env, host: hostPorts, log, profile, board, actor });
    },
  };
}
