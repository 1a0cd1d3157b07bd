// Owns: what a chat shows, and how that looks where no line is edited: whole lines, one after the other.

import type { CallLine } from "../../agent/chat/call_line.ts";
import { fit } from "../../cli/table.ts";
import { oneLine, plainText, type Screen, withoutSymbols } from "../../cli/terminal.ts";

/** Shows a chat to whoever follows it. */
export interface Face {
  /** A piece of the model's text. */
  say(piece: string): void;
  /** The text so far is one message; what comes next is another. */
  endMessage(): void;
  /** A tool was called. */
  call(call: CallLine): void;
  /** A remark of hermes about the chat. */
  note(text: string): void;
  /** What a command answered; a command can answer in the middle of the model's text. */
  show(text: string): void;
  /** Something went wrong: lines for people. */
  fail(text: string): void;
  /** Who is talked to, and whether they are at work. */
  state(name: string, busy: boolean): void;
  /** Columns for tables; Infinity where there are none. */
  width(): number;
}

/** One line about a tool call, at most `screen.width` columns wide. */
export function callText(call: CallLine, screen: Screen): string {
  const { tool, about, outcome, failed } = call;
  const words = oneLine(`${tool} ${about}`);
  const mark = failed ? "✗" : "·";
  const line = `  ${mark} ${words}${outcome === "" ? "" : ` → ${oneLine(outcome)}`}`;
  const text = fit(line, Math.max(20, screen.width - 1));
  return screen.paint(failed ? "red" : "dim", screen.ascii ? withoutSymbols(text) : text);
}

/** Writes answers to `out` and everything else to `err`, line by line, so that a program can read them. */
export class PlainFace implements Face {
  readonly #out: (text: string) => void;
  readonly #err: (text: string) => void;
  readonly #screen: Screen;
  #line = "";

  constructor(out: (text: string) => void, err: (text: string) => void, screen: Screen) {
    this.#out = out;
    this.#err = err;
    this.#screen = screen;
  }

  say(piece: string): void {
    const lines = (this.#line + plainText(piece)).split("\n");
    this.#line = lines.pop()!;
    for (const line of lines) this.#out(`${line}\n`);
  }

  endMessage(): void {
    if (this.#line !== "") this.#out(`${this.#line}\n`);
    this.#line = "";
  }

  call(call: CallLine): void {
    this.endMessage();
    this.#err(`${callText(call, this.#screen)}\n`);
  }

  note(text: string): void {
    this.#err(`${this.#screen.paint("dim", text)}\n`);
  }

  show(text: string): void {
    this.#out(text.endsWith("\n") ? text : `${text}\n`);
  }

  fail(text: string): void {
    this.endMessage();
    this.#err(text.endsWith("\n") ? text : `${text}\n`);
  }

  state(): void {}

  width(): number {
    return this.#screen.width;
  }
}
