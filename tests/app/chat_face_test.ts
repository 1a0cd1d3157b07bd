// Owns: proof of how a chat looks where no line is edited.

import assert from "node:assert/strict";
import { callText, PlainFace } from "../../src/app/chat/face.ts";
import { painter } from "../../src/cli/terminal.ts";

const screen = { paint: painter(false), width: 40, now: 0 };
const call = { tool: "terminal", about: "ls", outcome: "x", failed: false };

function face(outIsTerminal: boolean) {
  const written: string[] = [];
  const out = (text: string) => void written.push(`out ${text}`);
  const err = (text: string) => void written.push(`err ${text}`);
  return { written, face: new PlainFace({ out, err, outIsTerminal }, screen) };
}

Deno.test("PlainFace gives programs whole lines, whatever comes in between", () => {
  const { face: plain, written } = face(false);
  plain.say("one\ntw");
  plain.show("answer of the board");
  plain.note("remark");
  plain.say("o\n\nthree");
  plain.call(call);
  plain.fail("hermes: no");
  plain.endMessage();
  assert.deepEqual(written, [
    "out one\n",
    "out answer of the board\n",
    "err remark\n",
    "out two\n",
    "out \n",
    "out three\n",
    "err   · terminal ls → x\n",
    "err hermes: no\n",
  ]);
});

Deno.test("PlainFace gives people every piece at once, and others a line of their own", () => {
  const { face: plain, written } = face(true);
  plain.say("one");
  plain.say(" more");
  plain.show("answer");
  plain.say("rest\n");
  plain.endMessage();
  assert.deepEqual(written, ["out one", "out  more", "out \n", "out answer\n", "out rest\n"]);
});

Deno.test("callText() is one line within the width, without what could harm a terminal", () => {
  const nasty = { ...call, about: "a\n\x1b[2Jb", outcome: "x".repeat(100), failed: true };
  const text = callText(nasty, screen);
  assert.ok(text.length <= 39, text);
  assert.match(text, /^ {2}✗ terminal a b → x+…$/);
  assert.match(callText(nasty, { ...screen, ascii: true }), /^ {2}x terminal a b > x+~$/);
});
