import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { createLog } from "../../src/base/log.ts";
import { createModelClient } from "../../src/llm/client.ts";
import type { ClientDeps } from "../../src/llm/client.ts";
import type { ModelSettings } from "../../src/llm/model_settings.ts";
import { settingsFor } from "./settings.ts";

interface Seen {
  path: string;
  headers: Headers;
  body: Record<string, unknown>;
}

type Answer = (seen: Seen, count: number) => Response | Promise<Response>;

/** Runs `body` against a real server that answers request number n (from 0) with `answer`. */
async function withServer(
  answer: Answer,
  body: (world: {
    seen: Seen[];
    waits: number[];
    client(over?: Partial<ModelSettings>, deps?: ClientDeps): ReturnType<typeof createModelClient>;
  }) => Promise<void>,
): Promise<void> {
  const seen: Seen[] = [];
  const waits: number[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const entry = {
      path: new URL(request.url).pathname,
      headers: request.headers,
      body: await request.json(),
    };
    seen.push(entry);
    return answer(entry, seen.length - 1);
  });
  const baseUrl = `http://127.0.0.1:${server.addr.port}/v1`;
  const sleep = (ms: number) => Promise.resolve(void waits.push(ms));
  try {
    await body({
      seen,
      waits,
      client: (over, deps) =>
        createModelClient(settingsFor(baseUrl, over), { sleep, random: () => 0.5, ...deps }),
    });
  } finally {
    await server.shutdown();
  }
}

function completion(message: Record<string, unknown>, extra: Record<string, unknown> = {}) {
  return Response.json({
    model: "test-model-2026",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", ...message } }],
    usage: { prompt_tokens: 12, completion_tokens: 3 },
    ...extra,
  });
}

function refusal(status: number, message: string, headers: Record<string, string> = {}, more = {}) {
  return Response.json({ error: { message, ...more } }, { status, headers });
}

const messages = [{ role: "user" as const, content: "hello" }];

async function caught(work: Promise<unknown>): Promise<HermesError> {
  const error = await work.then(() => null, (thrown) => thrown);
  assert(error instanceof HermesError, `expected a HermesError, got ${error}`);
  return error;
}

Deno.test("chat() sends the conversation and reads text, usage, model and finish reason", async () => {
  await withServer(() => completion({ content: "hi" }), async ({ client, seen }) => {
    const reply = await client().chat({ messages, temperature: 0.3, maxTokens: 4000 });
    assert.deepEqual(reply, {
      text: "hi",
      toolCalls: [],
      usage: { inputTokens: 12, outputTokens: 3 },
      model: "test-model-2026",
      finishReason: "stop",
    });
    assert.equal(seen[0]!.path, "/v1/chat/completions");
    assert.equal(seen[0]!.headers.get("authorization"), "Bearer sk-test-secret-0123456789");
    assert.deepEqual(seen[0]!.body, {
      model: "test-model",
      messages,
      temperature: 0.3,
      max_tokens: 4000,
      stream: false,
    });
  });
});

Deno.test("chat() offers tools and reads tool calls, also sloppy ones of local servers", async () => {
  const tool_calls = [
    { id: "a", type: "function", function: { name: "x", arguments: '{"n":1}' } },
    { function: { name: "y", arguments: { n: 2 } } },
    { function: { name: "z" } },
  ];
  await withServer(
    () => completion({ content: null, tool_calls }, { usage: undefined }),
    async ({ client, seen }) => {
      const tools = [{
        type: "function" as const,
        function: { name: "x", description: "d", parameters: { type: "object" } },
      }];
      const reply = await client().chat({ messages, tools });
      assert.deepEqual(seen[0]!.body["tools"], tools);
      assert.equal(reply.text, "");
      assert.deepEqual(reply.toolCalls, [
        { id: "a", name: "x", arguments: '{"n":1}' },
        { id: "call_1", name: "y", arguments: '{"n":2}' },
        { id: "call_2", name: "z", arguments: "{}" },
      ]);
      assert.deepEqual(reply.usage, { inputTokens: null, outputTokens: null });
    },
  );
});

