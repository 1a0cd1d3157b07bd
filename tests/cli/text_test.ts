// Owns: the proof of how text is laid out, coloured and made safe for a terminal.

import assert from "node:assert/strict";
import { displayWidth, fit, table, wrap } from "../../src/cli/table.ts";
import {
  colourful,
  columnsOf,
  oneLine,
  painter,
  plainText,
  speaksUnicode,
  withoutSymbols,
} from "../../src/cli/terminal.ts";
import { route } from "../../src/cli/route.ts";

Deno.test("displayWidth() counts columns: wide characters two, marks and colours none", () => {
  assert.equal(displayWidth("abc"), 3);
  assert.equal(displayWidth("日本"), 4);
  assert.equal(displayWidth("🚀"), 2);
  assert.equal(displayWidth("e\u0301"), 1);
  assert.equal(displayWidth("👩‍💻"), 2, "joined to one");
  assert.equal(displayWidth("🇩🇪"), 2, "two letters, one flag");
  assert.equal(displayWidth("❤️"), 2, "a heart in colour");
  assert.equal(displayWidth("❤"), 1, "a heart in black");
  assert.equal(displayWidth("𠀀"), 2);
  assert.equal(displayWidth("👍🏽"), 2, "with a skin");
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

Deno.test("wrap() breaks between words, cuts what is left over and never exceeds the width", () => {
  assert.deepEqual(wrap("one two three", 7, 3), ["one two", "three"]);
  assert.deepEqual(wrap("one two three four", 9, 2), ["one two", "three fo…"]);
  assert.deepEqual(wrap("unbreakable", 4, 3), ["unbr", "eaka", "ble"]);
  assert.deepEqual(wrap("", 4, 3), []);
  for (let width = 2; width < 14; width++) {
    const lines = wrap("a 日本🚀 b👩‍💻c 日本語 unbreakable", width, 4);
    assert.ok(lines.length <= 4);
    for (const line of lines) assert.ok(displayWidth(line) <= width, `${width}: ${line}`);
  }
});

Deno.test("a terminal without Unicode gets symbols of ASCII, as wide as the others", () => {
  for (const locale of ["C", "POSIX", "de_DE.ISO-8859-1", "de_DE.iso88591@euro"]) {
    assert.equal(speaksUnicode({ LANG: locale }), false, locale);
  }
  for (const locale of ["C.UTF-8", "de_DE.utf8", "en_US"]) {
    assert.equal(speaksUnicode({ LANG: locale }), true, locale);
  }
  assert.equal(speaksUnicode({}), true, "nobody said anything");
  assert.equal(speaksUnicode({ LANG: "de_DE.UTF-8", LC_ALL: "C" }), false, "LC_ALL wins");
  const drawn = "◇◻▶●⊘✓—…│├╮╯─┬";
  // deno-lint-ignore no-control-regex -- what is no ASCII is looked for
  assert.doesNotMatch(withoutSymbols(drawn), /[^\x00-\x7f]/);
  assert.equal(withoutSymbols(drawn).length, displayWidth(drawn));
  assert.equal(withoutSymbols("日本 é"), "日本 é", "what people wrote stays");
});

Deno.test("COLUMNS sets the width when it is a number of columns", () => {
  assert.equal(columnsOf({ COLUMNS: "72" }), 72);
  for (const odd of ["", "0", "-3", "wide", "7.5"]) {
    assert.equal(columnsOf({ COLUMNS: odd }), undefined);
  }
});
