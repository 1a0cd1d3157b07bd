// Owns: proof of reading what programs print, and of living through what they should not print.

import assert from "node:assert/strict";
import fc from "fast-check";
import { couldNotResume } from "../../src/agent/foreign/resume.ts";
import { builtinManifests } from "../../src/lanes/builtin.ts";
import { valuesAt } from "../../src/lanes/find.ts";
import { OutputReader, type Reading } from "../../src/lanes/output_reader.ts";
import { readLane } from "../../src/lanes/read_lane.ts";

function read(worker: unknown, lines: readonly (string | object)[], stream?: "stderr"): Reading {
  const reader = new OutputReader(readLane(worker, "test")!.output);
  for (const line of lines) {
    reader.line(typeof line === "string" ? line : JSON.stringify(line), stream ?? "stdout");
  }
  reader.end();
  return reader.reading();
}

Deno.test("valuesAt: keys, every item, nothing that is inherited", () => {
  const value = { a: [{ b: 1 }, { b: 2 }, 3], c: { x: { n: 4 }, y: { n: null } } };
  assert.deepEqual(valuesAt(value, "a.*.b"), [1, 2]);
  assert.deepEqual(valuesAt(value, "c.*.n"), [4]);
  assert.deepEqual(valuesAt(value, "constructor.name"), []);
  assert.deepEqual(valuesAt("text", "length"), []);
});

Deno.test("Claude Code: an empty result leaves the words said before", () => {
  const reading = read("claude", [
    { type: "assistant", session_id: "s", message: { content: [{ type: "text", text: "4" }] } },
    { type: "assistant", message: { content: [{ type: "tool_use", name: "Bash" }] } },
    { type: "result", subtype: "success", is_error: false, result: "", session_id: "s" },
  ]);
  assert.deepEqual([reading.final, reading.session, reading.failed], ["4", "s", false]);
});

Deno.test("Claude Code: its own words about a failure have no model, and say what went wrong", () => {
  const session_id = "20dde46c-b21a-4475-ac07-6a190b80c4e3";
  const reading = read("claude", [
    `No conversation found with session ID: ${session_id}`,
    { type: "assistant", message: { model: "<synthetic>", content: [] } },
    {
      ...{ type: "result", subtype: "error_during_execution", is_error: true, session_id },
      usage: { input_tokens: 0, output_tokens: 0 },
      errors: [`No conversation found with session ID: ${session_id}`],
    },
  ]);
  assert.equal(reading.model, null);
  assert.equal(reading.error, `No conversation found with session ID: ${session_id}`);
  assert.ok(couldNotResume({ reading, code: 1, signal: null, closed: false, nudged: 0 }));
});

const busy: [string, string, object | string, boolean][] = [
  [
    "claude",
    "an allowance",
    { type: "rate_limit_event", rate_limit_info: { status: "allowed" } },
    false,
  ],
  [
    "claude",
    "a warning",
    { type: "rate_limit_event", rate_limit_info: { status: "allowed_warning" } },
    false,
  ],
  [
    "claude",
    "a rejection",
    { type: "rate_limit_event", rate_limit_info: { status: "rejected" } },
    true,
  ],
  [
    "claude",
    "a result of old",
    { type: "result", is_error: true, result: "Claude AI usage limit reached|1753077600" },
    true,
  ],
  [
    "claude",
    "talk about one",
    { type: "result", is_error: false, result: "added a rate limit" },
    false,
  ],
  ["claude", "a line of text", "API Error (429 Too Many Requests)", true],
  [
    "codex",
    "a failed turn",
    { type: "turn.failed", error: { message: "429 Too Many Requests" } },
    true,
  ],
  ["codex", "another failure", { type: "turn.failed", error: { message: "bad request" } }, false],
  [
    "codex",
    "talk about one",
    { type: "item.completed", item: { type: "agent_message", text: "429" } },
    false,
  ],
  [
    "gemini",
    "a result",
    { type: "result", status: "error", error: { message: "Quota exceeded" } },
    true,
  ],
  ["opencode", "a status", {
    type: "error",
    error: { name: "APIError", data: { statusCode: 429 } },
  }, true],
];
for (const [lane, what, line, expected] of busy) {
  Deno.test(`${lane}: ${what} is ${expected ? "a" : "no"} rate limit`, () => {
    assert.equal(read(lane, [line]).rateLimited, expected);
  });
}

