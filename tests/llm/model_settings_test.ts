import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import type { AuxiliarySlot, Config } from "../../src/config/schema.ts";
import { resolveModel } from "../../src/llm/model_settings.ts";

function config(model: Partial<Config["model"]>, decomposer: Record<string, unknown> = {}): Config {
  const tree: Config = structuredClone(defaultConfig);
  Object.assign(tree.model, model);
  Object.assign(tree.auxiliary.kanban_decomposer, decomposer);
  return tree;
}

function failure(tree: Config, env = {}, slot?: AuxiliarySlot): HermesError {
  try {
    resolveModel(tree, env, slot);
  } catch (error) {
    assert(error instanceof HermesError);
    assert.equal(error.code, "unavailable");
    return error;
  }
  throw new Error("expected resolveModel to fail");
}

const slot = "kanban_decomposer" as const;
const openai = { provider: "openai", default: "big" };
const env = { OPENAI_API_KEY: "key-1", OTHER_KEY: "key-2" };

Deno.test("resolveModel() knows every provider's endpoint and customary key", () => {
  const keys = { OPENAI_API_KEY: "a", OPENROUTER_API_KEY: "b" };
  const table: [string, string, string][] = [
    ["openai", "https://api.openai.com/v1", "a"],
    ["openrouter", "https://openrouter.ai/api/v1", "b"],
    ["ollama", "http://127.0.0.1:11434/v1", ""],
    ["lmstudio", "http://127.0.0.1:1234/v1", ""],
    ["vllm", "http://127.0.0.1:8000/v1", ""],
  ];
  for (const [provider, baseUrl, apiKey] of table) {
    const settings = resolveModel(config({ provider, default: "m" }), keys);
    assert.equal(settings.baseUrl, baseUrl);
    assert.equal(settings.apiKey, apiKey);
    assert.equal(settings.timeoutSeconds, 120);
  }
});

Deno.test("resolveModel() takes a bare base_url as a custom provider", () => {
  const settings = resolveModel(config({ default: "m", base_url: "http://127.0.0.1:9/v1/" }), env);
  assert.equal(settings.provider, "custom");
  assert.equal(settings.baseUrl, "http://127.0.0.1:9/v1");
  assert.equal(settings.apiKey, "");
});

Deno.test("S-122 S-163 resolveModel() lets an auto slot fall back to the main model", () => {
  const settings = resolveModel(config(openai, { extra_body: { a: 1 } }), env, slot);
  assert.equal(settings.model, "big");
  assert.equal(settings.provider, "openai");
  assert.equal(settings.apiKey, "key-1");
  assert.equal(settings.timeoutSeconds, 180);
  assert.deepEqual(settings.extraBody, { a: 1 });
});

Deno.test("S-122 S-163 resolveModel() lets a slot override single fields", () => {
  const settings = resolveModel(
    config(openai, { model: "small", api_key_env: "OTHER_KEY", timeout: 5 }),
    env,
    slot,
  );
  assert.deepEqual(
    [settings.provider, settings.model, settings.apiKey, settings.timeoutSeconds],
    ["openai", "small", "key-2", 5],
  );
});

Deno.test("resolveModel() never sends the main key to a slot's own endpoint", () => {
  const main = { ...openai, api_key: "main-secret" };
  const elsewhere = resolveModel(config(main, { base_url: "http://10.0.0.9/v1" }), env, slot);
  assert.deepEqual([elsewhere.provider, elsewhere.apiKey], ["custom", ""]);
  const local = resolveModel(config(main, { provider: "ollama", model: "m" }), env, slot);
  assert.deepEqual([local.baseUrl, local.apiKey], ["http://127.0.0.1:11434/v1", ""]);
  const named = resolveModel(config({ ...openai, base_url: "http://10.0.0.9/v1" }), env);
  assert.equal(named.apiKey, "");
});

Deno.test("S-133 resolveModel() says no auxiliary client configured and which lines to add", () => {
  const error = failure(config({}), {}, slot);
  assert.match(error.message, /no auxiliary client configured/);
  assert.match(error.remedy ?? "", /"provider: .+" and "default: .+"/);
  assert.match(failure(config({ provider: "openai" }), env).message, /no model is set/);
});

Deno.test("resolveModel() names the missing key's variable", () => {
  assert.match(failure(config(openai), {}).message, /OPENAI_API_KEY is not set/);
  const named = failure(config({ provider: "ollama", default: "m", api_key_env: "MY_KEY" }), {});
  assert.match(named.message, /MY_KEY is not set/);
});

Deno.test("resolveModel() suggests the provider that was meant and wants an endpoint for custom", () => {
  const typo = failure(config({ provider: "openrouterr", default: "m" }), env);
  assert.match(typo.remedy ?? "", /openrouter"/);
  assert.match(failure(config({ provider: "constructor", default: "m" })).message, /unknown/);
  assert.match(failure(config({ provider: "custom", default: "m" })).remedy ?? "", /base_url/);
  const odd = failure(config({ default: "m", base_url: "localhost:80" }));
  assert.match(odd.message, /no http address/);
});
