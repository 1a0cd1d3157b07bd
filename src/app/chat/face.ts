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
  /** Who is talked to, whether they are at work, and with which tool. */
  state(name: string, busy: boolean, tool?: string): void;
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

/** Where a {@link PlainFace} writes. */
export interface PlainOutput {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person reads `out` while it is written: text then does not wait for the end of its line. */
  outIsTerminal: boolean;
}

/** Writes answers to `out` and everything else to `err`, line by line, so that a program can read them. */
export class PlainFace implements Face {
  readonly #to: PlainOutput;
  readonly #screen: Screen;
  /** What was said of the line that is not over. */
  #line = "";

  constructor(to: PlainOutput, screen: Screen) {
    this.#to = to;
    this.#screen = screen;
  }

  say(piece: string): void {
    const said = plainText(piece);
    const lines = (this.#line + said).split("\n");
    this.#line = lines.pop()!;
    if (this.#to.outIsTerminal) return this.#to.out(said);
    for (const line of lines) this.#to.out(`${line}\n`);
  }

  endMessage(): void {
    if (this.#line !== "") this.#to.out(this.#to.outIsTerminal ? "\n" : `${this.#line}\n`);
    this.#line = "";
  }

  call(call: CallLine): void {
    this.endMessage();
    this.#to.err(`${callText(call, this.#screen)}\n`);
  }

  note(text: string): void {
    if (this.#to.outIsTerminal) this.endMessage();
    this.#to.err(`${this.#screen.paint("dim", text)}\n`);
  }

  show(text: string): void {
    if (this.#to.outIsTerminal) this.endMessage();
    this.#to.out(text.endsWith("\n") ? text : `${text}\n`);
  }

  fail(text: string): void {
    this.endMessage();
    this.#to.err(text.endsWith("\n") ? text : `${text}\n`);
  }

  state(): void {}

  width(): number {
    return this.#screen.width;
  }
}
