import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { createLog } from "../../src/base/log.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { askAuxiliary } from "../../src/llm/auxiliary.ts";
import type { ChatRequest, ModelReply } from "../../src/llm/messages.ts";

const config = structuredClone(defaultConfig);
Object.assign(config.model, { provider: "ollama", default: "m" });

async function ask(chat: (request: ChatRequest) => Promise<ModelReply>, signal?: AbortSignal) {
  return await askAuxiliary(
    { config, env: {}, createClient: () => ({ chat }) },
    "kanban_decomposer",
    { system: "s", user: "u", temperature: 0.3, maxTokens: 4000, signal },
  );
}

function failing(code: "rate_limited" | "unavailable", status: number | null) {
  return () =>
    Promise.reject(
      new HermesError(code, "Cannot call model", { remedy: "Wait", details: { status } }),
    );
}

Deno.test("S-133 askAuxiliary() says no auxiliary client configured when nothing is", async () => {
  const answer = await askAuxiliary({ config: defaultConfig, env: {} }, "kanban_decomposer", {
    system: "s",
    user: "u",
  });
  assert(!answer.ok);
  assert.match(answer.reason, /no auxiliary client configured.*config\.yaml/);
});

Deno.test("S-133 askAuxiliary() tells an unreachable client from an LLM error", async () => {
  const down = await ask(failing("unavailable", null));
  assert(!down.ok);
  assert.equal(down.reason, "client unavailable: Cannot call model. Wait");
  const limited = await ask(failing("rate_limited", 429));
  assert(!limited.ok);
  assert.match(limited.reason, /^LLM error: rate_limited: /);
  const refused = await ask(failing("unavailable", 400));
  assert(!refused.ok);
  assert.match(refused.reason, /^LLM error: unavailable: /);
});

Deno.test("S-122 askAuxiliary() passes temperature and token limit and both messages", async () => {
  const requests: ChatRequest[] = [];
  const answer = await ask((request) => {
    requests.push(request);
    const usage = { inputTokens: null, outputTokens: null };
    return Promise.resolve({ text: "t", toolCalls: [], usage, model: "m", finishReason: "stop" });
  });
  assert(answer.ok);
  assert.equal(requests[0]!.temperature, 0.3);
  assert.equal(requests[0]!.maxTokens, 4000);
  assert.deepEqual(requests[0]!.messages, [
    { role: "system", content: "s" },
    { role: "user", content: "u" },
  ]);
});

Deno.test("askAuxiliary() passes on the caller's abort and does not hide bugs", async () => {
  const controller = new AbortController();
  const reason = new Error("stop");
  const aborted = ask(() => {
    controller.abort(reason);
    return Promise.reject(reason);
  }, controller.signal);
  await assert.rejects(aborted, (error) => error === reason);
  await assert.rejects(ask(() => Promise.reject(new TypeError("bug"))), TypeError);
});

Deno.test("askAuxiliary() tells what the call used; an answer is not lost when that cannot be recorded", async () => {
  const usage = { inputTokens: 2_000_000, outputTokens: 0 };
  const told: unknown[] = [];
  const logged: string[] = [];
  const askWith = (onUsage: (used: unknown) => void) =>
    askAuxiliary(
      {
        config: {
          ...defaultConfig,
          model: { ...defaultConfig.model, provider: "ollama", default: "m" },
          prices: { m: { input_per_million: 1.5, output_per_million: 0 } },
        },
        env: {},
        log: createLog((level, message) => logged.push(`${level} ${message}`)),
        createClient: () => ({
          chat: () =>
            Promise.resolve({ text: "t", toolCalls: [], usage, model: "node", finishReason: "" }),
        }),
        onUsage,
      },
      "kanban_decomposer",
      { system: "s", user: "u" },
    );
  assert((await askWith((used) => told.push(used))).ok);
  assert.deepEqual(told, [{ model: "node", ...usage, cost: 3 }]);
  const failing = await askWith(() => {
    throw new Error("disk full");
  });
  assert(failing.ok);
  assert.deepEqual(logged, ["warn what a model call used could not be recorded"]);
});
