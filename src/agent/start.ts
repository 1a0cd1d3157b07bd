// Owns: starting the agent as a command: which mode, which model, which prompt, which tools.

import type { Clock } from "../base/clock.ts";
import { HermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { envNames, envValue } from "../config/env_names.ts";
import type { Paths } from "../config/paths.ts";
import { priceBook } from "../llm/price_book.ts";
import { runChat } from "./chat.ts";
import { equip } from "./equipment.ts";
import { workerNudges } from "./prompt.ts";
import type { AgentTool } from "./tool.ts";
import { runWorker, type WorkerBoard, workerExit } from "./worker.ts";

/** `hermes -p <profile> [--skills <name>]… chat -q "<query>"`. */
export interface AgentCommand {
  query: string;
  /** Names of the skills that go into the prompt, in order. */
  skills: readonly string[];
  paths: Paths;
  env: Record<string, string>;
  /** Where a chat works; a worker's workspace comes from its environment. */
  workingDir: string;
  /** Opens the board for the task and run this process was started for. */
  workerBoard(taskId: string, runId: number): Promise<WorkerBoard>;
  /** Board tools for a chat outside of a run. */
  chatTools(): Promise<AgentTool[]>;
  /** Receives the reply of a chat. */
  print(text: string): void;
  clock: Clock;
  log: Log;
  /** Fires when the process is asked to end. */
  signal: AbortSignal;
}

/**
 * Works on the task this process was started for, or else answers one prompt.
 *
 * @returns the exit code: see {@link workerExit}; a chat that was cut short is a failure.
 * @throws HermesError when the configuration, the model or a skill is missing or unusable.
 */
export async function startAgent(command: AgentCommand): Promise<number> {
  const { env, paths, log } = command;
  const taskId = envValue(env, envNames.kanbanTask);
  const isWorker = taskId !== undefined &&
    command.query.trim() === `work kanban task ${taskId}`;
  if (isWorker) {
    const runId = readRunId(env, taskId);
    const board = await command.workerBoard(taskId, runId);
    const { config, settings, ...equipment } = await equip({ ...command, override: board.model });
    return await runWorker({
      ...equipment,
      log,
      signal: command.signal,
      taskId,
      runId,
      board,
      nudges: workerNudges.slice(0, reminders(env)),
      model: settings.model,
      workspace: envValue(env, envNames.kanbanWorkspace) ?? command.workingDir,
      logsRoot: paths.logsRoot,
      prices: priceBook(config.prices, settings),
      clock: command.clock,
    });
  }
  const { config, settings: _settings, ...equipment } = await equip(command);
  const mayUseBoard = taskId !== undefined || config.toolsets.includes("kanban");
  const reply = await runChat({
    ...equipment,
    log,
    signal: command.signal,
    prompt: command.query,
    kanbanTools: mayUseBoard ? await command.chatTools() : [],
    workspace: command.workingDir,
  });
  command.print(reply.text);
  return reply.complete ? workerExit.done : workerExit.failed;
}

/** How often a worker is reminded: as often as there are reminders, unless the environment says less. */
function reminders(env: Record<string, string>): number {
  const text = envValue(env, envNames.kanbanStopNudge)?.toLowerCase();
  if (text === undefined) return workerNudges.length;
  if (["off", "false", "no"].includes(text)) return 0;
  const count = Number(text);
  return Number.isFinite(count) && count >= 0 ? Math.floor(count) : workerNudges.length;
}

function readRunId(env: Record<string, string>, taskId: string): number {
  const text = envValue(env, envNames.kanbanRunId);
  const runId = Number(text);
  if (text !== undefined && Number.isSafeInteger(runId) && runId > 0) return runId;
  const reason = text === undefined ? "no run id was given" : `run id "${text}" is not a number`;
  throw new HermesError("usage", `Cannot work on task "${taskId}": ${reason}`, {
    remedy: "Let the dispatcher start workers: hermes gateway start.",
  });
}
