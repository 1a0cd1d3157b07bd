// Owns: proof of the line editor: keys, history, completion, paste, and text that appears above the line.

import assert from "node:assert/strict";
import {
  type LineEditor,
  type LineEditorOptions,
  openLineEditor,
} from "../../src/platform/line_editor.ts";
import { PasteFilter } from "../../src/platform/paste_filter.ts";
import { type FakeTerminal, fakeTerminal } from "./fake_terminal.ts";

interface Desk {
  terminal: FakeTerminal;
  editor: LineEditor;
  lines: string[];
  /** What else happened, in order. */
  heard: string[];
}

async function atDesk(
  check: (desk: Desk) => Promise<void>,
  options: Partial<LineEditorOptions> = {},
  columns = 40,
): Promise<void> {
  const terminal = fakeTerminal(columns);
  const lines: string[] = [];
  const heard: string[] = [];
  const editor = openLineEditor({
    terminal,
    prompt: "ada> ",
    history: [],
    complete: () => Promise.resolve([[], ""]),
    onPaste: (text) => `[${text.split("\n").length} lines]`,
    onLine: (line) => void lines.push(line),
    onInterrupt: (line) => void heard.push(`interrupt ${line}`),
    onEnd: () => void heard.push("end"),
    ...options,
  });
  try {
    await check({ terminal, editor, lines, heard });
  } finally {
    editor.close();
  }
}

Deno.test("openLineEditor() edits a line with the usual keys and hands it over on Enter", () =>
  atDesk(async ({ terminal, lines }) => {
    await terminal.press("hllo", "\x1b[D\x1b[D\x1b[D", "e", "\x1b[F", "!", "\r");
    assert.deepEqual(lines, ["hello!"]);
    assert.deepEqual(terminal.screen(), ["ada> hello!", "ada>"]);
    await terminal.press("wrong", "\x15", "日本", "\x7f", "\r");
    assert.deepEqual(lines, ["hello!", "日"]);
  }));

Deno.test("openLineEditor() walks through earlier lines, also those of before", () =>
  atDesk(async ({ terminal, lines }) => {
    await terminal.press("new", "\r", "\x1b[A", "\x1b[A", "\r");
    assert.deepEqual(lines, ["new", "last"]);
    await terminal.press("\x1b[A", "\x1b[A", "\x1b[A", "\x1b[B", "\r");
    assert.deepEqual(lines.slice(2), ["new"]);
  }, { history: ["last", "first"] }));

Deno.test("openLineEditor() completes with Tab: one word at once, several as a list", () =>
  atDesk(async ({ terminal }) => {
    await terminal.press("/hel", "\t");
    assert.deepEqual(terminal.screen(), ["ada> /help"]);
    await terminal.press("\x15", "/h", "\t", "\t");
    assert.deepEqual(terminal.screen(), ["ada> /h", "/help     /history", "", "ada> /h"]);
  }, {
    complete: (line) =>
      Promise.resolve([["/help", "/history"].filter((word) => word.startsWith(line)), line]),
  }));

Deno.test("above() puts text over the line and leaves what is typed and the cursor alone", () =>
  atDesk(async ({ terminal, editor, lines }) => {
    await terminal.press("/kan", "\x1b[D");
    editor.above("first row\n", 0);
    editor.above("", 0);
    editor.above("second\n", 0);
    editor.above("second row\nthird\n", 1);
    assert.deepEqual(terminal.screen(), ["first row", "second row", "third", "ada> /kan"]);
    await terminal.press("b", "\r");
    assert.deepEqual(lines, ["/kabn"]);
  }));

Deno.test("above() clears a line that takes several rows", () =>
  atDesk(
    async ({ terminal, editor }) => {
      await terminal.press("x".repeat(50));
      editor.above("text\n", 0);
      assert.deepEqual(terminal.screen(), [
        "text",
        `ada> ${"x".repeat(15)}`,
        "x".repeat(20),
        "x".repeat(15),
      ]);
    },
    {},
    20,
  ));

Deno.test("setPrompt() changes the prompt in place", () =>
  atDesk(async ({ terminal, editor }) => {
    await terminal.press("hi");
    editor.setPrompt("ada …> ");
    assert.deepEqual(terminal.screen(), ["ada …> hi"]);
    await terminal.press("!");
    assert.deepEqual(terminal.screen(), ["ada …> hi!"]);
  }));

Deno.test("openLineEditor() tells Ctrl-C with what was typed, and Ctrl-D only on an empty line", () =>
  atDesk(async ({ terminal, editor, heard }) => {
    await terminal.press("abc", "\x04", "\x03");
    editor.clear();
    assert.deepEqual(terminal.screen(), ["ada>"]);
    await terminal.press("\x03", "\x1a", "\x04");
    assert.deepEqual(heard, ["interrupt abc", "interrupt ", "end"]);
  }));

Deno.test("openLineEditor() ends when the terminal goes away and gives it back once", () =>
  atDesk(async ({ terminal, editor, heard }) => {
    terminal.hangUp();
    assert.deepEqual(heard, ["end"]);
    editor.close();
    editor.close();
    assert.ok(terminal.closed);
    assert.ok(terminal.written().endsWith("\x1b[?2004l"), "pasting is as it was");
    editor.above("after\n", 0);
    await terminal.press("x", "\r");
    assert.deepEqual(heard, ["end"]);
  }));

Deno.test("a paste of several lines stands as one piece; one line stays as it is", () =>
  atDesk(async ({ terminal, lines }) => {
    await terminal.press(
      "see \x1b[200~one\r\ntwo\rthree\n\x1b[201~ and \x1b[200~four\x1b[201~",
      "\r",
    );
    assert.deepEqual(lines, ["see [3 lines] and four"]);
  }));

Deno.test("PasteFilter knows its marks wherever the pieces end, and takes nothing else away", () => {
  const text = "a\x1b[A\x1b[200~x\ny\x1bz\x1b[201~b\x1b[D\x1b";
  for (let size = 1; size < text.length; size++) {
    const pasted: string[] = [];
    const filter = new PasteFilter((paste) => {
      pasted.push(paste);
      return "<P>";
    });
    let typed = "";
    for (let at = 0; at < text.length; at += size) typed += filter.pass(text.slice(at, at + size));
    typed += filter.pass("!");
    assert.deepEqual([typed, pasted], ["a\x1b[A<P>b\x1b[D\x1b!", ["x\nyz"]], `pieces of ${size}`);
  }
});
