// Owns: `hermes demo` — from an empty home to three finished ideas, and nothing left behind.

import { systemClock } from "../base/clock.ts";
import { createLog } from "../base/log.ts";
import { colourful, type Screen, screenFor } from "../cli/terminal.ts";
import { resolvePaths } from "../config/paths.ts";
import { type Board, openBoard } from "../kernel/board.ts";
import { createTask } from "../kernel/create.ts";
import { allEnv } from "../platform/env.ts";
import { isTerminal, terminalWidth, writeErr, writeOut } from "../platform/host_io.ts";
import { selfCommand } from "../platform/self.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import { startRehearsal } from "../rehearsal/server.ts";
import { ideas, team } from "./demo/cast.ts";
import { GatewayProcess } from "./demo/gateway_process.ts";
import { drawFrame } from "./demo/frame.ts";
import { createDemoHome, type DemoHome, removeDemoHome } from "./demo/home.ts";
import { Mishap } from "./demo/mishap.ts";
import { type DemoReport, placesOf, reportBoard } from "./demo/report.ts";
import { modelNotice, reportLines } from "./demo/report_text.ts";
import { darkStage, liveStage, plainStage, type Stage } from "./demo/stage.ts";
import { type Ending, watchIdeas } from "./demo/watch_ideas.ts";
import { timeOfDay } from "./line_log.ts";
import { LiveLines } from "./live_lines.ts";

/** How the demo is run. */
export interface DemoOptions {
  /** Leaves the home where it is. */
  keep: boolean;
  /** Prints a {@link DemoReport} as JSON at the end, and nothing else. */
  json: boolean;
  /** False for `--no-color`. */
  color: boolean;
}

/** Milliseconds every scripted answer takes: slow enough to be followed, fast enough to be watched. */
const answerDelayMs = 400;

/** Exit status of a program that a person ended with Ctrl-C. */
const interrupted = 130;

/**
 * Plays the demo: a home of its own, a scripted model in this process, a gateway and workers as real
 * processes. Everything it started is gone when it returns, and so is the home unless it is kept.
 *
 * @returns 0 when every idea is done, 1 when not, 130 when it was asked to end.
 * @throws HermesError when the home, the model or the gateway cannot be made.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const over = new AbortController();
  const forget = onShutdownSignal(() => over.abort());
  try {
    return await play(options, over);
  } finally {
    forget();
  }
}

async function play(options: DemoOptions, over: AbortController): Promise<number> {
  const env = allEnv();
  const screen = () => screenFor(env, options.color, systemClock.now());
  // Warnings about this machine are the gateway's to give: the board of a demo does not last.
  const log = createLog((level, message) => writeErr(`${level}: ${message}\n`), "error");
  const stage = stageFor(options, env);
  let report: DemoReport | undefined;
  {
    // Leaving this block undoes everything in the opposite order, however far it got.
    await using undo = new AsyncDisposableStack();
    undo.defer(() => stage.close());
    const model = await startRehearsal({ delayMs: answerDelayMs, log });
    undo.defer(() => model.stop());
    const home = await createDemoHome(model.url, env);
    undo.defer(() => options.keep ? undefined : removeDemoHome(home));
    const board = await openBoard({ slug: home.paths.board, path: home.paths.db, log });
    undo.defer(() => board.close());
    const began = systemClock.monotonicMs();
    const roots = await dropIdeas(board);
    announce(stage, home);
    const say = (who: string, text: string) => stage.say(remark(who, text, screen()));
    const lines = new LiveLines(board, screen(), (line) => stage.say(line.trimEnd()));
    await lines.start();
    undo.defer(() => lines.stop());
    const gateway = new GatewayProcess({
      home,
      selfCommand: selfCommand(),
      onDeath: (pid, how) => say("gateway", gatewayDied(pid, how)),
      onBroken: (error) => over.abort(error),
    });
    undo.defer(() => gateway.stop());
    if (!over.signal.aborted) await gateway.start();

    const mishap = new Mishap();
    const ending = await watchIdeas({
      board,
      roots,
      over: over.signal,
      async onChange(view, elapsed) {
        stage.show(drawFrame(view, { elapsed, gatewayPid: gateway.pid }, screen()));
        const done = await mishap.consider(view);
        if (done !== null) say("kill -9", done);
      },
    });
    if (ending.how !== "interrupted") {
      const seconds = (systemClock.monotonicMs() - began) / 1000;
      report = await makeReport(board, roots, home, { ending, seconds, gateway, options });
    }
  }
  if (!report) {
    if (!options.json) writeOut("Interrupted. The gateway and its workers were ended.\n");
    return interrupted;
  }
  print(report, options, screen(), env);
  return report.ok ? 0 : 1;
}

function stageFor({ json, color }: DemoOptions, env: Record<string, string>): Stage {
  if (json) return darkStage;
  const terminal = isTerminal("out");
  const live = terminal && color && colourful(env, terminal);
  return live ? liveStage(writeOut, terminalWidth) : plainStage(writeOut);
}

async function dropIdeas(board: Board): Promise<string[]> {
  const roots: string[] = [];
  for (const title of ideas) {
    const { task } = await createTask(board, { title, triage: true, createdBy: "you" });
    roots.push(task.id);
  }
  return roots;
}

function announce(stage: Stage, home: DemoHome): void {
  stage.say(`hermes demo  ·  ${modelNotice}`);
  stage.say(`home ${home.root}  ·  team: ${team.map(({ name }) => name).join(", ")}`);
  for (const title of ideas) stage.say(`an idea is dropped in triage: ${title}`);
  stage.say("");
}

/** A line of the demo's own among those of the board. */
function remark(who: string, text: string, { paint }: Screen): string {
  return `${timeOfDay()}  ${paint("red", `✗ ${who.padEnd(12)}`)}  ${text}`;
}

function gatewayDied(pid: number, how: string): string {
  return `process ${pid} ended with ${how}; it is started again, its workers go on`;
}

async function makeReport(
  board: Board,
  roots: readonly string[],
  home: DemoHome,
  { ending, seconds, gateway, options }: {
    ending: Exclude<Ending, { how: "interrupted" }>;
    seconds: number;
    gateway: GatewayProcess;
    options: DemoOptions;
  },
): Promise<DemoReport> {
  return {
    ok: ending.how === "done",
    problem: ending.how === "done" ? null : ending.problem,
    seconds: Math.round(seconds * 10) / 10,
    ...await reportBoard(board, roots, home.paths.logsRoot),
    gateway_restarts: gateway.restarts,
    model: modelNotice,
    places: placesOf(home, options.keep),
  };
}

function print(
  report: DemoReport,
  { json }: DemoOptions,
  screen: Screen,
  env: Record<string, string>,
): void {
  if (json) writeOut(`${JSON.stringify(report, null, 2)}\n`);
  else writeOut(`${reportLines(report, userConfigFile(env), screen).join("\n")}\n`);
}

/** Where the user would connect a model; a demo also runs where no home is known. */
function userConfigFile(env: Record<string, string>): string {
  try {
    return resolvePaths(env).configFile;
  } catch {
    return "config.yaml";
  }
}
