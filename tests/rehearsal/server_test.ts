// Owns: proof that the rehearsal server speaks the OpenAI protocol over real HTTP.

import assert from "node:assert/strict";
import { type RehearsalServer, startRehearsal } from "../../src/rehearsal/server.ts";

async function withServer(
  run: (server: RehearsalServer) => Promise<void>,
  options: { delayMs?: number } = {},
) {
  const server = await startRehearsal(options);
  try {
    await run(server);
  } finally {
    await server.stop();
  }
}

function chat(server: RehearsalServer, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(`${server.url}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal,
  });
}

const hello = { model: "rehearsal", messages: [{ role: "user", content: "hello there" }] };
const workTask = {
  model: "rehearsal",
  messages: [{ role: "user", content: "work kanban task t_1" }],
  tools: [{ type: "function", function: { name: "kanban_complete" } }],
};

Deno.test("rehearsal server lists its one model", async () => {
  await withServer(async (server) => {
    const { data } = await (await fetch(`${server.url}/models`)).json();
    assert.deepEqual(data.map((model: { id: string }) => model.id), ["rehearsal"]);
    assert.equal(server.requests(), 0);
  });
});

Deno.test("rehearsal server answers plain chat, says it is scripted and counts tokens", async () => {
  await withServer(async (server) => {
    const [first, second] = [await chat(server, hello), await chat(server, hello)];
    const reply = await first.json();
    assert.match(reply.choices[0].message.content, /^Scripted answer.*hello there$/);
    assert.equal(reply.choices[0].finish_reason, "stop");
    assert.ok(reply.usage.prompt_tokens > 0);
    assert.equal(
      reply.usage.total_tokens,
      reply.usage.prompt_tokens + reply.usage.completion_tokens,
    );
    const { created: _1, ...before } = reply;
    const { created: _2, ...after } = await second.json();
    assert.deepEqual(after, before);
    assert.equal(server.requests(), 2);
  });
});

Deno.test("rehearsal server answers a worker with a tool call", async () => {
  await withServer(async (server) => {
    const { choices: [choice] } = await (await chat(server, workTask)).json();
    assert.equal(choice.finish_reason, "tool_calls");
    assert.equal(choice.message.tool_calls[0].function.name, "kanban_show");
    assert.deepEqual(JSON.parse(choice.message.tool_calls[0].function.arguments), {});
  });
});

Deno.test("rehearsal server streams the same answer as events", async () => {
  await withServer(async (server) => {
    const text = await (await chat(server, { ...workTask, stream: true })).text();
    const events = text.trim().split("\n\n").map((line) => line.replace(/^data: /, ""));
    assert.equal(events.pop(), "[DONE]");
    const [first, last] = events.map((event) => JSON.parse(event));
    assert.equal(first.choices[0].delta.tool_calls[0].function.name, "kanban_show");
    assert.equal(last.choices[0].finish_reason, "tool_calls");
    assert.ok(last.usage.total_tokens > 0);
  });
});

Deno.test("rehearsal server refuses what it does not understand", async () => {
  await withServer(async (server) => {
    for (const body of ["{", {}, { messages: [] }, { messages: ["hi"] }]) {
      const reply = await chat(server, body);
      assert.equal(reply.status, 400);
      assert.match((await reply.json()).error.message, /no chat request/);
    }
    const unknown = await fetch(`${server.url}/embeddings`);
    assert.equal(unknown.status, 404);
    await unknown.body?.cancel();
  });
});

Deno.test("rehearsal server passes scripted failures on as HTTP status", async () => {
  await withServer(async (server) => {
    for (const status of [429, 500]) {
      const content = `"fanout"\nTitle: error-${status}`;
      const reply = await chat(server, { messages: [{ role: "user", content }] });
      assert.equal(reply.status, status);
      assert.match((await reply.json()).error.message, /^scripted/);
    }
  });
});

Deno.test("rehearsal server stops while a request hangs, and a caller may leave", async () => {
  const server = await startRehearsal();
  const hang = { messages: [{ role: "user", content: '"fanout"\nTitle: hang-planner' }] };
  const leaving = new AbortController();
  const left = chat(server, hang, leaving.signal).then(() => "answered", () => "left");
  const stuck = chat(server, hang).then((reply) => reply.text(), () => "ended");
  for (let round = 0; server.requests() < 2 && round < 500; round++) {
    await fetch(`${server.url}/models`).then((reply) => reply.body?.cancel());
  }
  assert.equal(server.requests(), 2);
  leaving.abort();
  assert.equal(await left, "left");
  await server.stop();
  assert.doesNotMatch(await stuck, /choices/);
});

Deno.test("rehearsal server takes the asked-for time", async () => {
  await withServer(async (server) => {
    const start = performance.now();
    await (await chat(server, hello)).body?.cancel();
    assert.ok(performance.now() - start >= 49);
  }, { delayMs: 50 });
});
