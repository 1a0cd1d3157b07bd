// Owns: how a chat looks on a terminal: text grows above the line that is being typed.

import type { CallLine } from "../../agent/chat/call_line.ts";
import { fit } from "../../cli/table.ts";
import { oneLine, plainText, type Screen, withoutSymbols } from "../../cli/terminal.ts";
import type { LineEditor } from "../../platform/line_editor.ts";
import { callText, type Face } from "./face.ts";
import { flow } from "./flow.ts";

/** Shows a chat above a line editor. */
export class TerminalFace implements Face {
  readonly #editor: LineEditor;
  readonly #screen: Omit<Screen, "width">;
  #prompt = "";
  #goesOn = false;
  /** The row of the model's text that may go on; it is on the screen unless it is empty. */
  #tail = "";

  constructor(editor: LineEditor, screen: Omit<Screen, "width">) {
    this.#editor = editor;
    this.#screen = screen;
  }

  say(piece: string): void {
    const { rows, tail } = flow(this.#tail + plainText(piece), this.#room());
    this.#put(rows, tail);
  }

  endMessage(): void {
    this.#tail = "";
  }

  call(call: CallLine): void {
    this.endMessage();
    this.#put([callText(call, this.#whole())], "");
  }

  note(text: string): void {
    const shown = this.#screen.ascii ? withoutSymbols(text) : text;
    this.#insert(shown.split("\n").map((line) => this.#screen.paint("dim", line)));
  }

  show(text: string): void {
    this.#insert(text.replace(/\n$/, "").split("\n"));
  }

  fail(text: string): void {
    this.endMessage();
    const [first = "", ...rest] = text.replace(/\n$/, "").split("\n");
    this.#put([this.#screen.paint("red", first), ...rest], "");
  }

  state(name: string, busy: boolean, tool?: string): void {
    this.#prompt = promptText(name, busy, this.#screen, tool);
    if (!this.#goesOn) this.#editor.setPrompt(this.#prompt);
  }

  /** Whether the line that is typed goes on one that was typed before. */
  continueLine(goesOn: boolean): void {
    if (this.#goesOn === goesOn) return;
    this.#goesOn = goesOn;
    this.#editor.setPrompt(goesOn ? "... " : this.#prompt);
  }

  width(): number {
    return this.#editor.columns();
  }

  #whole(): Screen {
    return { ...this.#screen, width: this.#editor.columns() };
  }

  #room(): number {
    return Math.max(10, this.#editor.columns() - 1);
  }

  /** Lines go above a text that is still being written. */
  #insert(lines: readonly string[]): void {
    this.#put(lines, this.#tail);
  }

  #put(rows: readonly string[], tail: string): void {
    const erased = this.#tail === "" ? 0 : 1;
    this.#tail = tail;
    const lines = tail === "" ? rows : [...rows, tail];
    this.#editor.above(lines.map((line) => `${line}\n`).join(""), erased);
  }
}

/** What stands in front of the line that is typed. */
export function promptText(
  name: string,
  busy: boolean,
  screen: Pick<Screen, "ascii" | "paint">,
  tool?: string,
): string {
  const work = tool === undefined ? "" : ` ${fit(oneLine(tool), 24)}`;
  const mark = busy ? `${screen.ascii ? " ~" : " …"}${work}` : "";
  return `${screen.paint("bold", name)}${mark}> `;
}
