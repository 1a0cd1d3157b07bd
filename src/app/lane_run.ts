// Owns: `hermes lane-run` — supervising the foreign program that works on the task of the environment.

import { systemClock } from "../base/clock.ts";
import { HermesError, toHermesError } from "../base/errors.ts";
import { foreignBoard } from "../agent/foreign/board.ts";
import { runForeign } from "../agent/foreign/run.ts";
import { abortOnShutdown } from "../agent/shutdown.ts";
import type { ActionOptions } from "../cli/host.ts";
import { painter } from "../cli/terminal.ts";
import { envNames, envValue } from "../config/env_names.ts";
import { resolvePaths } from "../config/paths.ts";
import { type ExitNote, exitNotePath, writeExitNote } from "../lanes/exit_note.ts";
import { profileLane } from "../lanes/profile_lane.ts";
import { actorFrom, type OpContext, openContext } from "../ops/context.ts";
import { allEnv } from "../platform/env.ts";
import { readTextIfExists } from "../platform/files.ts";
import { exit, writeErr, writeOut } from "../platform/host_io.ts";
import { joinPath, workingDir } from "../platform/paths.ts";
import { selfCommand } from "../platform/self.ts";
import { looksLikeSecret } from "../profiles/inherited.ts";
import { builtInSkills, loadSkills } from "../profiles/skills.ts";
import { hostPorts } from "./host_ports.ts";
import { lineLog } from "./line_log.ts";

/** Most seconds between heartbeats, whatever the configuration says. */
const slowestHeartbeat = 60;

/** Values short enough to occur by chance are no use as something to look for. */
const shortestSecret = 8;

/** Works on the task of the environment. Returns the exit status the dispatcher reads. */
export async function runLane(options: ActionOptions & { skills: string[] }): Promise<number> {
  const env = allEnv();
  const log = lineLog(writeErr, painter(false), "info");
  const { profile, board } = options;
  const actor = actorFrom(env, resolvePaths(env, { profile, board }).profile);
  const { taskId, runId } = actor;
  if (taskId === null || runId === null) {
    throw new HermesError("usage", "Cannot run a lane: no task and run were given", {
      remedy: "Let the dispatcher start workers: hermes gateway start. To try a lane: " +
        "hermes lanes test <profile>",
    });
  }
  const context = await openContext({ env, host: hostPorts, log, profile, board, actor });
  const shutdown = abortOnShutdown(exit);
  try {
    const ids = { taskId, runId };
    const note = await work(context, ids, options.skills, shutdown.signal, log, env)
      .catch((thrown): ExitNote => {
        const { message, remedy } = toHermesError(thrown);
        const error = remedy === undefined ? message : `${message}. ${remedy}`;
        log.error(error);
        return { code: 1, error, retry_at: null };
      });
    const path = exitNotePath(context.boardPaths.logsRoot, taskId, runId);
    if (note.code !== 0 || note.error !== null) await writeExitNote(path, note);
    return note.code;
  } finally {
    shutdown.dispose();
    await context.close();
  }
}

async function work(
  context: OpContext,
  { taskId, runId }: { taskId: string; runId: number },
  skills: readonly string[],
  signal: AbortSignal,
  log: ReturnType<typeof lineLog>,
  env: Record<string, string>,
): ReturnType<typeof runForeign> {
  const { paths, boardPaths } = context;
  const choice = await profileLane(paths.root, paths.profile);
  if (!choice.ok) throw choice.error;
  if (choice.lane === null) {
    throw new HermesError(
      "refused",
      `Cannot run a lane for profile "${paths.profile}": it works with the built-in agent now`,
    );
  }
  const { config } = await context.config();
  // What the board asks of a worker is told in the prompt, in words that fit the program.
  const wanted = skills.filter((name) => !Object.hasOwn(builtInSkills, name));
  return await runForeign({
    taskId,
    runId,
    profile: paths.profile,
    lane: choice.lane,
    board: await foreignBoard(context, taskId, runId),
    persona: await readTextIfExists(joinPath(paths.profileHome, "SOUL.md")),
    skills: await loadSkills(paths, paths.profile, wanted),
    workspace: envValue(env, envNames.kanbanWorkspace) ?? workingDir(),
    logsRoot: boardPaths.logsRoot,
    heartbeatSeconds: Math.min(config.agent.heartbeat_seconds, slowestHeartbeat),
    self: selfCommand(),
    env,
    secrets: Object.entries(env)
      .filter(([name, value]) => looksLikeSecret(name) && value.length >= shortestSecret)
      .map(([, value]) => value),
    write: writeOut,
    clock: systemClock,
    log,
    signal,
  });
}
