// Owns: proof that a conversation that fills the window goes on from a note, with calls and answers in pairs.

import assert from "node:assert/strict";
import { Compactor, windowOf } from "../../src/agent/compaction.ts";
import { type AgentRun, runAgent } from "../../src/agent/loop.ts";
import { noTranscript, type TranscriptEntry } from "../../src/agent/transcript.ts";
import { HermesError } from "../../src/base/errors.ts";
import { silentLog } from "../../src/base/log.ts";
import { createModelClient } from "../../src/llm/client.ts";
import { guessWindow, readOverflow } from "../../src/llm/context_window.ts";
import type { ChatMessage, ChatRequest, ModelReply } from "../../src/llm/messages.ts";
import { agentRun, echoTool } from "./double.ts";

const note =
  "## Goal\nbuild it\n## Done\nstep 1\n## Files\n/w/a.md\n## Decisions\nblue\n## Open points\ntest";
const summarises = (request: ChatRequest) =>
  String(request.messages[0]?.content).startsWith("You keep the memory");

/** A model that calls `tool` for `rounds` turns and then stops; summaries come from `summary`. */
function workingModel(
  rounds: number,
  summary: () => Promise<Partial<ModelReply>>,
  before: (request: ChatRequest) => void = () => {},
) {
  const seen: ChatRequest[] = [];
  const notes: ChatRequest[] = [];
  const chat: AgentRun["client"]["chat"] = async (request) => {
    if (summarises(request)) {
      notes.push(structuredClone({ messages: request.messages, maxTokens: request.maxTokens }));
      return { ...empty, ...await summary() };
    }
    before(request);
    seen.push(structuredClone({ messages: request.messages }));
    if (seen.length > rounds) return { ...empty, text: "done", finishReason: "stop" };
    const id = `call_${seen.length}`;
    const call = { id, name: "read", arguments: JSON.stringify({ n: seen.length }) };
    return { ...empty, text: `step ${seen.length}`, toolCalls: [call] };
  };
  return { chat, seen, notes };
}

const empty: ModelReply = {
  text: "",
  toolCalls: [],
  usage: { inputTokens: null, outputTokens: 5 },
  model: "m",
  finishReason: "stop",
};

/** A tool whose answers are long. */
function longTool(size: number) {
  const tool = echoTool("read");
  tool.run = (args) => Promise.resolve(`${JSON.stringify(args)} ${"x".repeat(size)}`);
  return tool;
}

/** Every call has its answer behind it and every answer its call. */
function assertPaired(messages: readonly ChatMessage[]): void {
  const open = new Set<string>();
  for (const message of messages) {
    if (message.role === "tool") {
      assert.ok(
        open.delete(message.tool_call_id),
        `an answer without its call: ${message.tool_call_id}`,
      );
      continue;
    }
    assert.equal(open.size, 0, "a call without its answer");
    if (message.role === "assistant") {
      for (const call of message.tool_calls ?? []) open.add(call.id);
    }
  }
  assert.equal(open.size, 0);
}

function recorded() {
  const entries: TranscriptEntry[] = [];
  const record = (entry: TranscriptEntry) => Promise.resolve(void entries.push(entry));
  const compactions = () => entries.flatMap((entry) => entry.kind === "compaction" ? [entry] : []);
  return { transcript: { record }, compactions };
}

const limits = (tokens: number) => ({
  maxTurns: 60,
  contextCharacters: 1e9,
  window: { tokens, compactAt: 0.75 },
});

