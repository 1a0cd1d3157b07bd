// Owns: one attempt of a foreign program at a task: from the brief to an exit code, and the note about it.

import type { Clock } from "../../base/clock.ts";
import { errorText, HermesError } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { redact } from "../../base/redact.ts";
import { envNames } from "../../config/env_names.ts";
import { laneStart, type StartFacts } from "../../lanes/command_line.ts";
import type { ExitNote } from "../../lanes/exit_note.ts";
import type { Lane } from "../../lanes/manifest.ts";
import type { Reading } from "../../lanes/output_reader.ts";
import { writeTextAtomic } from "../../platform/files.ts";
import { removeFile } from "../../platform/file_keeping.ts";
import { joinPath } from "../../platform/paths.ts";
import { sleep } from "../../platform/timers.ts";
import { BudgetStop } from "../budget.ts";
import { goalGuidance, goalKeeper } from "../goal.ts";
import { Heartbeat } from "../heartbeat.ts";
import { workerExit } from "../worker.ts";
import type { ForeignBoard } from "./board.ts";
import { converse } from "./conversation.ts";
import { type GoalEnd, isGoalEnd, nextOrder } from "./goal_round.ts";
import { LogPump } from "./log_pump.ts";
import { foreignPrompt, nudge } from "./prompt.ts";
import { couldNotResume, type EarlierRun, sessionToResume } from "./resume.ts";
import { UsageSum, usedBefore } from "./usage_sum.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** Everything one attempt needs. */
export interface ForeignOptions {
  taskId: string;
  runId: number;
  profile: string;
  lane: Lane;
  board: ForeignBoard;
  persona: string | null;
  skills: readonly { name: string; body: string }[];
  /** Folder the program works in. */
  workspace: string;
  /** Folder of the worker logs; files for the program lie there while it runs. */
  logsRoot: string;
  /** Seconds between heartbeats at least. */
  heartbeatSeconds: number;
  /** The words that start hermes. */
  self: readonly string[];
  /** The environment of the program. */
  env: Record<string, string>;
  /** Values never written anywhere. */
  secrets: readonly string[];
  /** Writes to the worker's log. */
  write(text: string): void;
  clock: Clock;
  log: Log;
  /** Fires when the process is asked to end. */
  signal: AbortSignal;
}

/** Seconds a program may go on after its run is over: it has last words to say. */
const lingerSeconds = 20;

/** Exit status of a process that was asked to end, as shells report it. */
const terminated = 143;

/**
 * Lets the program work on one task until the task is handed over, the program gives up, or the run is taken
 * away. Whatever goes wrong is in the note.
 */
export async function runForeign(options: ForeignOptions): Promise<ExitNote> {
  const { log, lane, secrets } = options;
  log.info(`working on task ${options.taskId}, run ${options.runId}, with ${lane.name}`);
  const note = await attempt(options).catch((thrown): ExitNote => {
    const remedy = thrown instanceof HermesError && thrown.remedy ? `. ${thrown.remedy}` : "";
    return { code: workerExit.failed, error: errorText(thrown) + remedy, retry_at: null };
  });
  const clean = note.error === null ? null : redact(note.error, secrets);
  if (clean !== null) log.warn(`task ${options.taskId}: ${clean}`);
  return { ...note, error: clean };
}

async function attempt(options: ForeignOptions): Promise<ExitNote> {
  const { lane, board, taskId, runId, profile, log } = options;
  const closed = new AbortController();
  const over = new AbortController();
  const heartbeat = new Heartbeat({
    beat: () => board.heartbeat(),
    everySeconds: options.heartbeatSeconds,
    clock: options.clock,
    onClosed() {
      sleep(lingerSeconds * 1000, over.signal).then(() => closed.abort(), () => {});
    },
    log,
  });
  const money = new AbortController();
  const budget = new BudgetStop(taskId, (reason) => board.askForInput(reason));
  const attempts = await board.attempts();
  const records = new Records(options, attempts, (usedUp) => {
    budget.note(usedUp);
    if (usedUp !== null) money.abort();
  });
  const resumed = sessionToResume(attempts, { runId, profile, lane: lane.name });
  let session = usesSession(lane) ? resumed : null;
  const brief = await board.brief();
  const open = (resumes: boolean) =>
    foreignPrompt({
      ...options,
      brief,
      goal: board.goal ? goalGuidance(board.goal) : null,
      hasTools: lane.mcp !== undefined,
      resumes,
    });
  let opening = open(session !== null);
  let prompt = opening;
  const keeper = board.goal ? goalKeeper(board.goal, log) : () => Promise.resolve(null);
  const signal = AbortSignal.any([options.signal, closed.signal, money.signal]);
  try {
    for (let nudged = 0;; nudged++) {
      const end = await talk(options, { prompt, session, signal }, records, () => {
        heartbeat.activity();
      });
      await heartbeat.settled();
      if (options.signal.aborted) return { code: terminated, error: null, retry_at: null };
      const isClosed = await board.isClosed();
      if (!isClosed && await budget.ends()) {
        return { code: workerExit.done, error: null, retry_at: null };
      }
      const ended = { ...end, closed: isClosed, nudged };
      if (session !== null && prompt === opening && couldNotResume(ended)) {
        log.warn(`task ${taskId}: the conversation before cannot be opened; a new one is begun`);
        session = null;
        prompt = opening = open(false);
        nudged = -1;
        continue;
      }
      const verdict = verdictOf(lane, ended);
      if (board.goal && isGoalEnd(verdict)) {
        const order = await nextOrder(board, verdict, keeper);
        if (order === null) return await concludeGoal(verdict, board, lane.name);
        log.info(`task ${taskId}: ${order}`);
        session = usesSession(lane) ? end.reading.session : null;
        prompt = session === null ? `${opening}\n${order}\n` : `${order}\n`;
        continue;
      }
      if (verdict.then !== "nudge") return await conclude(verdict, board);
      log.info(`task ${taskId} is still open: ${lane.name} is reminded`);
      session = verdict.session;
      prompt = nudge(nudged);
    }
  } finally {
    over.abort();
  }
}

