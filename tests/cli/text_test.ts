// Owns: the proof of how text is laid out, coloured and made safe for a terminal.

import assert from "node:assert/strict";
import { displayWidth, fit, table } from "../../src/cli/table.ts";
import { colourful, oneLine, painter, plainText } from "../../src/cli/terminal.ts";
import { route } from "../../src/cli/route.ts";

Deno.test("displayWidth() counts columns: wide characters two, marks and colours none", () => {
  assert.equal(displayWidth("abc"), 3);
  assert.equal(displayWidth("日本"), 4);
  assert.equal(displayWidth("🚀"), 2);
  assert.equal(displayWidth("e\u0301"), 1);
  assert.equal(displayWidth("\x1b[31mred\x1b[39m"), 3);
});

Deno.test("fit() cuts at whole characters and never exceeds the width", () => {
  assert.equal(fit("short", 10), "short");
  assert.equal(fit("exactly ten", 10), "exactly t…");
  assert.equal(fit("日本語日本語", 6), "日本…");
  for (let width = 1; width < 12; width++) {
    assert.ok(displayWidth(fit("a日🚀b日🚀c", width)) <= width);
  }
});

Deno.test("table() lines columns up whatever is in them and cuts only the last", () => {
  const paint = painter(true);
  const lines = table([[paint("red", "x"), "日本", "title"], ["yy", "a", "a longer title"]], 22);
  assert.deepEqual(lines, [`${paint("red", "x")}   日本  title`, "yy  a     a longer ti…"]);
  assert.deepEqual(table([], 80), []);
});

Deno.test("text from anywhere cannot move the cursor, ring the bell or start a new line", () => {
  const evil = "a\x1b[2J\x1b]0;title\x07\r\nb\x9b31m\tc";
  assert.equal(oneLine(evil), "a b c");
  // deno-lint-ignore no-control-regex -- control characters are what is looked for
  assert.doesNotMatch(plainText(evil), /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  assert.match(plainText("two\nlines\tkept"), /^two\nlines\tkept$/);
});

Deno.test("colours: NO_COLOR wins, FORCE_COLOR comes next, then the terminal", () => {
  assert.equal(colourful({ NO_COLOR: "1", FORCE_COLOR: "1" }, true), false);
  assert.equal(colourful({ FORCE_COLOR: "1" }, false), true);
  assert.equal(colourful({ FORCE_COLOR: "0" }, true), false);
  assert.equal(colourful({}, true), true);
  assert.equal(colourful({ TERM: "dumb" }, true), false);
  assert.equal(colourful({}, false), false);
});

Deno.test("route() finds the command behind global options and turns help words into flags", () => {
  const words = (...argv: string[]) => {
    const { group, verb, help } = route(argv);
    return [group, verb, help];
  };
  assert.deepEqual(words("-p", "kanban", "kanban", "list"), ["kanban", "list", false]);
  assert.deepEqual(words("kanban", "--board", "show", "list", "x"), ["kanban", "list", false]);
  assert.deepEqual(words("help", "kanban", "list"), ["kanban", "list", true]);
  assert.deepEqual(words("kanban", "comment", "t_1", "help"), ["kanban", "comment", false]);
  assert.deepEqual(words("kanban", "comment", "--", "--help"), ["kanban", "comment", false]);
  assert.deepEqual(words("--skills", "a", "chat", "-q", "kanban list"), ["chat", undefined, false]);
});