Deno.test("runAgent() goes on from a note when the window fills, and never orphans an answer", async () => {
  const model = workingModel(30, () => Promise.resolve({ text: note }));
  const { transcript, compactions } = recorded();
  const replies: ModelReply[] = [];
  const result = await runAgent(agentRun({
    client: model,
    tools: [longTool(4000)],
    limits: limits(16_000),
    transcript,
    onReply: (reply) => void replies.push(reply),
    userPrompt: "work kanban task t_1: the brief",
  }));
  assert.deepEqual([result.reason, result.turns], ["stopped", 31]);
  assert.ok(compactions().length >= 2, `${compactions().length} compactions`);
  for (const { messages } of model.seen) {
    assertPaired(messages);
    assert.equal(messages[0]?.content, "system");
    assert.ok(String(messages[1]?.content).startsWith("work kanban task t_1: the brief"));
    const bytes = JSON.stringify(messages).length;
    assert.ok(bytes * 0.28 < 16_000, `${bytes} bytes were sent`);
    const roles = messages.map((message) => message.role);
    assert.ok(!roles.some((role, i) => role === "user" && roles[i + 1] === "user"), String(roles));
  }
  const last = model.seen.at(-1)!.messages;
  assert.match(String(last[1]?.content), /# Note on the earlier part[^]*## Open points/);
  assert.equal(String(last[1]?.content).split("# Note on the earlier part").length, 2, "one note");
  assert.match(JSON.stringify(last.slice(2)), /step 30/, "the newest turns are kept word for word");
  assert.equal(replies.length, 31 + model.notes.length, "summaries are paid for too");
  const [first] = compactions();
  assert.equal(first?.how, "summary");
  assert.ok(first!.tokensAfter < first!.tokensBefore / 2 && first!.dropped > 0);
  assert.match(String(model.notes[1]?.messages[1]?.content), /# Earlier note\n\n## Goal/);
});

Deno.test("runAgent() cuts older turns when nobody can summarise them", async () => {
  const failures: Array<() => Promise<Partial<ModelReply>>> = [
    () => Promise.reject(new HermesError("unavailable", "Cannot call model", {})),
    () => Promise.resolve({ text: " " }),
    () => Promise.resolve({ text: "## Goal\nhal", finishReason: "length" }),
  ];
  for (const failure of failures) {
    const model = workingModel(20, failure);
    const { transcript, compactions } = recorded();
    const run = agentRun({
      client: model,
      tools: [longTool(4000)],
      limits: limits(16_000),
      transcript,
    });
    assert.equal((await runAgent(run)).reason, "stopped");
    for (const { messages } of model.seen) assertPaired(messages);
    assert.ok(compactions().length > 0 && compactions().every(({ how }) => how === "cut"));
    assert.match(compactions()[0]!.note, /- read \{"n":1\}/);
    assert.doesNotMatch(compactions()[0]!.note, /hal$/);
  }
});

Deno.test("runAgent() makes room and asks once more when the provider says it was too long", async () => {
  let refused = 0;
  const model = workingModel(8, () => Promise.resolve({ text: note }), ({ messages }) => {
    if (JSON.stringify(messages).length < 18_000) return;
    refused++;
    const said = "400 This model's maximum context length is 4,096 tokens";
    throw new HermesError("unavailable", said, { details: { status: 400 } });
  });
  const heard: number[] = [];
  const result = await runAgent(agentRun({
    client: model,
    tools: [longTool(4000)],
    limits: limits(128_000),
    listener: { onCompaction: (messages) => void heard.push(messages.length) },
  }));
  assert.deepEqual([result.reason, result.turns], ["stopped", 9]);
  assert.equal(refused, 1, "the named limit is believed from then on");
  assert.ok(heard.length >= 1);
});

Deno.test("runAgent() passes on a refusal that no room can mend, and other errors at once", async () => {
  for (
    const [said, most] of [["400 context length exceeded", 2], ["400 bad tool schema", 1]] as const
  ) {
    let asked = 0;
    const model = workingModel(8, () => Promise.resolve({ text: note }), ({ messages }) => {
      if (messages.length < 8) return;
      asked++;
      throw new HermesError("unavailable", said, { details: { status: 400 } });
    });
    // Short turns: the note makes the conversation no shorter than it was, except by its messages.
    const run = agentRun({ client: model, tools: [longTool(10)], limits: limits(128_000) });
    if (most === 1) await assert.rejects(runAgent(run), /bad tool schema/);
    else await runAgent(run).catch((error) => assert.match(String(error), /context length/));
    assert.ok(asked >= 1 && asked <= 8, `${said}: ${asked}`);
    if (most === 1) assert.equal(asked, 1);
  }
});

Deno.test("runAgent() leaves out parts of one answer that alone is too long", async () => {
  const model = workingModel(2, () => Promise.resolve({ text: note }));
  const run = agentRun({ client: model, tools: [longTool(100_000)], limits: limits(8_000) });
  assert.equal((await runAgent(run)).reason, "stopped");
  for (const { messages } of model.seen) {
    assertPaired(messages);
    assert.ok(JSON.stringify(messages).length * 0.28 < 8_000);
  }
});

Deno.test("a conversation with a history keeps its turns apart around the note", async () => {
  const history: ChatMessage[] = Array.from(
    { length: 40 },
    (_, index) =>
      index % 2 === 0
        ? { role: "user", content: `question ${index} ${"y".repeat(1000)}` }
        : { role: "assistant", content: `answer ${index}` },
  );
  const model = workingModel(0, () => Promise.resolve({ text: note }));
  let kept: readonly ChatMessage[] = [];
  await runAgent(agentRun({
    client: model,
    history,
    limits: limits(4_000),
    userPrompt: "the newest question",
    listener: { onCompaction: (messages) => void (kept = messages) },
  }));
  const [sent] = model.seen;
  const roles = sent!.messages.map((message) => message.role);
  assert.ok(roles.length < 20);
  assert.ok(roles.slice(1).every((role, index) => role !== roles[index]), String(roles));
  assert.equal(sent!.messages.at(-1)?.content, "the newest question");
  assert.deepEqual(kept, sent!.messages);
});

Deno.test("a window that prompt and brief nearly fill does not cost a summary at every turn", async () => {
  const model = workingModel(40, () => Promise.resolve({ text: note }));
  const { transcript, compactions } = recorded();
  const run = agentRun({
    client: model,
    tools: [longTool(200)],
    limits: limits(8_000),
    transcript,
    userPrompt: "b".repeat(22_000),
  });
  assert.equal((await runAgent(run)).reason, "stopped");
  for (const { messages } of model.seen) assertPaired(messages);
  assert.ok(compactions().length >= 10, `${compactions().length} times it is brought down`);
  assert.ok(
    compactions().every(({ dropped }) => dropped > 0),
    "nothing is told of that changed nothing",
  );
  assert.ok(model.notes.length <= 4, `${model.notes.length} summaries`);
  assert.ok(JSON.stringify(model.seen.at(-1)!.messages).length < 30_000);
});

Deno.test("Compactor learns from replies how the model counts", () => {
  const compactor = new Compactor({
    client: { chat: () => Promise.reject(new Error("never")) },
    window: { tokens: 1000, compactAt: 0.75 },
    pinned: 1,
    overheadBytes: 0,
    transcript: noTranscript,
    onReply: () => {},
    signal: new AbortController().signal,
    log: silentLog,
  });
  const messages: ChatMessage[] = [{ role: "system", content: "z".repeat(10_000) }];
  assert.ok(Math.abs(compactor.estimate(messages) - 2800) < 30);
  compactor.observe(messages, 5_000);
  assert.ok(Math.abs(compactor.estimate(messages) - 5000) < 30);
  compactor.observe(messages, null);
  assert.ok(Math.abs(compactor.estimate(messages) - 5000) < 30);
});

Deno.test("guessWindow() knows models by name, and the configuration wins", () => {
  const known: Record<string, number> = {
    "gpt-4o-mini": 128_000,
    "openai/gpt-4.1": 200_000,
    "gpt-4": 8_000,
    "anthropic/claude-sonnet-4.5": 200_000,
    "llama3:8b": 8_000,
    "llama3.1:70b": 128_000,
    "qwen2.5:7b": 32_000,
    rehearsal: 128_000,
  };
  for (const [model, tokens] of Object.entries(known)) {
    assert.equal(guessWindow(model), tokens, model);
  }
  const agent = { context_window: 9000, compact_at: 0.5 };
  assert.deepEqual(windowOf(agent, "gpt-4o"), { tokens: 9000, compactAt: 0.5 });
});

Deno.test("readOverflow() tells a conversation that is too long from other failures", () => {
  const failed = (said: string, status: number | null) =>
    readOverflow(new HermesError("unavailable", said, { details: { status } }));
  const long: Array<[string, number, number | null]> = [
    ["This model's maximum context length is 8192 tokens. However, you requested 9000", 400, 8192],
    ["prompt is too long: 201234 tokens > 200000 maximum", 400, null],
    ["the request exceeds the available context size (4096 tokens)", 400, 4096],
    ["Input is too long: exceeds the context window", 413, null],
    ["Please reduce the length of the messages", 400, null],
  ];
  for (const [said, status, limit] of long) assert.deepEqual(failed(said, status), { limit }, said);
  assert.equal(failed("maximum context length", 429), null);
  assert.equal(failed("invalid tool schema", 400), null);
  assert.equal(failed("maximum context length", null), null);
  assert.equal(readOverflow(new Error("maximum context length")), null);
});

Deno.test("readOverflow() understands what the real client makes of a provider's refusal", async () => {
  const message = "This model's maximum context length is 8192 tokens. However, your messages " +
    "resulted in 9120 tokens. Please reduce the length of the messages.";
  const error = { message, type: "invalid_request_error", code: "context_length_exceeded" };
  const client = createModelClient({
    provider: "custom",
    model: "m",
    baseUrl: "http://127.0.0.1:1/v1",
    apiKey: "",
    apiKeyEnv: "",
    timeoutSeconds: 5,
    maxRetries: 3,
    extraBody: {},
  }, { fetch: () => Promise.resolve(Response.json({ error }, { status: 400 })) });
  const messages = [{ role: "user" as const, content: "hi" }];
  for (const stream of [undefined, { onText: () => {}, onRestart: () => {} }]) {
    const failure = await client.chat({ messages, stream }).then(() => null, (thrown) => thrown);
    assert.deepEqual(readOverflow(failure), { limit: 8192 });
  }
});
