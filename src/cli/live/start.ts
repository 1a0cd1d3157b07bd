// Owns: putting the live board onto the terminal of this process.

import { systemClock } from "../../base/clock.ts";
import { HermesError } from "../../base/errors.ts";
import { board, type BoardOutput, watchBoard } from "../../ops/views/board.ts";
import type { OpContext } from "../../ops/context.ts";
import { type AnyOperation, isStream } from "../../ops/define.ts";
import { findEntry } from "../../ops/registry.ts";
import { runOp } from "../../ops/run.ts";
import { isTerminal } from "../../platform/host_io.ts";
import { openRawTerminal } from "../../platform/raw_terminal.ts";
import { onShutdownSignal } from "../../platform/signals.ts";
import { loadRenderer } from "../render/all.ts";
import { displayWidth, wrap } from "../table.ts";
import { plainText, type Screen } from "../terminal.ts";
import { runLive } from "./live_board.ts";
import type { Act } from "./state.ts";

/** Cards per column; people do not scroll further than that. */
const mostCards = 100;
/** Lines that one line of a task's text may become. */
const mostLines = 200;

/**
 * Shows the board until a key or a signal ends it.
 *
 * @throws HermesError `usage` when there is no terminal to show it on.
 */
export async function startLive(
  context: OpContext,
  input: Record<string, unknown>,
  screen: Screen,
): Promise<number> {
  if (!isTerminal("out") || !isTerminal("in")) {
    throw new HermesError("usage", `Cannot keep the board on the screen: this is no terminal`, {
      remedy: "Leave out --live, or follow the board with: hermes kanban watch",
    });
  }
  const ended = new AbortController();
  const load = () => {
    const asked = { limit: mostCards, ...input };
    return runOp(board, context, asked) as Promise<BoardOutput>;
  };
  // What is wrong with the board is said before the terminal is taken over.
  await load();
  const forget = onShutdownSignal(() => ended.abort());
  const terminal = openRawTerminal();
  const screenNow = () => ({
    ...screen,
    width: terminal.size().columns,
    now: systemClock.now(),
  });
  try {
    await runLive({
      terminal,
      screen: screenNow,
      load,
      details: (id, width) => details(context, id, { ...screenNow(), width }),
      act: (act, id, text) => perform(context, act, id, text, screenNow()),
      watch: (listener) => watchBoard(context, listener),
      sleep: context.host.sleep,
    }, ended.signal);
  } finally {
    terminal.close();
    forget();
  }
  return 0;
}

async function details(context: OpContext, id: string, screen: Screen): Promise<string[]> {
  const text = await performOp(context, "show", { task_id: id }, screen);
  return text.split("\n").flatMap((line) => {
    if (displayWidth(line) <= screen.width) return [line];
    const indent = /^ */.exec(line)![0];
    return wrap(plainText(line), screen.width - indent.length, mostLines)
      .map((part) => indent + part);
  });
}

async function perform(
  context: OpContext,
  { verb, field }: Act,
  id: string,
  text: string,
  screen: Screen,
): Promise<string> {
  const value = verb === "assign" && text.toLowerCase() === "none" ? null : text;
  const given = field !== null && value !== "" ? { [field]: value } : {};
  return await performOp(context, verb, { task_id: id, ...given }, screen);
}

async function performOp(
  context: OpContext,
  verb: string,
  input: Record<string, unknown>,
  screen: Screen,
): Promise<string> {
  const operation: AnyOperation = await findEntry("kanban", verb)!.load();
  if (isStream(operation)) return "";
  const output = await runOp(operation, context, input);
  return (await loadRenderer(operation)).text(output, screen);
}
