// Owns: proof that a model's price is found by all the names providers give it, and never by a wrong one.

import assert from "node:assert/strict";
import { priceBook } from "../../src/llm/price_book.ts";
import { listedOn, listPrices } from "../../src/llm/prices.ts";
import { readReply } from "../../src/llm/reply.ts";

const openai = { provider: "openai", baseUrl: "https://api.openai.com/v1" };
const at = (input: number) => ({ input_per_million: input, output_per_million: input });

/** Model name as a provider gives it → the listed model it is, or null. */
const spellings: readonly [given: string, listed: string | null][] = [
  ["gpt-5", "gpt-5"],
  ["GPT-5", "gpt-5"],
  ["gpt-5-2025-08-07", "gpt-5"],
  ["openai/gpt-5-mini", "gpt-5-mini"],
  ["openrouter/openai/gpt-5-mini", "gpt-5-mini"],
  ["gpt-5.4-mini-2026-03-17", "gpt-5.4-mini"],
  ["anthropic/claude-opus-4.5", "claude-opus-4.5"],
  ["claude-opus-4-5-20251101", "claude-opus-4.5"],
  ["claude-opus-4-20250514", "claude-opus-4"],
  ["claude-sonnet-4@20250514", "claude-sonnet-4"],
  ["claude-3-5-haiku-latest", "claude-3.5-haiku"],
  ["models/gemini-2.5-flash-preview-09-2025", "gemini-2.5-flash"],
  ["gemini-3.1-pro-preview", "gemini-3.1-pro"],
  ["gpt-5-turbo", null],
  ["gpt-5.99", null],
  ["gpt-50", null],
  ["claude-opus-4-9", null],
  ["my-gpt-5", null],
  ["gpt-5-mini-finetuned", null],
  ["constructor", null],
  ["", null],
];

for (const [given, listed] of spellings) {
  Deno.test(`priceBook() takes "${given}" for ${listed ?? "no model it knows"}`, () => {
    const price = priceBook({}, openai)(given);
    assert.deepEqual(price, listed === null ? null : listPrices[listed]);
  });
}

Deno.test("priceBook() prefers what the user wrote: the whole name, a version of it, the longest beginning", () => {
  const book = priceBook({
    "gpt-5": at(1),
    "gpt-*": at(2),
    "gpt-5*": at(3),
    "mine/gpt-4o": at(4),
    "qwen3:*": at(0),
  }, openai);
  const inputs = ["gpt-5", "gpt-5-2025-08-07", "gpt-5-turbo", "gpt-4o", "mine/gpt-4o", "qwen3:30b"]
    .map((model) => book(model)?.input_per_million);
  assert.deepEqual(inputs, [1, 1, 3, 2, 4, 0]);
  assert.deepEqual(book("claude-opus-5"), listPrices["claude-opus-5"]);
});

for (
  const [provider, baseUrl] of [
    ["ollama", "http://127.0.0.1:11434/v1"],
    ["lmstudio", "http://desk.lan:1234/v1"],
    ["vllm", "http://127.0.0.1:8000/v1"],
    ["custom", "http://localhost:4000/v1"],
    ["custom", "http://[::1]:4000/v1"],
    ["custom", "http://192.168.1.20:8000/v1"],
    ["custom", "http://172.20.0.3:8000/v1"],
  ] as const
) {
  Deno.test(`priceBook() knows no price at ${provider} ${baseUrl} unless the user says one`, () => {
    assert.equal(priceBook({}, { provider, baseUrl })("kimi-k3"), null);
    const said = priceBook({ "kimi-k3": at(0) }, { provider, baseUrl });
    assert.deepEqual(said("kimi-k3"), at(0));
  });
}

Deno.test("priceBook() knows the lists of the makers at an endpoint of theirs", () => {
  const anthropic = { provider: "custom", baseUrl: "https://api.anthropic.com/v1" };
  assert.ok(priceBook({}, anthropic)("claude-opus-5"));
});

Deno.test("listPrices are sane: positive, cached input never dearer, output never cheaper than input", () => {
  assert.match(listedOn, /^\d{4}-\d{2}-\d{2}$/);
  for (const [model, price] of Object.entries(listPrices)) {
    assert.ok(price.input_per_million > 0, model);
    assert.ok(price.output_per_million >= price.input_per_million, model);
    assert.ok((price.cached_input_per_million ?? 0) < price.input_per_million, model);
  }
});

/** The usage of a completion whose `usage` is given. */
function usageOf(usage: unknown) {
  const completion = { choices: [{ message: { content: "hi" } }], usage };
  return readReply(completion, { model: "m", baseUrl: "http://x/v1" }).usage;
}

Deno.test("readReply() reads cached tokens and the cost a provider reports", () => {
  const tokens = { prompt_tokens: 10, completion_tokens: 2 };
  const known = { inputTokens: 10, outputTokens: 2 };
  assert.deepEqual(usageOf(tokens), known);
  assert.deepEqual(
    usageOf({ ...tokens, prompt_tokens_details: { cached_tokens: 7 }, cost: 0.0125 }),
    { ...known, cachedInputTokens: 7, costUsd: 0.0125 },
  );
  assert.deepEqual(usageOf({ ...tokens, prompt_cache_hit_tokens: 4 }), {
    ...known,
    cachedInputTokens: 4,
  });
  assert.deepEqual(usageOf({ ...tokens, cost: { total_cost: 1 } }), known);
  assert.deepEqual(usageOf({ ...tokens, cost: -1 }), known);
});

Deno.test("readReply() adds what the maker of the model is paid by a key of the user's own", () => {
  const byok = { cost: 0.25, is_byok: true, prompt_tokens: 1, completion_tokens: 1 };
  assert.equal(usageOf({ ...byok, cost_details: { upstream_inference_cost: 0.5 } }).costUsd, 0.75);
  assert.equal(usageOf(byok).costUsd, undefined);
});