Deno.test("chat() sends no Authorization header when there is no key", async () => {
  await withServer(() => completion({ content: "hi" }), async ({ client, seen }) => {
    await client({ apiKey: "" }).chat({ messages });
    assert.equal(seen[0]!.headers.get("authorization"), null);
  });
});

Deno.test("P-071 chat() merges extra_body into every request", async () => {
  await withServer(() => completion({ content: "hi" }), async ({ client, seen }) => {
    const extraBody = { provider: { order: ["a"] }, temperature: 1 };
    await client({ extraBody }).chat({ messages, temperature: 0.3 });
    assert.deepEqual(seen[0]!.body["provider"], { order: ["a"] });
    assert.equal(seen[0]!.body["temperature"], 1);
  });
});

Deno.test("U-031 chat() retries 429 and waits as long as the provider asks", async () => {
  const answer: Answer = (_, count) =>
    count === 0 ? refusal(429, "slow down", { "retry-after": "7" }) : completion({ content: "hi" });
  await withServer(answer, async ({ client, waits }) => {
    assert.equal((await client().chat({ messages })).text, "hi");
    assert.deepEqual(waits, [7000]);
  });
});

Deno.test("chat() retries 500 with growing, jittered pauses", async () => {
  const answer: Answer = (_, count) =>
    count < 3 ? refusal(500, "oops") : completion({ content: "hi" });
  await withServer(answer, async ({ client, waits }) => {
    assert.equal((await client().chat({ messages })).text, "hi");
    assert.deepEqual(waits, [750, 1500, 3000]);
  });
});

Deno.test("U-031 P-010 chat() reports overload that stays as rate_limited", async () => {
  for (const status of [429, 503, 529]) {
    await withServer(() => refusal(status, "busy"), async ({ client, seen }) => {
      const error = await caught(client().chat({ messages }));
      assert.equal(error.code, "rate_limited");
      assert.equal(seen.length, 4);
      assert.match(error.message, /after 4 attempts: .*busy/);
    });
  }
});

Deno.test("chat() reports other failures that stay as unavailable", async () => {
  await withServer(() => refusal(500, "oops"), async ({ client, seen }) => {
    assert.equal((await caught(client({ maxRetries: 1 }).chat({ messages }))).code, "unavailable");
    assert.equal(seen.length, 2);
  });
});

Deno.test("chat() does not retry what cannot pass: used-up quota and a pause of an hour", async () => {
  const quota = refusal(429, "no credit", {}, { code: "insufficient_quota" });
  const hour = refusal(429, "later", { "retry-after": "3600" });
  for (const answer of [quota, hour]) {
    await withServer(() => answer, async ({ client, seen }) => {
      assert.equal((await caught(client().chat({ messages }))).code, "rate_limited");
      assert.equal(seen.length, 1);
    });
  }
});

Deno.test("chat() fails at once on 401 and 403 and names the variable, never the key", async () => {
  for (const status of [401, 403]) {
    await withServer(
      () => refusal(status, "Incorrect API key provided: sk-test-secret-0123456789"),
      async ({ client, seen }) => {
        const error = await caught(client().chat({ messages }));
        assert.equal(error.code, "unavailable");
        assert.equal(seen.length, 1);
        assert.match(error.remedy ?? "", /TEST_KEY/);
        assert(!JSON.stringify([error.message, error.remedy, error.details]).includes("sk-test"));
      },
    );
  }
});

Deno.test("P-060 chat() never logs the key", async () => {
  const lines: string[] = [];
  const log = createLog((...line) => lines.push(JSON.stringify(line)), "debug");
  await withServer(
    (_, count) =>
      count === 0 ? refusal(500, "sk-test-secret-0123456789") : completion({ content: "hi" }),
    async ({ client }) => {
      await client({}, { log }).chat({ messages });
    },
  );
  assert.equal(lines.length, 1);
  assert(!lines.join().includes("sk-test"));
});

