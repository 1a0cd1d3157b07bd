import assert from "node:assert/strict";
import { parseRetryAfter, retryDelayMs } from "../../src/llm/retry.ts";
import type { TokenUsage } from "../../src/llm/messages.ts";
import { priceBook } from "../../src/llm/price_book.ts";
import { costOf, UsageMeter } from "../../src/llm/usage.ts";

const local = { provider: "ollama", baseUrl: "http://127.0.0.1:11434/v1" };
const prices = priceBook({ big: { input_per_million: 2, output_per_million: 10 } }, local);
const reply = (model: string, inputTokens: number | null, outputTokens: number | null) => ({
  model,
  usage: { inputTokens, outputTokens },
});

Deno.test("UsageMeter adds tokens and cost over calls", () => {
  const meter = new UsageMeter(prices);
  meter.add(reply("big", 1_000_000, 100_000));
  meter.add(reply("big-2026-01", 500_000, 0), "big");
  assert.deepEqual(meter.totals(), {
    model: "big-2026-01",
    inputTokens: 1_500_000,
    outputTokens: 100_000,
    cost: 4,
  });
});

Deno.test("UsageMeter reports the unknown as null, never as zero", () => {
  assert.deepEqual(new UsageMeter(prices).totals(), {
    model: null,
    inputTokens: null,
    outputTokens: null,
    cost: null,
  });
  const unpriced = new UsageMeter(priceBook({}, local));
  unpriced.add(reply("constructor", 5, 5));
  assert.equal(unpriced.totals().cost, null);
  assert.equal(unpriced.totals().inputTokens, 5);
  const silent = new UsageMeter(prices);
  silent.add(reply("big", 5, null));
  silent.add(reply("big", 5, 5));
  assert.deepEqual(silent.totals(), {
    model: "big",
    inputTokens: 10,
    outputTokens: null,
    cost: null,
  });
});

Deno.test("costOf() takes cached input at its own price, and at the full one where there is none", () => {
  const call = (usage: Partial<TokenUsage>) => ({
    model: "big",
    usage: { inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: 600_000, ...usage },
  });
  const cached = { input_per_million: 2, output_per_million: 10, cached_input_per_million: 0.5 };
  const close = (amount: number | null, expected: number) =>
    assert.ok(amount !== null && Math.abs(amount - expected) < 1e-12, `${amount}`);
  close(costOf(call({}), priceBook({ big: cached }, local)), 0.8 + 0.3);
  close(costOf(call({}), prices), 2);
  close(costOf(call({ cachedInputTokens: 9e9 }), priceBook({ big: cached }, local)), 0.5);
  close(costOf(call({ cachedInputTokens: null }), priceBook({ big: cached }, local)), 2);
});

Deno.test("costOf() believes the provider before any price, also when it says nothing was to pay", () => {
  const call = (costUsd: number | null) => ({
    model: "big",
    usage: { inputTokens: 1_000_000, outputTokens: 0, costUsd },
  });
  assert.equal(costOf(call(0.25), prices), 0.25);
  assert.equal(costOf(call(0), prices), 0);
  assert.equal(costOf(call(null), prices), 2);
  assert.equal(costOf({ model: "nobody's", usage: call(0.25).usage }, prices), 0.25);
});

Deno.test("costOf() looks the configured name up when the provider answers with another", () => {
  const usage = { inputTokens: 1_000_000, outputTokens: 0 };
  assert.equal(costOf({ model: "node-7", usage }, prices, "big"), 2);
  assert.equal(costOf({ model: "node-7", usage }, prices), null);
});

Deno.test("parseRetryAfter() reads seconds and dates and ignores the rest", () => {
  const now = Date.parse("Wed, 21 Oct 2026 07:28:00 GMT");
  assert.equal(parseRetryAfter("12", now), 12);
  assert.equal(parseRetryAfter("Wed, 21 Oct 2026 07:28:30 GMT", now), 30);
  assert.equal(parseRetryAfter("Wed, 21 Oct 2026 07:00:00 GMT", now), 0);
  assert.equal(parseRetryAfter("soon", now), null);
  assert.equal(parseRetryAfter(null, now), null);
});

Deno.test("retryDelayMs() grows to a limit and spreads workers over half of it", () => {
  const failure = { status: 500, word: "", retryAfterSeconds: null };
  assert.deepEqual([0, 1, 2, 9].map((retry) => retryDelayMs(retry, failure, 0)), [
    500,
    1000,
    2000,
    15_000,
  ]);
  assert.equal(retryDelayMs(9, failure, 0.999999), 30_000);
});
