// Owns: the proof of what an agent is equipped with: environment, secrets, toolsets and skills of its profile.

import assert from "node:assert/strict";
import { equip } from "../../src/agent/equipment.ts";
import { createLog } from "../../src/base/log.ts";
import { resolvePaths } from "../../src/config/paths.ts";
import { put, withRoot } from "./temp_root.ts";

const model = "model: {provider: custom, default: m, base_url: 'http://127.0.0.1:1/v1', " +
  "api_key_env: MY_KEY}\n";

/** Equips profile `ops` of a home with these files. */
async function equipped(
  files: Record<string, string>,
  env: Record<string, string> = {},
  skills: string[] = [],
) {
  let equipment!: Awaited<ReturnType<typeof equip>>;
  const lines: string[] = [];
  await withRoot(async ({ root }) => {
    await put(root, "config.yaml", model);
    await put(root, "profiles/ops/config.yaml", "");
    for (const [path, text] of Object.entries(files)) await put(root, path, text);
    equipment = await equip({
      paths: resolvePaths({ HERMES_HOME: root }, { profile: "ops" }),
      env: { PATH: "/bin", ...env },
      skills,
      log: createLog((level, message) => lines.push(`${level} ${message}`)),
    });
  });
  return { ...equipment, lines };
}

Deno.test("equip() takes the provider's key from the profile's .env, which goes before what is inherited", async () => {
  const files = {
    "profiles/ops/.env": "MY_KEY=key-of-ops-123\nMAIL_TOKEN=token-of-ops\nSHORT_KEY=ab\n",
  };
  const { settings, commandEnv, secrets } = await equipped(files, { MY_KEY: "inherited" });
  assert.equal(settings.apiKey, "key-of-ops-123");
  assert.deepEqual(commandEnv, { PATH: "/bin", MAIL_TOKEN: "token-of-ops", SHORT_KEY: "ab" });
  assert.deepEqual(secrets, ["key-of-ops-123", "token-of-ops"]);
});

Deno.test("equip() shows commands the key of no provider, also of those it does not use", async () => {
  const keys = { OPENAI_API_KEY: "o", OPENROUTER_API_KEY: "r", AUX: "a", MY_KEY: "k", MINE: "m" };
  const config = {
    "profiles/ops/config.yaml": "auxiliary: {triage_specifier: {api_key_env: AUX}}\n",
  };
  assert.deepEqual((await equipped(config, keys)).commandEnv, { PATH: "/bin", MINE: "m" });
});

Deno.test("equip() warns of unknown toolsets and of what .env may not set", async () => {
  const { toolsets, lines } = await equipped({
    "profiles/ops/config.yaml": "toolsets: [kanbn]\n",
    "profiles/ops/.env": "MY_KEY=k\nHERMES_KANBAN_TASK=t_1\n",
  });
  assert.deepEqual(toolsets, ["kanbn"]);
  assert.match(lines.join("\n"), /Variable HERMES_KANBAN_TASK in \.env is ignored/);
  assert.match(lines.join("\n"), /Unknown toolset "kanbn".*did you mean "kanban"/);
});

Deno.test("equip() quotes the skills asked for, names the installed ones, and brings skill_view only then", async () => {
  const env = { MY_KEY: "k" };
  const plain = await equipped({}, env, ["kanban-worker"]);
  assert.deepEqual([plain.skills.length, plain.skillTool], [1, null]);
  const text = "---\nname: tides\ndescription: Tide tables\n---\nRead.\n";
  const rich = await equipped({ "profiles/ops/skills/tides/SKILL.md": text }, env, [
    "kanban-worker",
  ]);
  assert.equal(rich.skillTool?.name, "skill_view");
  assert.deepEqual(rich.skills[1], { name: "tides", description: "Tide tables", body: null });
  const chat = await equipped({}, env);
  assert.deepEqual(chat.skills, [], "S-209 a normal prompt tells nothing of the board");
});
