// Owns: starting the agent as the worker of a task: which model, which prompt, which tools.

import type { Clock } from "../base/clock.ts";
import { HermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { envNames, envValue, terminalDepth } from "../config/env_names.ts";
import type { Paths } from "../config/paths.ts";
import { priceBook } from "../llm/price_book.ts";
import { equip } from "./equipment.ts";
import { workerNudges } from "./prompt.ts";
import { runWorker, type WorkerBoard } from "./worker.ts";

/** `hermes -p <profile> [--skills <name>]… chat -q "work kanban task <id>"`. */
export interface AgentCommand {
  query: string;
  /** Names of the skills that go into the prompt, in order. */
  skills: readonly string[];
  paths: Paths;
  env: Record<string, string>;
  /** Where it works when its environment names no workspace. */
  workingDir: string;
  /** Opens the board for the task and run this process was started for. */
  workerBoard(taskId: string, runId: number): Promise<WorkerBoard>;
  clock: Clock;
  log: Log;
  /** Fires when the process is asked to end. */
  signal: AbortSignal;
}

/** Whether a prompt is the order to work on the task of the environment, and not something said in a chat. */
export function isWorkerOrder(env: Record<string, string>, query: string): boolean {
  const taskId = envValue(env, envNames.kanbanTask);
  // A worker that starts itself anew in its terminal would be two workers of one run.
  if (terminalDepth(env) > 0) return false;
  return taskId !== undefined && query.trim() === `work kanban task ${taskId}`;
}

/**
 * Works on the task this process was started for.
 *
 * @returns the exit code: see `workerExit`.
 * @throws HermesError when the configuration, the model or a skill is missing or unusable.
 */
export async function startAgent(command: AgentCommand): Promise<number> {
  const { env, paths, log, query } = command;
  const taskId = envValue(env, envNames.kanbanTask);
  if (taskId === undefined || !isWorkerOrder(env, query)) {
    throw new HermesError("usage", `Cannot work on "${query}": it names no task of this process`);
  }
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
