// Owns: proof of the line that tells a person about a tool call.

import assert from "node:assert/strict";
import { callLine } from "../../src/agent/chat/call_line.ts";

Deno.test("callLine() tells what a call is about and what came of it, briefly", () => {
  const cases: [
    args: string,
    reply: string,
    failed: boolean,
    expected: [string, string, boolean],
  ][] = [
    ['{"command":"ls -la"}', '{"exit_code":0,"stdout":"total 3\\nx"}', false, [
      "ls -la",
      "total 3",
      false,
    ]],
    ['{"command":"false"}', '{"exit_code":1,"stdout":"","stderr":"no"}', false, [
      "false",
      "exit 1: no",
      true,
    ]],
    ['{"command":"true"}', '{"exit_code":0,"stdout":"","stderr":""}', false, ["true", "ok", false]],
    ['{"command":"x"}', '{"exit_code":null,"timed_out_after_seconds":5}', false, [
      "x",
      "ended after 5 s",
      true,
    ]],
    ['{"timeout":1,"path":"a.txt"}', "one\ntwo\n", false, ["a.txt", "2 lines", false]],
    ["{}", '{"ok":true,"task_id":"t_1","status":"ready"}', false, ["", "t_1 ready", false]],
    ["{}", '{"ok":true,"tasks":[{},{}]}', false, ["", "2 tasks", false]],
    ["{oops", '{"error":"not valid JSON"}', true, ["{oops", "not valid JSON", true]],
    ["[1]", "", false, ["[1]", "0 lines", false]],
    ['{"note":{"a":1}}', '"text"', false, ['{"a":1}', '"text"', false]],
  ];
  for (const [args, text, failed, [about, outcome, bad]] of cases) {
    assert.deepEqual(callLine("tool", args, { text, failed }), {
      tool: "tool",
      about,
      outcome,
      failed: bad,
    });
  }
});

Deno.test("callLine() keeps long texts short", () => {
  const long = "x".repeat(10_000);
  const { about, outcome } = callLine("t", JSON.stringify({ command: long }), {
    text: JSON.stringify({ error: long }),
    failed: true,
  });
  assert.ok(about.length <= 160 && outcome.length <= 160);
});
