// Owns: the slash command /kanban: a command line typed into a chat, answered as text.

import { errorText, HermesError } from "../../base/errors.ts";
import { cut } from "../../base/text.ts";
import { envNames, envValue } from "../../config/env_names.ts";
import { findEntry } from "../../ops/registry.ts";
import { runOp } from "../../ops/run.ts";
import type { CliAnswer } from "../host.ts";
import { reportError } from "../report.ts";
import { route } from "../route.ts";
import { runCli } from "../run.ts";
import { colourful, plainText } from "../terminal.ts";
import { type ChatOrigin, type SlashContext, slashHost } from "./host.ts";
import { wordsOf } from "./words.ts";

/** Most characters that chat platforms take in one message, with room for what they add. */
export const chatMessageCharacters = 3800;

/** Milliseconds a command that follows the board gets: to begin, after its last word, and in all. */
const patience = { begin: 1500, silence: 250, total: 5000 } as const;

/** Verbs that follow the board until they are told to stop. */
const following: readonly string[] = ["watch", "tail"];

/**
 * Runs `/kanban <verb> …` and answers what the command line would print; the leading word may be left
 * out. Same parser, same operations. Never throws and never ends the process; never answers nothing.
 */
export async function runSlash(text: string, context: SlashContext): Promise<string> {
  const line = text.replace(/^\s*\/kanban(?:@\S+)?(?=\s|$)/i, "").trim();
  const notes: string[] = [];
  let answer: string;
  try {
    answer = await runLine(line, context, notes);
  } catch (thrown) {
    answer = `hermes: ${errorText(thrown)}`;
  }
  const shown = [answer.trimEnd() || "There is nothing to show.", ...notes].join("\n");
  return capped(shown, line, context.maxCharacters ?? Infinity);
}

async function runLine(line: string, context: SlashContext, notes: string[]): Promise<string> {
  let printed = "";
  const stop = new AbortController();
  const end = () => stop.abort();
  let lull: ReturnType<typeof setTimeout> | undefined;
  const print = (text: string) => {
    printed += text;
    if (lull === undefined) return;
    clearTimeout(lull);
    lull = setTimeout(end, patience.silence);
  };
  const columns = context.columns ?? (() => null);
  const host = slashHost(context, { out: print, err: print, columns }, {
    stop: stop.signal,
    onAnswer: async (answer) => void notes.push(...await notesOn(answer, context)),
  });
  let limit: ReturnType<typeof setTimeout> | undefined;
  try {
    const words = wordsOf(line);
    const { verb, json } = route(["kanban", ...words]);
    const entry = findEntry("kanban", verb ?? "board");
    if (entry?.verb === "daemon") throw notHere();
    const follows = entry !== undefined && following.includes(entry.verb);
    if (follows) {
      lull = setTimeout(end, patience.begin);
      limit = setTimeout(end, patience.total);
    }
    context.signal?.addEventListener("abort", end);
    if (context.signal?.aborted) end();
    const flags = context.color === false ? ["--no-color"] : [];
    await runCli([...flags, "kanban", ...words], host);
    if (follows && stop.signal.aborted && !json) notes.push(toBeContinued(line));
  } catch (thrown) {
    reportError(thrown, { json: false, host });
  } finally {
    clearTimeout(lull);
    clearTimeout(limit);
    context.signal?.removeEventListener("abort", end);
  }
  const painted = context.color !== false && colourful(context.env, columns() !== null);
  return painted ? printed : plainText(printed);
}

function notHere(): HermesError {
  return new HermesError("usage", "Cannot run the daemon in a chat: it would never end", {
    remedy: "Start the dispatcher in a terminal: hermes gateway start.",
  });
}

function toBeContinued(line: string): string {
  return `(That is all so far. To go on following, in a terminal: ${inTerminal(line)})`;
}

function inTerminal(line: string): string {
  return cut(`hermes kanban ${line.replace(/\s+/g, " ")}`.trim(), 200);
}

/** What a chat adds to an answer. Nothing is added to JSON. */
async function notesOn(answer: CliAnswer, context: SlashContext): Promise<string[]> {
  const { operation, json } = answer;
  if (json) return [];
  if (operation.group === "kanban" && operation.name === "create" && context.origin) {
    return [await subscribeTo(answer, context.origin)];
  }
  const board = envValue(context.env, envNames.kanbanBoard);
  if (operation.group === "kanban boards" && operation.name === "switch" && board !== undefined) {
    return [`(This chat stays on board ${board}; --board names another one for a command.)`];
  }
  return [];
}

async function subscribeTo(answer: CliAnswer, origin: ChatOrigin): Promise<string> {
  const { id } = answer.output["task"] as { id: string };
  try {
    const { notifySubscribe } = await import("../../ops/tasks/notify.ts");
    await runOp(notifySubscribe, answer.context, {
      task_id: id,
      platform: origin.platform,
      chat_id: origin.chatId,
      thread_id: origin.threadId ?? "",
      user_id: origin.userId ?? null,
    });
    return `(subscribed: this chat hears when ${id} is completed, blocked, given up, crashed ` +
      "or out of time)";
  } catch (thrown) {
    return `(not subscribed: ${errorText(thrown)})`;
  }
}

/** At most `max` characters, whole lines where possible. */
function capped(text: string, line: string, max: number): string {
  if (text.length <= max) return text;
  const footer = `\n… (cut; all of it in a terminal: ${inTerminal(line)})`;
  const kept = cut(text, Math.max(0, max - footer.length));
  const end = kept.lastIndexOf("\n");
  return `${(end > kept.length / 2 ? kept.slice(0, end) : kept).trimEnd()}${footer}`;
}
