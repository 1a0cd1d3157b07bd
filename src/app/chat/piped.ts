// Owns: a chat without a terminal: one prompt, or one per line of the input.

import { HermesError } from "../../base/errors.ts";
import { createLog } from "../../base/log.ts";
import { colourful, painter, type Screen, speaksUnicode } from "../../cli/terminal.ts";
import { Desk } from "./desk.ts";
import { PlainFace, type PlainOutput } from "./face.ts";
import { type ChatHome, type ChatRequest, openChat } from "./open.ts";

export interface PipedOptions extends PlainOutput {
  home: Omit<ChatHome, "log">;
  request: ChatRequest;
  /** What is said, one prompt or command each. */
  lines: AsyncIterable<string>;
  /** False for `--no-color`. */
  color: boolean;
  /** Whether remarks go to a terminal. */
  errIsTerminal: boolean;
  /** Hears that this process should end; returns a function that stops listening. */
  onShutdown(handler: (signal: string) => void): () => void;
}

/**
 * Says every line in turn and prints the answers to `out`, everything else to `err`.
 *
 * @returns the exit status of what was said last.
 * @throws HermesError `usage` when there is nothing to say; and when the chat cannot be opened.
 */
export async function chatFromLines(options: PipedOptions): Promise<number> {
  const { err } = options;
  const { env } = options.home;
  const paint = painter(options.color && colourful(env, options.errIsTerminal));
  const screen: Screen = { paint, ascii: !speaksUnicode(env), now: 0, width: 200 };
  const log = createLog((level, message) => err(`${level}: ${message}\n`), "warn");
  const home: ChatHome = { ...options.home, log };
  const chat = await openChat(home, options.request);
  const face = new PlainFace(options, screen);
  const desk = new Desk({ home, chat, face, slash: {}, atTerminal: false });
  let said = 0;
  const forget = options.onShutdown(() => desk.leave());
  const ended = desk.ended();
  try {
    const left = Symbol();
    const lines = options.lines[Symbol.asyncIterator]();
    while (true) {
      const next = await Promise.race([lines.next(), desk.left().then(() => left)]);
      if (next === left || (next as IteratorResult<string>).done) break;
      const line = (next as IteratorResult<string>).value as string;
      if (line.trim() !== "") said++;
      desk.take(line);
    }
    desk.finish();
    const status = await ended;
    if (said > 0) return status;
  } finally {
    forget();
  }
  throw new HermesError("usage", "Cannot chat: the input is empty", {
    remedy: 'Ask with: hermes chat -q "…", or start hermes chat in a terminal.',
  });
}