/** One start of the program, with the files it expects. */
async function talk(
  options: ForeignOptions,
  { prompt, session, signal }: { prompt: string; session: string | null; signal: AbortSignal },
  records: Records,
  onActivity: () => void,
): Promise<Awaited<ReturnType<typeof converse>>> {
  const { lane, taskId, runId, logsRoot, env } = options;
  const facts: StartFacts = {
    ...options,
    model: options.board.model?.name ?? null,
    session,
    prompt,
    promptFile: joinPath(logsRoot, `${taskId}.${runId}.prompt.md`),
    mcpConfigFile: joinPath(logsRoot, `${taskId}.${runId}.mcp.json`),
  };
  const start = laneStart(lane, facts);
  try {
    for (const [path, text] of Object.entries(start.files)) {
      await writeTextAtomic(path, text, { mode: 0o600 });
    }
    const end = await converse({
      lane,
      start,
      cwd: options.workspace,
      marker: env[envNames.runMarker],
      pump: new LogPump(options.write, options.secrets),
      onActivity,
      onProgress: (reading) => records.note(reading),
      signal,
      log: options.log,
    });
    await records.note(end.reading);
    records.close(end.reading);
    return end;
  } finally {
    for (const path of Object.keys(start.files)) await removeFile(path).catch(() => false);
  }
}

/** Writes down what a verdict says. */
async function conclude(
  verdict: Exclude<Verdict, { then: "nudge" }>,
  board: ForeignBoard,
): Promise<ExitNote> {
  switch (verdict.then) {
    case "leave":
      return { code: workerExit.done, error: null, retry_at: null };
    case "complete":
      await board.complete(verdict.summary);
      return { code: workerExit.done, error: null, retry_at: null };
    case "violation":
      return { code: workerExit.done, error: verdict.error, retry_at: null };
    case "rate_limited":
      return { code: workerExit.rateLimited, error: verdict.error, retry_at: verdict.retryAt };
    case "crash":
      return { code: workerExit.failed, error: verdict.error, retry_at: null };
  }
}

/** A goal that is reached and not handed over is a silent end like any other. */
async function concludeGoal(end: GoalEnd, board: ForeignBoard, lane: string): Promise<ExitNote> {
  if (await board.isClosed()) return { code: workerExit.done, error: null, retry_at: null };
  const error = end.then === "violation"
    ? end.error
    : `${lane} ended without completing or blocking the task`;
  return { code: workerExit.done, error, retry_at: null };
}

function usesSession(lane: Lane): boolean {
  return JSON.stringify([lane.args, lane.extra_args]).includes("{session}");
}

/** Keeps session and usage of the run on the board up to date. */
class Records {
  readonly #options: ForeignOptions;
  readonly #onBudget: (usedUp: Parameters<BudgetStop["note"]>[0]) => void;
  readonly #sum: UsageSum;
  #session: string | null = null;
  #figures = "";

  constructor(
    options: ForeignOptions,
    attempts: readonly EarlierRun[],
    onBudget: (usedUp: Parameters<BudgetStop["note"]>[0]) => void,
  ) {
    this.#options = options;
    const { lane, runId } = options;
    this.#sum = new UsageSum(
      lane.output.counts === "session" ? usedBefore(attempts, runId) : null,
    );
    this.#onBudget = onBudget;
  }

  async note(reading: Reading): Promise<void> {
    const { board } = this.#options;
    if (reading.session !== null && reading.session !== this.#session) {
      await board.recordSession(reading.session);
      this.#session = reading.session;
    }
    const usage = this.#sum.with(reading, board.model?.name ?? null);
    const isKnown = usage.inputTokens !== null || usage.outputTokens !== null ||
      usage.cost !== null;
    const figures = JSON.stringify(usage);
    if (!isKnown || figures === this.#figures) return;
    this.#onBudget(await board.recordUsage(usage));
    this.#figures = figures;
  }

  /** A conversation is over: the next one counts anew. */
  close(reading: Reading): void {
    this.#sum.add(reading);
  }
}
