// Owns: the agent as a command — working on a task, or talking with a person — with the real machine around it.

import { systemClock } from "../base/clock.ts";
import type { ChatOptions } from "../cli/host.ts";
import { painter } from "../cli/terminal.ts";
import { workerBoard } from "../agent/kanban_board.ts";
import { abortOnShutdown } from "../agent/shutdown.ts";
import { isWorkerOrder, startAgent } from "../agent/start.ts";
import { resolvePaths } from "../config/paths.ts";
import { actorFrom, openContext } from "../ops/context.ts";
import { exitNotePath, writeExitNote } from "../lanes/exit_note.ts";
import { allEnv } from "../platform/env.ts";
import {
  exit,
  isTerminal,
  stdinLines,
  terminalWidth,
  writeErr,
  writeOut,
} from "../platform/host_io.ts";
import { workingDir } from "../platform/paths.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import type { ChatHome, ChatRequest } from "./chat/open.ts";
import { hostPorts } from "./host_ports.ts";
import { lineLog } from "./line_log.ts";

/** Works on the task of the environment, or talks with a person. Returns the exit status. */
export async function chat(options: ChatOptions): Promise<number> {
  const env = allEnv();
  if (options.prompt !== undefined && isWorkerOrder(env, options.prompt)) {
    return await work(options, options.prompt, env);
  }
  const home = {
    env,
    ports: hostPorts,
    workingDir: workingDir(),
    skills: options.skills,
    clock: systemClock,
  };
  const { profile, board, resume, color } = options;
  const request: ChatRequest = { profile, board, resume };
  if (options.list) return await list(home, request, options.json);
  const onShutdown = onShutdownSignal;
  const isInteractive = isTerminal("in") && isTerminal("out") && env["TERM"] !== "dumb";
  if (options.prompt === undefined && isInteractive) {
    const [{ chatAtTerminal }, { openRawTerminal }, { pasteOff }] = await Promise.all([
      import("./chat/interactive.ts"),
      import("../platform/raw_terminal.ts"),
      import("../platform/line_editor.ts"),
    ]);
    const openTerminal = () => openRawTerminal({ ownScreen: false, lastWords: pasteOff });
    return await chatAtTerminal({
      home,
      request,
      color,
      openTerminal,
      print: writeOut,
      onShutdown,
    });
  }
  const { chatFromLines } = await import("./chat/piped.ts");
  return await chatFromLines({
    home,
    request,
    lines: options.prompt === undefined ? stdinLines() : one(options.prompt),
    out: writeOut,
    err: writeErr,
    color,
    outIsTerminal: isTerminal("out"),
    errIsTerminal: isTerminal("err"),
    onShutdown,
  });
}

async function work(
  options: ChatOptions,
  query: string,
  env: Record<string, string>,
): Promise<number> {
  const log = lineLog(writeErr, painter(false), "info");
  const { profile, board } = options;
  const actor = actorFrom(env, resolvePaths(env, { profile, board }).profile);
  const context = await openContext({ env, host: hostPorts, log, profile, board, actor });
  const shutdown = abortOnShutdown(exit);
  try {
    const code = await startAgent({
      query,
      skills: options.skills,
      paths: context.paths,
      env,
      workingDir: workingDir(),
      workerBoard: (taskId, runId) => workerBoard(context, taskId, runId),
      clock: systemClock,
      log,
      signal: shutdown.signal,
    });
    const { taskId, runId } = actor;
    if (code !== 0 && taskId !== null && runId !== null) {
      // The dispatcher that started this worker may be gone: the next one reads how it ended.
      const note = exitNotePath(context.boardPaths.logsRoot, taskId, runId);
      await writeExitNote(note, { code, error: null, retry_at: null });
    }
    return code;
  } finally {
    shutdown.dispose();
    await context.close();
  }
}

/** Prints the chats of a profile, the newest first. */
async function list(
  home: Omit<ChatHome, "log">,
  request: ChatRequest,
  json: boolean,
): Promise<number> {
  const [{ sessionsOf }, { listSessions }, { sessionsText }] = await Promise.all([
    import("./chat/open.ts"),
    import("../agent/chat/session_list.ts"),
    import("./chat/replies.ts"),
  ]);
  const sessions = await listSessions(await sessionsOf(home, request));
  const width = isTerminal("out") ? terminalWidth() : Infinity;
  const text = json
    ? JSON.stringify(sessions, null, 2)
    : sessionsText(sessions, systemClock.now(), width);
  writeOut(`${text}\n`);
  return 0;
}

async function* one(line: string): AsyncGenerator<string> {
  yield line;
}