Deno.test("Claude Code: when it can be asked again", () => {
  const event = {
    type: "rate_limit_event",
    rate_limit_info: { status: "rejected", resetsAt: 1784283600 },
  };
  assert.equal(read("claude", [event]).retryAt, 1784283600);
  const old = {
    type: "result",
    is_error: true,
    result: "Claude AI usage limit reached|1753077600",
  };
  assert.equal(read("claude", [old]).retryAt, 1753077600);
  assert.equal(read("claude", [{ ...old, result: "limit" }]).retryAt, null);
});

Deno.test("one JSON text over many lines, after a greeting", () => {
  const worker = {
    command: "x",
    output: {
      format: "json",
      final: { take: "response" },
      session: { take: "session_id" },
      input_tokens: { take: "stats.models.*.tokens.prompt" },
      output_tokens: { take: "stats.models.*.tokens.candidates" },
      failed: { when: { "error.type": ["Error", "ApiError"] } },
    },
  };
  const models = {
    pro: { tokens: { prompt: 10, candidates: 3 } },
    flash: { tokens: { prompt: 5, candidates: 1 } },
  };
  const text = JSON.stringify({ session_id: "s", response: "done", stats: { models } }, null, 2);
  const reading = read(worker, ["Loaded cached credentials.", ...text.split("\n")]);
  assert.deepEqual([reading.final, reading.session], ["done", "s"]);
  assert.deepEqual([reading.inputTokens, reading.outputTokens, reading.failed], [15, 4, false]);
  const failed = read(worker, ['{"error": {"type": "ApiError", "message": "no"}}']);
  assert.equal(failed.failed, true);
  assert.equal(read(worker, ["{", '"response": "cut']).final, null);
});

Deno.test("text: the last words are the end of standard output, not of standard error", () => {
  const reader = new OutputReader(readLane({ lane: "shell", script: "true" }, "test")!.output);
  for (let line = 1; line <= 100; line++) reader.line(`line ${line}`, "stdout");
  reader.line("warning", "stderr");
  const { final, tail } = reader.reading();
  assert.match(final!, /^line 61\n[\s\S]*line 100$/);
  assert.equal(tail.at(-1), "warning");
  assert.equal(read({ lane: "shell", script: "true" }, ["oops"], "stderr").final, null);
});

Deno.test("figures that are none are not known, never zero", () => {
  const usage = { input_tokens: "many", output_tokens: -4 };
  const reading = read("claude", [{ type: "result", usage, total_cost_usd: null }]);
  assert.deepEqual([reading.inputTokens, reading.outputTokens, reading.costUsd], [
    null,
    null,
    null,
  ]);
});

Deno.test("whatever is printed, every lane's reader lives through it and keeps little", () => {
  const lanes = Object.keys(builtinManifests)
    .map((name) => readLane(name === "shell" ? { lane: name, script: "true" } : name, "test")!);
  const type = fc.constantFrom(
    "result",
    "assistant",
    "turn.failed",
    "error",
    "init",
    "step_finish",
  );
  const object = fc.tuple(type, fc.object({ maxDepth: 3 }))
    .map(([type, rest]) => JSON.stringify({ ...rest, type }));
  const line = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.json(), object);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      for (const lane of lanes) {
        const reader = new OutputReader(lane.output);
        for (const text of lines) reader.line(text, "stdout");
        reader.end();
        const { tail, inputTokens, costUsd, session } = reader.reading();
        assert.ok(tail.length <= 12);
        assert.ok(inputTokens === null || inputTokens >= 0);
        assert.ok(costUsd === null || Number.isFinite(costUsd));
        assert.ok(session === null || typeof session === "string");
      }
    }),
    { numRuns: 200 },
  );
});
