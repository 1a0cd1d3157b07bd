// Owns: the proof of what a profile's worker inherits, and of what `.env` files may say.

import assert from "node:assert/strict";
import { keyVariables } from "../../src/config/key_variables.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { profileEnvFiles, readEnvFile } from "../../src/profiles/env_file.ts";
import { profileEnvironment } from "../../src/profiles/environment.ts";
import { inheritable, looksLikeSecret } from "../../src/profiles/inherited.ts";
import { put, withRoot } from "./temp_root.ts";

Deno.test("inheritable() lets through what the machine needs and nothing that is named like a secret", () => {
  const harmless = ["PATH", "HOME", "LANG", "LC_ALL", "TERM", "TZ", "XDG_CACHE_HOME", "GOPATH"];
  const tools = ["JAVA_HOME", "NVM_DIR", "DENO_DIR", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"];
  const proxies = ["https_proxy", "NO_PROXY", "HERMES_HOME", "HERMES_MODEL_API_KEY_ENV"];
  const secrets = ["OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "NPM_TOKEN"];
  const hidden = ["HERMES_DASHBOARD_TOKEN", "DENO_AUTH_TOKENS", "PGPASSWORD", "SENTRY_DSN"];
  const unknown = ["DATABASE_URL", "SSH_AUTH_SOCK", "KUBECONFIG", "MY_SETTING"];
  const all = [...harmless, ...tools, ...proxies, ...secrets, ...hidden, ...unknown];
  const env = Object.fromEntries(all.map((name) => [name, "x"]));
  assert.deepEqual(Object.keys(inheritable(env)), [...harmless, ...tools, ...proxies]);
  assert.deepEqual(Object.keys(inheritable({ A: "1", DATABASE_URL: "2" }, ["DATABASE_URL"])), [
    "DATABASE_URL",
  ]);
  for (const name of [...secrets, ...hidden]) assert.ok(looksLikeSecret(name), name);
  for (const name of [...harmless, ...tools]) assert.ok(!looksLikeSecret(name), name);
});

Deno.test("keyVariables() names a provider's customary key only for that provider's own endpoint", () => {
  const of = (model: Partial<typeof defaultConfig.model>, further?: string[]) =>
    keyVariables({ ...defaultConfig, model: { ...defaultConfig.model, ...model } }, further);
  assert.deepEqual(of({ provider: "openai" }), ["OPENAI_API_KEY"]);
  assert.deepEqual(of({ provider: "openai", base_url: "https://api.openai.com/v1/" }), [
    "OPENAI_API_KEY",
  ]);
  assert.deepEqual(of({ provider: "openai", base_url: "http://else.where/v1" }), []);
  assert.deepEqual(of({ provider: "openai", api_key_env: "MINE" }), ["MINE"]);
  assert.deepEqual(of({ provider: "ollama" }, ["openrouter"]), ["OPENROUTER_API_KEY"]);
  assert.deepEqual(of({ provider: "constructor" }), []);
});

Deno.test("readEnvFile() reads quotes, comments and export, and leaves out what hermes sets itself", () =>
  withRoot(async ({ root }) => {
    assert.deepEqual(await readEnvFile(`${root}/.env`), { values: {}, ignored: [] });
    const text = [
      "# secrets",
      "PLAIN=a b",
      'export QUOTED="two\\nlines" # note',
      "HASH='x # y'",
      "EMPTY=",
      "HERMES_KANBAN_DB=/elsewhere.db",
      "HERMES_HOME=/elsewhere",
      "HERMES_MODEL=big",
      "this is no assignment",
    ];
    await put(root, ".env", text.join("\n"));
    const { values, ignored } = await readEnvFile(`${root}/.env`);
    assert.deepEqual({ ...values }, {
      PLAIN: "a b",
      QUOTED: "two\nlines",
      HASH: "x # y",
      EMPTY: "",
      HERMES_MODEL: "big",
    });
    assert.deepEqual(ignored, ["HERMES_KANBAN_DB", "HERMES_HOME"]);
  }));

Deno.test("profileEnvironment() gives each profile its own secrets over the shared ones", () =>
  withRoot(async ({ root }) => {
    await put(root, "config.yaml", "model: {provider: openai, default: m}\n");
    await put(root, ".env", "SHARED=all\nMAIL_PASSWORD=shared\n");
    await put(root, "profiles/ada/.env", "MAIL_PASSWORD=of-ada\nPATH=/ada/bin\n");
    await put(root, "profiles/bob/config.yaml", "model: {api_key_env: BOBS_KEY}\n");
    const inherited = { PATH: "/bin", OPENAI_API_KEY: "sk", BOBS_KEY: "bk", OTHER_KEY: "o" };
    const of = (profile: string) => profileEnvironment({ root, profile, inherited });
    assert.deepEqual(await of("ada"), {
      PATH: "/ada/bin",
      OPENAI_API_KEY: "sk",
      SHARED: "all",
      MAIL_PASSWORD: "of-ada",
    });
    assert.deepEqual(await of("bob"), {
      PATH: "/bin",
      BOBS_KEY: "bk",
      SHARED: "all",
      MAIL_PASSWORD: "shared",
    });
    assert.deepEqual((await profileEnvFiles(root, "default")).values, {
      SHARED: "all",
      MAIL_PASSWORD: "shared",
    });
    await put(root, "profiles/bob/config.yaml", "model: [\n");
    await assert.rejects(of("bob"), /bob.*config\.yaml/s);
  }));