Deno.test("chat() retries an unreachable server and then says where it looked", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const waits: number[] = [];
  const client = createModelClient(settingsFor(`http://127.0.0.1:${port}/v1`, { maxRetries: 2 }), {
    sleep: (ms) => Promise.resolve(void waits.push(ms)),
  });
  const error = await caught(client.chat({ messages }));
  assert.equal(error.code, "unavailable");
  assert.equal(waits.length, 2);
  assert.match(error.remedy ?? "", new RegExp(`127\\.0\\.0\\.1:${port}`));
});

Deno.test("P-074 chat() gives up on a server that never answers, without a retry", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const answer: Answer = async () => {
    await released;
    return completion({ content: "late" });
  };
  await withServer(answer, async ({ client, seen }) => {
    const error = await caught(client().chat({ messages, timeoutSeconds: 0.2 }));
    release();
    assert.equal(error.code, "unavailable");
    assert.match(error.message, /test-model.*0\.2 s/);
    assert.equal(seen.length, 1);
  });
});

Deno.test("P-074 chat() gives up on an answer that stalls in the middle of its body", async () => {
  let stop: () => void = () => {};
  const answer: Answer = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"choices": ['));
          stop = () => controller.close();
        },
        cancel() {
          stop = () => {};
        },
      }),
      { headers: { "content-type": "application/json" } },
    );
  await withServer(answer, async ({ client }) => {
    const error = await caught(client().chat({ messages, timeoutSeconds: 0.2 }));
    stop();
    assert.match(error.message, /0\.2 s/);
  });
});

Deno.test("chat() ends with the caller's reason when aborted, also while waiting to retry", async () => {
  await withServer(() => refusal(500, "oops"), async ({ client, seen }) => {
    const controller = new AbortController();
    const reason = new Error("stopped by the caller");
    const sleep = (_: number, signal?: AbortSignal) => {
      controller.abort(reason);
      return signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve();
    };
    const work = client({}, { sleep }).chat({ messages, signal: controller.signal });
    await assert.rejects(work, (error) => error === reason);
    assert.equal(seen.length, 1);
  });
});

Deno.test("chat() says so when the answer is no chat completion", async () => {
  const pages = [
    () => new Response("<html>hello</html>", { headers: { "content-type": "text/html" } }),
    () => Response.json({ choices: [] }),
    () => Response.json([]),
  ];
  for (const page of pages) {
    await withServer(page, async ({ client }) => {
      const error = await caught(client({ maxRetries: 0 }).chat({ messages }));
      assert.equal(error.code, "unavailable");
      assert.match(error.message, /no chat completion/);
    });
  }
});

Deno.test("chat() reports a broken JSON body as unavailable", async () => {
  const broken = () => new Response("{oops", { headers: { "content-type": "application/json" } });
  await withServer(broken, async ({ client }) => {
    assert.equal((await caught(client({ maxRetries: 0 }).chat({ messages }))).code, "unavailable");
  });
});

Deno.test("S-122 chat() adapts to models that refuse temperature or max_tokens, once", async () => {
  const answer: Answer = ({ body }) => {
    if ("max_tokens" in body) {
      return refusal(
        400,
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      );
    }
    if ("temperature" in body) {
      return refusal(400, "Unsupported value: 'temperature' does not support 0.3 with this model.");
    }
    return completion({ content: "hi" });
  };
  await withServer(answer, async ({ client, seen, waits }) => {
    const one = client();
    await one.chat({ messages, temperature: 0.3, maxTokens: 4000 });
    assert.equal(seen.length, 3);
    await one.chat({ messages, temperature: 0.3, maxTokens: 4000 });
    assert.equal(seen.length, 4);
    assert.equal(seen[3]!.body["max_completion_tokens"], 4000);
    assert.deepEqual(waits, []);
  });
});

Deno.test("chat() does not retry a request the provider calls wrong", async () => {
  await withServer(() => refusal(400, "context too long"), async ({ client, seen }) => {
    const error = await caught(client().chat({ messages }));
    assert.equal(error.code, "unavailable");
    assert.match(error.message, /context too long/);
    assert.equal(seen.length, 1);
  });
});
