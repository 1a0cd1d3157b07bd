// Owns: running an operation for the command line and printing what comes of it.

import { HermesError, toHermesError } from "../base/errors.ts";
import { systemClock } from "../base/clock.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import { type OpContext, openContext } from "../ops/context.ts";
import {
  type AnyOperation,
  isStream,
  type Operation,
  type StreamOperation,
} from "../ops/define.ts";
import { followOp, runOp } from "../ops/run.ts";
import type { CliHost } from "./host.ts";
import { type CliOutput, outputOf } from "./output.ts";
import { progressLine } from "./progress.ts";
import { loadRenderer, type Renderer } from "./render/all.ts";
import { exitStatus, reportError } from "./report.ts";
import { type Screen, screenFor, withoutSymbols } from "./terminal.ts";

/** Exit status of a command that was interrupted before it was done, as shells know it. */
const interrupted = 130;

/** What holds for a whole command line. */
export interface GlobalOptions {
  profile?: string;
  board?: string;
  json?: boolean;
  /** False for `--no-color`. */
  color?: boolean;
  ascii?: boolean;
  /** For commands that can stay on the screen. */
  live?: boolean;
}

/** One command under way. */
interface Command<Op extends AnyOperation> {
  operation: Op;
  context: OpContext;
  renderer: Renderer;
  globals: GlobalOptions;
  screen: Screen;
  host: CliHost;
  to: CliOutput;
}

/**
 * Runs an operation once per input and prints the results.
 *
 * @returns the exit status: that of the last refusal, 0 when there was none.
 */
export async function execute(
  operation: AnyOperation,
  inputs: readonly Record<string, unknown>[],
  globals: GlobalOptions,
  host: CliHost,
): Promise<number> {
  refuseSharedText(operation, inputs);
  if (globals.live && host.output) throw cannotStay(operation);
  const to = outputOf(host);
  const context = await openContext({
    env: host.env,
    host: host.output ? host.ports : { ...host.ports, showProgress: progressLine() },
    log: host.log,
    profile: globals.profile,
    board: globals.board,
    createBoard: operation.createsBoard,
  });
  try {
    const renderer = await loadRenderer(operation);
    const screen = screenFor(
      host.env,
      globals.color ?? true,
      systemClock.now(),
      globals.ascii,
      to.columns(),
    );
    const command = { context, renderer, globals, screen, host, to };
    const input = inputs[0] ?? {};
    if (globals.live) {
      const { startLive } = await import("./live/start.ts");
      return await startLive(context, input, screen);
    }
    if (isStream(operation)) return await follow({ ...command, operation }, input);
    return inputs.length > 1
      ? await runEach({ ...command, operation }, inputs)
      : await runOnce({ ...command, operation }, input);
  } finally {
    await context.close();
  }
}

/** One summary does not fit several tasks: refused before anything is written. */
function refuseSharedText(
  { name, cli }: AnyOperation,
  inputs: readonly Record<string, unknown>[],
): void {
  if (inputs.length < 2) return;
  const shared = cli?.single?.filter((field) => inputs[0]?.[field] !== undefined) ?? [];
  if (shared.length === 0) return;
  const flags = shared.map((field) => `--${field}`).join(" and ");
  throw new HermesError("usage", `Cannot ${name} ${inputs.length} tasks with one ${flags}`, {
    remedy: `Run it once per task, or leave ${flags} out. Nothing was changed.`,
  });
}

/** A screen of its own needs a terminal that nothing else uses. */
function cannotStay({ name }: AnyOperation): HermesError {
  return new HermesError(
    "usage",
    `Cannot show ${name} --live here: it needs a terminal of its own`,
    {
      remedy: `Leave --live out, or run it in a terminal: hermes kanban ${name} --live`,
    },
  );
}

async function perform(
  { operation, context, globals, host }: Command<Operation>,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const output = await runOp(operation, context, input) as Record<string, unknown>;
  await host.onAnswer?.({ operation, context, output, json: globals.json ?? false });
  return output;
}

async function runOnce(
  command: Command<Operation>,
  input: Record<string, unknown>,
): Promise<number> {
  const { operation, renderer, globals } = command;
  const output = await perform(command, input);
  const refusal = renderer.refusal?.(output) ?? null;
  if (globals.json) {
    printJson(command, picked(operation, output));
    return refusal ? exitStatus(refusal.code) : renderer.status?.(output) ?? 0;
  }
  if (refusal) throw refusal;
  print(command, output);
  return renderer.status?.(output) ?? 0;
}

/** Every id on its own: a refused one does not keep the others from being done. */
async function runEach(
  command: Command<Operation>,
  inputs: readonly Record<string, unknown>[],
): Promise<number> {
  const { operation, globals, host } = command;
  const each = operation.cli?.each ?? "";
  const results: Record<string, unknown>[] = [];
  let status = 0;
  for (const input of inputs) {
    try {
      const output = await perform(command, input);
      results.push({ id: input[each], ok: true, ...output });
      if (!globals.json) print(command, output);
    } catch (thrown) {
      const { code, message, remedy } = toHermesError(thrown);
      status = exitStatus(code);
      results.push({ id: input[each], ok: false, error: { code, message, remedy } });
      if (!globals.json) reportError(thrown, { json: false, host });
    }
  }
  if (globals.json) printJson(command, { results });
  return status;
}

/** Prints items as they come. Refused items do not fail the command as long as one went well. */
async function follow(
  command: Command<StreamOperation>,
  input: Record<string, unknown>,
): Promise<number> {
  const { operation, context, renderer, globals, host, to } = command;
  const ended = new AbortController();
  const end = () => ended.abort();
  if (host.stop?.aborted) end();
  host.stop?.addEventListener("abort", end);
  const forget = host.stop ? () => {} : onShutdownSignal(end);
  let [items, good, status] = [0, 0, 0];
  try {
    for await (const item of followOp(operation, context, input, ended.signal)) {
      items++;
      const refusal = renderer.refusal?.(item) ?? null;
      if (refusal) status = exitStatus(refusal.code);
      else good++;
      if (globals.json) to.out(`${JSON.stringify(item)}\n`);
      else if (refusal) reportError(refusal, { json: false, host });
      else print(command, item);
    }
  } catch (thrown) {
    if (ended.signal.aborted) return interrupted;
    throw thrown;
  } finally {
    forget();
    host.stop?.removeEventListener("abort", end);
  }
  if (items === 0 && renderer.empty && !globals.json) to.out(`${renderer.empty}\n`);
  return good > 0 ? 0 : status;
}

function print({ renderer, screen, to }: Command<AnyOperation>, output: unknown): void {
  const rendered = renderer.text(output, screen);
  const text = screen.ascii ? withoutSymbols(rendered) : rendered;
  if (text !== "") to.out(text.endsWith("\n") ? text : `${text}\n`);
  const warning = (output as { warning?: unknown }).warning;
  if (typeof warning !== "string") return;
  for (const line of warning.split("\n")) to.err(`warning: ${line}\n`);
}

function picked({ cli }: AnyOperation, output: Record<string, unknown>): unknown {
  return cli?.pick === undefined ? output : output[cli.pick];
}

function printJson({ to }: Command<AnyOperation>, value: unknown): void {
  to.out(`${JSON.stringify(value, null, 2)}\n`);
}
