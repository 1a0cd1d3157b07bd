// Owns: the agent as a command — opening its board and ending it when it is asked to end.

import { systemClock } from "../base/clock.ts";
import type { ActionOptions } from "../cli/host.ts";
import { painter } from "../cli/terminal.ts";
import { workerBoard } from "../agent/kanban_board.ts";
import { abortOnShutdown } from "../agent/shutdown.ts";
import { startAgent } from "../agent/start.ts";
import { envNames, envValue } from "../config/env_names.ts";
import { resolvePaths } from "../config/paths.ts";
import { type Actor, actorFrom, openContext } from "../ops/context.ts";
import { boardTools } from "../ops/tool.ts";
import { allEnv } from "../platform/env.ts";
import { exit, writeErr, writeOut } from "../platform/host_io.ts";
import { workingDir } from "../platform/paths.ts";
import { hostPorts } from "./host_ports.ts";
import { lineLog } from "./line_log.ts";

/** Works on the task of the environment, or answers one prompt. Returns the exit status. */
export async function chat(
  options: ActionOptions & { prompt: string; skills: string[] },
): Promise<number> {
  const env = allEnv();
  const isWorker = envValue(env, envNames.kanbanTask) !== undefined;
  const log = lineLog(writeErr, painter(false), isWorker ? "info" : "warn");
  const { profile, board } = options;
  const speaker = resolvePaths(env, { profile, board }).profile;
  // Board tools of a chat act for the profile; whether it has any is decided by its toolsets.
  const actor: Actor = isWorker
    ? actorFrom(env, speaker)
    : { kind: "orchestrator", name: speaker, taskId: null, runId: null };
  const context = await openContext({ env, host: hostPorts, log, profile, board, actor });
  const shutdown = abortOnShutdown(exit);
  try {
    return await startAgent({
      query: options.prompt,
      skills: options.skills,
      paths: context.paths,
      env,
      workingDir: workingDir(),
      workerBoard: (taskId, runId) => workerBoard(context, taskId, runId),
      chatTools: () => boardTools(context),
      print: (text) => writeOut(`${text}\n`),
      clock: systemClock,
      log,
      signal: shutdown.signal,
    });
  } finally {
    shutdown.dispose();
    await context.close();
  }
}
