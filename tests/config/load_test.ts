import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { loadConfig } from "../../src/config/load.ts";
import { configJsonSchema, configSchema } from "../../src/config/schema.ts";

async function withHome(body: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  try {
    await body(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

async function load(text: string, env: Record<string, string> = {}, profileText?: string) {
  const home = await Deno.makeTempDir();
  try {
    const file = join(home, "config.yaml");
    const profileFile = join(home, "profile_config.yaml");
    await Deno.writeTextFile(file, text);
    if (profileText !== undefined) await Deno.writeTextFile(profileFile, profileText);
    return await loadConfig({ file, profileFile, env });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

async function failure(text: string, env: Record<string, string> = {}): Promise<HermesError> {
  const error = await load(text, env).then(() => null, (thrown) => thrown);
  assert(error instanceof HermesError, `expected a HermesError for ${JSON.stringify(text)}`);
  assert.equal(error.code, "config");
  return error;
}

Deno.test("S-161 S-162 S-163 S-164 S-165 the defaults are the documented ones", () => {
  const { kanban, auxiliary, dashboard } = defaultConfig;
  assert.equal(kanban.dispatch_in_gateway, true);
  assert.equal(kanban.dispatch_interval_seconds, 60);
  assert.equal(kanban.orchestrator_profile, "");
  assert.equal(kanban.default_assignee, "");
  assert.equal(kanban.auto_decompose, true);
  assert.equal(kanban.auto_decompose_per_tick, 3);
  assert.deepEqual(auxiliary.kanban_decomposer, {
    provider: "auto",
    model: "",
    base_url: "",
    api_key: "",
    api_key_env: "",
    timeout: 180,
    extra_body: {},
  });
  assert.equal(auxiliary.profile_describer.timeout, 60);
  assert.equal(auxiliary.triage_specifier.timeout, 120);
  assert.deepEqual(dashboard.kanban, {
    default_tenant: "",
    lane_by_profile: true,
    include_archived_by_default: false,
    render_markdown: true,
  });
  assert.equal(dashboard.plugins.kanban.enabled, true);
});

Deno.test("R-01 the default failure limit is 3", () => {
  assert.equal(defaultConfig.kanban.failure_limit, 3);
});

Deno.test("configSchema fills an empty tree with exactly the plain defaults", () => {
  assert.deepEqual(configSchema.parse({}), defaultConfig);
});

Deno.test("configJsonSchema() describes every section", () => {
  const schema = configJsonSchema() as { properties: Record<string, unknown> };
  assert.deepEqual(Object.keys(schema.properties), Object.keys(defaultConfig));
});

Deno.test("loadConfig() serves the defaults when no file exists", async () => {
  await withHome(async (home) => {
    const loaded = await loadConfig({ file: join(home, "config.yaml"), env: {} });
    assert.deepEqual(loaded, { config: defaultConfig, warnings: [] });
    loaded.config.toolsets.push("kanban");
    assert.deepEqual(defaultConfig.toolsets, []);
  });
});

Deno.test("loadConfig() takes an empty or commented-out file and keys without values as absent", async () => {
  for (const text of ["", "\n", "# nothing\n", "kanban:\n  # auto_decompose: false\n"]) {
    assert.deepEqual((await load(text)).config, defaultConfig);
  }
});

Deno.test("loadConfig() lets the profile's file win key by key and replace lists whole", async () => {
  const { config } = await load(
    "model: {provider: openai, default: big}\ntoolsets: [a, b]\nkanban: {failure_limit: 5}\n",
    {},
    "model: {default: small}\ntoolsets: [kanban]\n",
  );
  assert.equal(config.model.provider, "openai");
  assert.equal(config.model.default, "small");
  assert.deepEqual(config.toolsets, ["kanban"]);
  assert.equal(config.kanban.failure_limit, 5);
});

Deno.test("S-088 HERMES_KANBAN_DISPATCH_IN_GATEWAY=0 wins over the file", async () => {
  const text = "kanban: {dispatch_in_gateway: true}\n";
  const env = { HERMES_KANBAN_DISPATCH_IN_GATEWAY: "0" };
  assert.equal((await load(text, env)).config.kanban.dispatch_in_gateway, false);
  assert.equal((await load(text)).config.kanban.dispatch_in_gateway, true);
  assert.equal((await load("", env)).config.kanban.dispatch_in_gateway, false);
});

Deno.test("U-009 loadConfig() reads the other overrides from the environment", async () => {
  const { config } = await load("model: {default: file}\n", {
    HERMES_MODEL: "env",
    HERMES_MODEL_BASE_URL: "http://127.0.0.1:1/v1",
    HERMES_MODEL_API_KEY_ENV: "MY_KEY",
    HERMES_KANBAN_CLAIM_TTL_SECONDS: "30",
    HERMES_KANBAN_RATE_LIMIT_COOLDOWN_SECONDS: "0",
  });
  assert.equal(config.model.default, "env");
  assert.equal(config.model.base_url, "http://127.0.0.1:1/v1");
  assert.equal(config.model.api_key_env, "MY_KEY");
  assert.equal(config.kanban.claim_ttl_seconds, 30);
  assert.equal(config.kanban.rate_limit_cooldown_seconds, 0);
});

Deno.test("loadConfig() names the variable when its value is unusable", async () => {
  const flag = await failure("", { HERMES_KANBAN_DISPATCH_IN_GATEWAY: "maybe" });
  assert.match(flag.message, /environment variable HERMES_KANBAN_DISPATCH_IN_GATEWAY/);
  const ttl = await failure("", { HERMES_KANBAN_CLAIM_TTL_SECONDS: "soon" });
  assert.match(ttl.message, /HERMES_KANBAN_CLAIM_TTL_SECONDS.*whole number|a number/);
});

Deno.test("loadConfig() names file, line, key, what was found and what is expected", async () => {
  const error = await failure("model: {}\nkanban:\n  failure_limit: three\n");
  assert.match(
    error.message,
    /^Cannot use config key "kanban\.failure_limit": found the text "three" in .*config\.yaml line 3, expected a number$/,
  );
  assert.match(error.remedy ?? "", /kanban\.failure_limit/);
});

Deno.test("loadConfig() blames the source whose value is in force", async () => {
  const wrong = load("toolsets: [a]\n", {}, "# mine\ntoolsets: kanban\n");
  await assert.rejects(wrong, /found the text "kanban" in .*profile_config\.yaml line 2/);
});

Deno.test("loadConfig() words every kind of wrong value", async () => {
  const table: [string, RegExp][] = [
    ["kanban: 3\n", /"kanban": found 3 .*expected a mapping/],
    ["kanban: [1]\n", /found a list .*expected a mapping/],
    ["kanban: {failure_limit: 0}\n", /found 0 .*expected a number of at least 1/],
    ["kanban: {failure_limit: 1.5}\n", /found 1\.5 .*expected a whole number/],
    ["kanban: {auto_decompose: 1}\n", /expected true or false/],
    ["model: {default: {a: 1}}\n", /found a mapping .*expected a text/],
    ["auxiliary: {kanban_decomposer: {timeout: 0}}\n", /expected a number above 0/],
    ["prices: {m: {input_per_million: 1}}\n", /"prices\.m\.output_per_million": found nothing/],
    ["model: {api_key: 12345}\n", /found an unusable value .*expected a text/],
    ["toolsets: kanban\n", /found the text "kanban" .*expected a list/],
  ];
  for (const [text, message] of table) assert.match((await failure(text)).message, message);
});

Deno.test("loadConfig() reports corrupt YAML with line, column and remedy", async () => {
  const error = await failure("kanban:\n  a: [1\nmodel: x\n");
  assert.match(error.message, /^Cannot read config ".*config\.yaml": line 3, column 1: /);
  assert.equal(error.details?.["line"], 3);
  assert.match(error.remedy ?? "", /line 3/);
});

Deno.test("P-075 loadConfig() refuses a section that appears twice", async () => {
  const error = await failure(
    "kanban:\n  failure_limit: 2\nmodel: {}\nkanban:\n  max_in_progress: 1\n",
  );
  assert.match(error.message, /line 4.*unique/);
});

Deno.test("loadConfig() refuses a file that holds no keys, and aliases that expand without end", async () => {
  assert.match((await failure("just a sentence\n")).message, /expected keys with values/);
  assert.match((await failure("- a\n- b\n")).message, /expected keys with values/);
  const levels = Array.from(
    { length: 8 },
    (_, level) => `k${level + 1}: &k${level + 1} [${Array(9).fill(`*k${level}`).join(", ")}]`,
  );
  assert.match((await failure(`k0: &k0 [1]\n${levels.join("\n")}\n`)).message, /alias/i);
});

Deno.test("loadConfig() warns about unknown keys with a suggestion and goes on", async () => {
  const { config, warnings } = await load(
    "kanban:\n  failur_limit: 9\nfailure_limit: 2\nqwertyuiop: 1\nprices: {anything: {input_per_million: 1, output_per_million: 2}}\nauxiliary: {kanban_decomposer: {extra_body: {free: {form: 1}}}}\n",
  );
  assert.equal(config.kanban.failure_limit, 3);
  assert.equal(warnings.length, 3, warnings.join("\n"));
  assert.match(
    warnings[0]!,
    /"kanban\.failur_limit" in .*line 2: did you mean kanban\.failure_limit\?/,
  );
  assert.match(warnings[1]!, /did you mean kanban\.failure_limit\?/);
  assert.match(warnings[2]!, /it is ignored/);
});

Deno.test("loadConfig() is not confused by keys named like object internals", async () => {
  const { config } = await load("__proto__: {kanban: {failure_limit: 9}}\nconstructor: {a: 1}\n");
  assert.equal(config.kanban.failure_limit, 3);
  assert.equal(({} as Record<string, unknown>)["kanban"], undefined);
});
