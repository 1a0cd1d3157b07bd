// Owns: proof of the agent loop: turns, tools, nudges, limits and ends.

import assert from "node:assert/strict";
import { runAgent } from "../../src/agent/loop.ts";
import type { TranscriptEntry } from "../../src/agent/transcript.ts";
import { createLog } from "../../src/base/log.ts";
import { agentRun, echoTool, scriptedModel } from "./double.ts";

Deno.test("runAgent() answers parallel calls in order, each under its own id", async () => {
  const client = scriptedModel([[["echo", { n: 1 }], ["echo", { n: 2 }]], "done"]);
  const echo = echoTool();
  const result = await runAgent(agentRun({ client, tools: [echo] }));
  assert.deepEqual(result, { reason: "stopped", text: "done", turns: 2 });
  assert.deepEqual(echo.calls, [{ n: 1 }, { n: 2 }]);
  assert.deepEqual(client.seen[0]?.tools, ["echo"]);
  assert.deepEqual(client.seen[1]?.messages.slice(2), [
    {
      role: "assistant",
      content: "",
      tool_calls: [
        { id: "call_1_0", type: "function", function: { name: "echo", arguments: '{"n":1}' } },
        { id: "call_1_1", type: "function", function: { name: "echo", arguments: '{"n":2}' } },
      ],
    },
    { role: "tool", tool_call_id: "call_1_0", content: '{"n":1}' },
    { role: "tool", tool_call_id: "call_1_1", content: '{"n":2}' },
  ]);
});

Deno.test("S-200 runAgent() hands the model an error text for unknown tools and broken JSON", async () => {
  const client = scriptedModel([[["ecko", {}], ["echo", "{oops"]], "sorry"]);
  await runAgent(agentRun({ client, tools: [echoTool()] }));
  const [, , , unknown, broken] = client.seen[1]!.messages;
  assert.match(JSON.parse(String(unknown?.content)).error, /no tool "ecko".*Available tools: echo/);
  assert.match(JSON.parse(String(broken?.content)).error, /not valid JSON.*Available tools: echo/);
});

Deno.test("runAgent() ends after the turn in which the task is handed off", async () => {
  const done = echoTool("kanban_complete");
  const client = scriptedModel([[["kanban_complete", {}], ["echo", {}]], "never asked"]);
  const echo = echoTool();
  const result = await runAgent(agentRun({
    client,
    tools: [done, echo],
    isFinished: () => done.calls.length > 0,
    nudges: ["go on"],
  }));
  assert.equal(result.reason, "finished");
  assert.equal(client.seen.length, 1);
  assert.equal(echo.calls.length, 1, "the rest of the turn is carried out");
});

Deno.test("U-030 runAgent() nudges a model that stops early, at most as often as told", async () => {
  const client = scriptedModel(["I am done.", "Really.", "Truly."]);
  const result = await runAgent(agentRun({ client, nudges: ["first nudge", "second nudge"] }));
  assert.deepEqual(result, { reason: "stopped", text: "Truly.", turns: 3 });
  assert.deepEqual(client.seen[2]?.messages.slice(2), [
    { role: "assistant", content: "I am done." },
    { role: "user", content: "first nudge" },
    { role: "assistant", content: "Really." },
    { role: "user", content: "second nudge" },
  ]);
});

Deno.test("U-030 runAgent() goes on working after a nudge", async () => {
  const done = echoTool("kanban_complete");
  const client = scriptedModel(["I am done.", [["kanban_complete", {}]]]);
  const result = await runAgent(agentRun({
    client,
    tools: [done],
    isFinished: () => done.calls.length > 0,
    nudges: ["nudge"],
  }));
  assert.deepEqual([result.reason, result.turns], ["finished", 2]);
});

Deno.test("runAgent() stops at the turn limit", async () => {
  const client = scriptedModel([[["echo", {}]]]);
  const limits = { maxTurns: 4, contextCharacters: 1000 };
  const result = await runAgent(agentRun({ client, tools: [echoTool()], limits }));
  assert.deepEqual([result.reason, result.turns, client.seen.length], ["turn_limit", 4, 4]);
});

Deno.test("runAgent() ends as aborted between two tool calls", async () => {
  const stop = new AbortController();
  const first = echoTool("first");
  first.run = () => {
    stop.abort(new Error("the run is closed"));
    return Promise.resolve("ok");
  };
  const second = echoTool("second");
  const client = scriptedModel([[["first", {}], ["second", {}]]]);
  const result = await runAgent(agentRun({ client, tools: [first, second], signal: stop.signal }));
  assert.equal(result.reason, "aborted");
  assert.equal(second.calls.length, 0);
});

Deno.test("runAgent() passes a model failure on and writes it down", async () => {
  const entries: TranscriptEntry[] = [];
  const transcript = {
    record: (entry: TranscriptEntry) => Promise.resolve(void entries.push(entry)),
  };
  const client = scriptedModel([[["echo", {}]], new Error("model is gone")]);
  await assert.rejects(runAgent(agentRun({ client, tools: [echoTool()], transcript })), /is gone/);
  assert.deepEqual(entries.at(-1), { kind: "end", reason: "model is gone", turns: 1 });
  assert.deepEqual(entries.map((entry) => entry.kind), [
    "message",
    "message",
    "message",
    "usage",
    "call",
    "result",
    "end",
  ]);
});

Deno.test("runAgent() sends the same beginning at every turn", async () => {
  const client = scriptedModel([[["echo", { n: 1 }]], [["echo", { n: 2 }]], "done"]);
  await runAgent(agentRun({ client, tools: [echoTool()] }));
  const [first, second, third] = client.seen.map((request) => request.messages);
  assert.deepEqual(second!.slice(0, first!.length), first);
  assert.deepEqual(third!.slice(0, second!.length), second);
});

Deno.test("P-060 runAgent() masks secrets in log lines", async () => {
  const lines: string[] = [];
  const log = createLog((_level, message) => lines.push(message));
  const key = "sk-abcdefghijklmnop1234";
  const client = scriptedModel([[["echo", { key, mine: "topsecret" }], ["none", { key }]], "done"]);
  await runAgent(agentRun({ client, tools: [echoTool()], log, secrets: ["topsecret"] }));
  assert.equal(lines.length, 2);
  assert.doesNotMatch(lines.join("\n"), /sk-abc|topsecret/);
  assert.match(lines[0]!, /^turn 1: echo .*\[redacted\]/);
});
