// Owns: proof of streamed answers: pieces, calls, usage, broken streams, endpoints that do not stream.

import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { createModelClient } from "../../src/llm/client.ts";
import type { StreamListener } from "../../src/llm/messages.ts";
import { joinChunks } from "../../src/llm/stream.ts";
import { settingsFor } from "./settings.ts";

type Body = Record<string, unknown>;
type Answer = (body: Body, count: number) => Response;

/** Runs `check` against a server that answers request number n (from 0) with `answer`. */
async function withServer(
  answer: Answer,
  check: (
    ask: (over?: { timeoutSeconds?: number; signal?: AbortSignal }) => ReturnType<
      ReturnType<typeof createModelClient>["chat"]
    >,
    heard: string[],
    bodies: Body[],
  ) => Promise<void>,
): Promise<void> {
  const bodies: Body[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    bodies.push(await request.json());
    return answer(bodies.at(-1)!, bodies.length - 1);
  });
  const heard: string[] = [];
  const stream: StreamListener = {
    onText: (piece) => void heard.push(piece),
    onRestart: () => void heard.push("RESTART"),
  };
  const client = createModelClient(settingsFor(`http://127.0.0.1:${server.addr.port}/v1`), {
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  });
  const messages = [{ role: "user" as const, content: "hello" }];
  try {
    await check((over) => client.chat({ messages, stream, ...over }), heard, bodies);
  } finally {
    await server.shutdown();
  }
}

function chunk(delta: Body, more: Body = {}): Body {
  return { model: "streamer", choices: [{ index: 0, delta, finish_reason: null, ...more }] };
}

/** Server-sent events; the stream is cut off in the middle instead of ended when `broken`. */
function events(chunks: Body[], broken = false): Response {
  const lines = chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      for (const line of lines) controller.enqueue(encoder.encode(line));
      if (broken) return;
      controller.enqueue(encoder.encode("data: [DONE]\n\n"));
      controller.close();
    },
    async pull(controller) {
      if (!broken) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.error(new Error("the line is cut"));
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

const done = { finish_reason: "stop" };
const usage = { usage: { prompt_tokens: 12, completion_tokens: 3 }, choices: [] };

Deno.test("chat() streams text piece by piece and reads usage from the last chunk", async () => {
  await withServer(
    () => events([chunk({ content: "Sev" }), chunk({ content: "en." }), chunk({}, done), usage]),
    async (ask, heard, bodies) => {
      assert.deepEqual(await ask(), {
        text: "Seven.",
        toolCalls: [],
        usage: { inputTokens: 12, outputTokens: 3 },
        model: "streamer",
        finishReason: "stop",
      });
      assert.deepEqual(heard, ["Sev", "en."]);
      assert.equal(bodies[0]!.stream, true);
      assert.deepEqual(bodies[0]!.stream_options, { include_usage: true });
    },
  );
});

Deno.test("chat() puts streamed tool calls together whose arguments come in pieces", async () => {
  const piece = (index: number, args: string, more: Body = {}, name?: string) =>
    chunk({ tool_calls: [{ index, ...more, function: { name, arguments: args } }] });
  await withServer(() =>
    events([
      piece(0, "", { id: "a" }, "terminal"),
      piece(0, '{"comm'),
      piece(1, '{"path"', { id: "b" }, "read_file"),
      piece(0, 'and":"ls"}'),
      piece(1, ':"x"}', { id: "b" }, "read_file"),
      chunk({}, { finish_reason: "tool_calls" }),
    ]), async (ask) => {
    const reply = await ask();
    assert.deepEqual(reply.toolCalls, [
      { id: "a", name: "terminal", arguments: '{"command":"ls"}' },
      { id: "b", name: "read_file", arguments: '{"path":"x"}' },
    ]);
    assert.deepEqual([reply.text, reply.finishReason], ["", "tool_calls"]);
    assert.deepEqual(reply.usage, { inputTokens: null, outputTokens: null });
  });
});

async function* oneByOne(chunks: Body[]): AsyncGenerator<Body> {
  yield* chunks;
}

Deno.test("joinChunks() keeps calls apart that a provider gives one index, or none", async () => {
  const call = (id: string, more: Body = {}) => ({
    ...more,
    id,
    function: { name: `tool_${id}`, arguments: { id } },
  });
  for (const more of [{ index: 0 }, {}]) {
    const chunks = [call("a", more), call("b", more)].map((it) => chunk({ tool_calls: [it] }));
    const joined = await joinChunks(oneByOne(chunks), () => {}, () => {});
    assert.deepEqual(
      JSON.parse(JSON.stringify(joined)).choices[0].message.tool_calls.map((it: Body) => it.id),
      ["a", "b"],
    );
  }
});

Deno.test("chat() asks again for a stream that breaks off and says that it starts anew", async () => {
  await withServer(
    (_, count) =>
      count === 0 ? events([chunk({ content: "Sev" })], true) : events([
        chunk({ content: "Eight." }),
        chunk({}, done),
      ]),
    async (ask, heard) => {
      assert.equal((await ask()).text, "Eight.");
      assert.deepEqual(heard, ["Sev", "RESTART", "Eight."]);
    },
  );
});

Deno.test("chat() takes the whole answer from an endpoint that ignores the wish to stream", async () => {
  const whole = () =>
    Response.json({ choices: [{ message: { role: "assistant", content: "All at once." } }] });
  await withServer(whole, async (ask, heard, bodies) => {
    assert.equal((await ask()).text, "All at once.");
    assert.deepEqual(heard, ["All at once."]);
    await ask();
    assert.deepEqual(bodies.map((body) => body.stream), [true, false, false], "it learns");
  });
});

Deno.test("chat() leaves stream_options out for an endpoint that does not know them", async () => {
  await withServer((body) => {
    if (!body.stream_options) return events([chunk({ content: "Hi" }), chunk({}, done)]);
    const message = "Unrecognized request argument supplied: stream_options";
    return Response.json({ error: { message } }, { status: 400 });
  }, async (ask, heard, bodies) => {
    assert.equal((await ask()).text, "Hi");
    assert.deepEqual(heard, ["Hi"]);
    assert.equal(bodies.length, 2);
  });
});

/** A stream that says something every 40 ms, `pieces` times, and then is silent for ever. */
function slowly(pieces: number): Response {
  let timer: ReturnType<typeof setTimeout>;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const say = (left: number) => {
        if (left === 0) return;
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(chunk({ content: "x" }))}\n\n`));
        timer = setTimeout(() => say(left - 1), 40);
      };
      say(pieces);
    },
    cancel: () => clearTimeout(timer),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

Deno.test("P-074 chat() gives a stream time as long as it goes on, and none once it is silent", async () => {
  await withServer(() => slowly(8), async (ask, heard) => {
    const error = await ask({ timeoutSeconds: 0.2 }).then(() => null, (thrown) => thrown);
    assert(error instanceof HermesError);
    assert.match(error.message, /took longer than 0\.2 s/);
    assert.equal(heard.length, 8, "it went on for longer than the limit before it fell silent");
  });
});

Deno.test("chat() ends a stream with the caller's reason and hears nothing afterwards", async () => {
  await withServer(() => slowly(50), async (ask, heard) => {
    const stop = new AbortController();
    const asked = ask({ signal: stop.signal });
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort(new Error("enough"));
    await assert.rejects(asked, /enough/);
    const count = heard.length;
    assert.ok(count < 50);
    assert.ok(!heard.includes("RESTART"));
  });
});
