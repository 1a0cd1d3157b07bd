// Owns: one line of input at the bottom of a terminal that can be edited while text appears above it.

import { createInterface, type Interface } from "node:readline";
import { PassThrough, Writable } from "node:stream";
import { PasteFilter } from "./paste_filter.ts";

/** A terminal as far as a line editor needs it. */
export interface EditorTerminal {
  size(): { columns: number; rows: number };
  write(text: string): void;
  /** Hands over what is pressed, as the terminal sends it, and then that it sends nothing more. */
  onInput(listener: (text: string) => void, onEnd: () => void): void;
  onResize(listener: () => void): void;
  /** Gives the terminal back as it was. May be called more than once. */
  close(): void;
}

export interface LineEditorOptions {
  terminal: EditorTerminal;
  prompt: string;
  /** Earlier lines, the newest first. */
  history: string[];
  /** Words that could stand at the end of the line, and the part of it that they would replace. */
  complete(line: string): Promise<[words: string[], typed: string]>;
  /** What a pasted text of several lines is shown as; it stands for the text in the line. */
  onPaste(text: string): string;
  onLine(line: string): void;
  /** Ctrl-C; `line` is what was typed. */
  onInterrupt(line: string): void;
  /** Ctrl-D on an empty line, or the terminal has gone away. */
  onEnd(): void;
}

/** The line at the bottom. */
export interface LineEditor {
  /** Columns of the terminal. */
  columns(): number;
  /**
   * Replaces the `erased` rows above the line by `text`, which is empty or ends with a line break. Rows
   * that are wider than the terminal must not be in it when they are to be erased later.
   */
  above(text: string, erased: number): void;
  setPrompt(prompt: string): void;
  /** Throws away what was typed. */
  clear(): void;
  /** Gives the terminal back. May be called more than once. */
  close(): void;
}

/** Parts of the readline interface that its types leave out or mark as read-only. */
interface Inner {
  line: string;
  cursor: number;
  prevRows: number;
}

/** Shows the line and listens until it is closed. */
export function openLineEditor(options: LineEditorOptions): LineEditor {
  const { terminal } = options;
  const input = new PassThrough();
  const output = new Screen(terminal);
  const editor = createInterface({
    input,
    output,
    terminal: true,
    prompt: options.prompt,
    history: options.history,
    historySize: 1000,
    removeHistoryDuplicates: true,
    tabSize: 4,
    completer: (line: string, answer: Completed) => {
      options.complete(line).then((found) => answer(null, found), () => answer(null, [[], line]));
    },
  });
  const inner = editor as unknown as Inner;
  let open = true;
  /** Ctrl-D ends the line for good, before anybody closes the editor. */
  let hasLine = true;
  const close = () => {
    if (!open) return;
    open = false;
    editor.close();
    terminal.write(pasteOff);
    terminal.close();
  };
  const filter = new PasteFilter(options.onPaste);
  terminal.onInput((text) => void (hasLine && input.write(filter.pass(text))), () => {
    if (open) options.onEnd();
  });
  terminal.onResize(() => output.emit("resize"));
  editor.on("line", (line: string) => {
    options.onLine(line);
    if (hasLine) editor.prompt();
  });
  editor.on("SIGINT", () => options.onInterrupt(inner.line));
  // Suspending would leave a terminal in raw mode behind.
  editor.on("SIGTSTP", () => {});
  editor.on("close", () => {
    hasLine = false;
    if (open) options.onEnd();
  });
  terminal.write(pasteOn);
  editor.prompt();
  return {
    columns: () => terminal.size().columns,
    above(text, erased) {
      if (!hasLine) return terminal.write(text.replaceAll("\n", "\r\n"));
      output.together(() => {
        const up = editor.getCursorPos().rows + erased;
        output.write(`\r${up > 0 ? `\x1b[${up}A` : ""}\x1b[J${text.replaceAll("\n", "\r\n")}`);
        redraw(editor, inner);
      });
    },
    setPrompt(prompt) {
      editor.setPrompt(prompt);
      if (!hasLine) return;
      output.together(() => {
        const up = editor.getCursorPos().rows;
        output.write(`\r${up > 0 ? `\x1b[${up}A` : ""}\x1b[J`);
        redraw(editor, inner);
      });
    },
    clear() {
      if (!hasLine) return;
      output.together(() => {
        const up = editor.getCursorPos().rows;
        inner.line = "";
        inner.cursor = 0;
        output.write(`\r${up > 0 ? `\x1b[${up}A` : ""}\x1b[J`);
        redraw(editor, inner);
      });
    },
    close,
  };
}

type Completed = (error: null, result: [string[], string]) => void;

const pasteOn = "\x1b[?2004h";

/** Ends what an editor asks of a terminal, for who gives one back in a hurry. */
export const pasteOff = "\x1b[?2004l";

/** Draws prompt and line where the cursor is, which is the beginning of an empty row. */
function redraw(editor: Interface, inner: Inner): void {
  inner.prevRows = 0;
  editor.prompt(true);
}

/** The terminal as a stream. What is written together reaches it in one piece, so that nothing flickers. */
class Screen extends Writable {
  readonly #terminal: EditorTerminal;
  #held: string | null = null;

  constructor(terminal: EditorTerminal) {
    super({ decodeStrings: false });
    this.#terminal = terminal;
  }

  get columns(): number {
    return this.#terminal.size().columns;
  }

  get rows(): number {
    return this.#terminal.size().rows;
  }

  together(draw: () => void): void {
    this.#held = "";
    try {
      draw();
    } finally {
      const text = this.#held;
      this.#held = null;
      this.#terminal.write(text);
    }
  }

  override _write(text: string, _encoding: string, done: () => void): void {
    if (this.#held === null) this.#terminal.write(text);
    else this.#held += text;
    done();
  }
}
