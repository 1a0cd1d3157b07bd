// Owns: one run of the built-in worker: from the brief to an exit code.

import type { Clock } from "../base/clock.ts";
import { errorText, HermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { redact } from "../base/redact.ts";
import type { Config } from "../config/schema.ts";
import type { ModelClient } from "../llm/messages.ts";
import type { PriceBook } from "../llm/price_book.ts";
import { UsageMeter, type UsageTotals } from "../llm/usage.ts";
import { BudgetStop, type UsedUp } from "./budget.ts";
import { transcriptPath } from "../ops/run_record.ts";
import { lastComponent } from "../platform/paths.ts";
import { windowOf } from "./compaction.ts";
import { contextCharacters } from "./context.ts";
import { type Goal, goalGuidance, goalKeeper } from "./goal.ts";
import { Heartbeat } from "./heartbeat.ts";
import { type AgentResult, describeEnd, runAgent } from "./loop.ts";
import { offeredTools, type ToolRights } from "./offered_tools.ts";
import { buildSystemPrompt, type PromptSkill, workerNudges } from "./prompt.ts";
import type { AgentTool } from "./tool.ts";
import { LongOutput } from "./tools/long_output.ts";
import { workspaceTools } from "./tools/workspace_tools.ts";
import { fileTranscript } from "./transcript.ts";

/** The board as one worker sees it: its own task, with every write tied to its run. */
export interface WorkerBoard {
  /** The text a worker reads before it starts. */
  brief(): Promise<string>;
  kanbanTools: AgentTool[];
  /** Records a sign of life; false when the run is closed. */
  heartbeat(note?: string): Promise<boolean>;
  /** Tells under which name the run's conversation is kept. */
  recordSession?(name: string): Promise<void>;
  /** Replaces the usage recorded on the run so far; tells the nearest budget that has nothing left. */
  recordUsage(usage: UsageTotals): Promise<UsedUp | null>;
  /** Hands the task back to a person, who has to say something first. */
  askForInput(reason: string): Promise<void>;
  /** True when the run is no longer open: handed off by this worker, or taken away. */
  isClosed(): Promise<boolean>;
  /** Places outside of the workspace that may be read: what was handed to the task. */
  readable?: readonly string[];
  /** Tools for the files of tasks, which take files from `workspace`. */
  fileTools?(workspace: string): AgentTool[];
  /** The goal of a task in goal mode; null for other tasks. */
  goal?: Goal | null;
  /** What the task says about the model; null parts are the profile's. */
  model?: { name: string | null; provider: string | null };
}

/** Everything one run needs. */
export interface WorkerOptions extends ToolRights {
  taskId: string;
  runId: number;
  profile: string;
  persona: string | null;
  skills: readonly PromptSkill[];
  board: WorkerBoard;
  client: Pick<ModelClient, "chat">;
  /** The model's configured name, for the transcript. */
  model: string;
  /** Folder the tools work in. */
  workspace: string;
  /** Folder of the worker logs; the transcript goes beside them. */
  logsRoot: string;
  agent: Config["agent"];
  prices: PriceBook;
  /** The whole environment of commands the model runs. */
  commandEnv: Record<string, string>;
  /** What a model that stops early is told, in order. */
  nudges?: readonly string[];
  /** Values never written anywhere, such as the provider's key. */
  secrets: readonly string[];
  clock: Clock;
  log: Log;
  /** Fires when the process is asked to end. */
  signal: AbortSignal;
}

/** Exit codes the dispatcher understands. A run left open at exit 0 is a protocol violation. */
export const workerExit = { done: 0, failed: 1, rateLimited: 75 } as const;

/**
 * Works on one task until it is handed off, the model stops, or the run is taken away. Everything
 * that goes wrong is logged and told by the exit code.
 *
 * @returns one of {@link workerExit}.
 */
export async function runWorker(options: WorkerOptions): Promise<number> {
  const { log, secrets, taskId, runId } = options;
  log.info(`working on task ${taskId}, run ${runId}, as ${options.profile} with ${options.model}`);
  try {
    const result = await work(options);
    const end = describeEnd(result);
    if (result.reason === "finished") log.info(`task ${taskId}: ${end}`);
    else log.warn(`task ${taskId}: ${end}`);
    return result.reason === "finished" || result.reason === "stopped"
      ? workerExit.done
      : workerExit.failed;
  } catch (thrown) {
    const remedy = thrown instanceof HermesError ? thrown.remedy : undefined;
    log.error(redact(errorText(thrown), secrets), remedy ? { remedy } : undefined);
    return providerIsBusy(thrown) ? workerExit.rateLimited : workerExit.failed;
  }
}

/** Overload and server errors outlived every retry: the task is healthy and may wait. */
function providerIsBusy(thrown: unknown): boolean {
  if (!(thrown instanceof HermesError)) return false;
  const status = thrown.details?.status;
  return thrown.code === "rate_limited" || (typeof status === "number" && status >= 500);
}

async function work(options: WorkerOptions): Promise<AgentResult> {
  const { agent, board, clock, log, secrets, taskId, runId, profile } = options;
  const { goal } = board;
  const longOutput = new LongOutput();
  const closed = new AbortController();
  const heartbeat = new Heartbeat({
    beat: () => board.heartbeat(),
    everySeconds: agent.heartbeat_seconds,
    clock,
    onClosed: () => closed.abort(new HermesError("fenced", `Run ${runId} is closed`)),
    log,
  });
  const tools = offeredTools(options, [
    ...board.kanbanTools,
    ...board.fileTools?.(options.workspace) ?? [],
    ...workspaceTools({
      root: options.workspace,
      timeoutSeconds: agent.terminal_timeout_seconds,
      maxOutputBytes: agent.max_output_bytes,
      env: options.commandEnv,
      readable: board.readable,
      longOutput,
    }),
  ]);
  const path = transcriptPath(options.logsRoot, taskId, runId);
  const transcript = fileTranscript(path, { secrets, clock, log });
  await transcript.record({
    kind: "start",
    task: taskId,
    run: runId,
    profile,
    model: options.model,
  });
  const session = lastComponent(path).replace(/\.jsonl$/, "");
  await board.recordSession?.(session).catch((thrown) =>
    log.warn("the conversation's name could not be recorded", { error: errorText(thrown) })
  );
  const usage = new UsageMeter(options.prices);
  const budget = new BudgetStop(taskId, (reason) => board.askForInput(reason));
  try {
    return await runAgent({
      client: options.client,
      tools,
      systemPrompt: buildSystemPrompt({
        profile,
        persona: options.persona,
        toolNames: tools.map((tool) => tool.name),
        skills: options.skills,
      }),
      userPrompt: [
        `work kanban task ${taskId}`,
        await board.brief(),
        ...(goal ? [goalGuidance(goal)] : []),
      ].join("\n\n"),
      limits: {
        maxTurns: agent.max_turns,
        contextCharacters,
        window: windowOf(agent, options.model),
      },
      transcript,
      onActivity: () => heartbeat.activity(),
      onReply: async (reply) => {
        usage.add(reply, options.model);
        budget.note(await board.recordUsage(usage.totals()));
      },
      signal: AbortSignal.any([options.signal, closed.signal]),
      log,
      secrets,
      isFinished: async () => await board.isClosed() || await budget.ends(),
      nudges: options.nudges ?? workerNudges,
      ...(goal ? { whenStopped: goalKeeper(goal, log) } : {}),
    });
  } finally {
    await heartbeat.settled();
    await longOutput.dispose();
  }
}
