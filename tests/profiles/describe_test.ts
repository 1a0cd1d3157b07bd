import assert from "node:assert/strict";
import { defaultConfig } from "../../src/config/defaults.ts";
import type { Paths } from "../../src/config/paths.ts";
import type { ChatRequest } from "../../src/llm/messages.ts";
import type { ModelSettings } from "../../src/llm/model_settings.ts";
import { createProfile } from "../../src/profiles/create.ts";
import {
  describeMissing,
  describeProfile,
  descriptionLine,
  readDescription,
  setDescription,
} from "../../src/profiles/describe.ts";
import { getProfile } from "../../src/profiles/roster.ts";
import { put, withRoot } from "./temp_root.ts";

function describer(paths: Paths, text: string) {
  const config = structuredClone(defaultConfig);
  Object.assign(config.model, { provider: "ollama", default: "m" });
  const requests: ChatRequest[] = [];
  const settings: ModelSettings[] = [];
  const createClient = (given: ModelSettings) => ({
    chat(request: ChatRequest) {
      settings.push(given);
      requests.push(request);
      const usage = { inputTokens: 1, outputTokens: 1 };
      return Promise.resolve({ text, toolCalls: [], usage, model: "m", finishReason: "stop" });
    },
  });
  return { deps: { paths, config, env: {}, createClient }, requests, settings };
}

Deno.test("S-155 descriptionLine() marks auto ones and says when there is none", () => {
  const line = (description: string, descriptionAuto: boolean) =>
    descriptionLine({ name: "ops", description, descriptionAuto });
  assert.equal(line("Runs things", false), "Runs things");
  assert.equal(line("Runs things", true), "[auto] Runs things");
  assert.match(line("", false), /^\(no description .*hermes profile describe ops/);
});

Deno.test("S-156 S-229 setDescription() stores a user-written description and clears with empty", async () => {
  await withRoot(async (paths) => {
    await createProfile(paths, { name: "ops" });
    await put(paths.profilesDir, "ops/profile.yaml", "description: x\ndescription_auto: true\n");
    await setDescription(paths, "ops", "  Runs things ");
    const profile = await getProfile(paths, "ops");
    assert.deepEqual([profile.description, profile.descriptionAuto], ["Runs things", false]);
    await setDescription(paths, "ops", "");
    assert.equal((await getProfile(paths, "ops")).description, "");
    await assert.rejects(setDescription(paths, "nobody", "x"), /profile not found/);
  });
});

Deno.test("S-158 describeProfile() leaves what a person wrote while the model was thinking", async () => {
  await withRoot(async (paths) => {
    await createProfile(paths, { name: "ops" });
    const { deps } = describer(paths, '{"description": "From the model"}');
    const { createClient } = deps;
    deps.createClient = (settings) => ({
      async chat(request: ChatRequest) {
        await setDescription(paths, "ops", "From a person");
        return await createClient(settings).chat(request);
      },
    });
    const outcome = await describeProfile(deps, "ops");
    assert.deepEqual([outcome.ok, outcome.description], [false, "From a person"]);
    assert.match(outcome.reason, /in the meantime/);
    assert.equal((await getProfile(paths, "ops")).description, "From a person");
    assert.ok((await describeProfile(deps, "ops", { overwrite: true })).ok);
    assert.equal((await getProfile(paths, "ops")).description, "From the model");
  });
});

Deno.test("S-157 S-158 describeProfile() asks the describer slot and stores the result as auto", async () => {
  await withRoot(async (paths) => {
    await createProfile(paths, { name: "ops" });
    await put(paths.profilesDir, "ops/skills/deploy/SKILL.md", "");
    const { deps, requests, settings } = describer(
      paths,
      '{"description": "Deploys\\n services."}',
    );
    const outcome = await describeProfile(deps, "ops");
    assert.deepEqual(outcome, {
      ok: true,
      profile: "ops",
      reason: "",
      description: "Deploys services.",
    });
    const profile = await getProfile(paths, "ops");
    assert.deepEqual([profile.description, profile.descriptionAuto], ["Deploys services.", true]);
    assert.equal(requests[0]!.maxTokens, 400);
    assert.equal(settings[0]!.timeoutSeconds, 60);
    const [system, user] = requests[0]!.messages;
    assert.match(String(system!.content), /280 characters/);
    for (const fact of ["name: ops", "model: ", "provider: ", "skill count: 1", "skills: deploy"]) {
      assert(String(user!.content).includes(fact), fact);
    }
  });
});

Deno.test("S-158 describeProfile() replaces auto descriptions but a person's only with overwrite", async () => {
  await withRoot(async (paths) => {
    await createProfile(paths, { name: "ops", description: "mine" });
    const { deps, requests } = describer(paths, '{"description": "new"}');
    const refused = await describeProfile(deps, "ops");
    assert.equal(refused.ok, false);
    assert.equal(refused.description, "mine");
    assert.equal(requests.length, 0);
    assert.equal((await describeProfile(deps, "ops", { overwrite: true })).description, "new");
    assert.equal((await describeProfile(deps, "ops")).ok, true);
  });
});

Deno.test("S-159 describeMissing() describes exactly the profiles without a description", async () => {
  await withRoot(async (paths) => {
    await createProfile(paths, { name: "a", description: "has one" });
    await createProfile(paths, { name: "b" });
    const { deps } = describer(paths, '{"description": "new"}');
    const outcomes = await describeMissing(deps);
    assert.deepEqual(outcomes.map(({ profile, ok }) => [profile, ok]), [["default", true], [
      "b",
      true,
    ]]);
    assert.equal((await getProfile(paths, "a")).description, "has one");
    assert.equal((await getProfile(paths, "default")).description, "new");
  });
});

Deno.test("S-160 readDescription() takes the first paragraph of prose and cuts at 280", () => {
  assert.equal(readDescription("Writes\nprose.\n\nMore."), "Writes prose.");
  assert.equal(readDescription("```\nWrites prose.\n```"), "Writes prose.");
  assert.equal(readDescription("x".repeat(300)).length, 280);
  assert.equal(readDescription(`{"description": "${"y".repeat(300)}"}`).length, 280);
  assert.equal(readDescription('{"description": 3}'), "");
});

Deno.test("S-160 describeProfile() fails on an empty reply, an unknown profile and no client", async () => {
  await withRoot(async (paths) => {
    await createProfile(paths, { name: "ops" });
    for (const text of ["", "  \n ", '{"description": " "}', "{}"]) {
      const outcome = await describeProfile(describer(paths, text).deps, "ops");
      assert.equal(outcome.ok, false);
      assert.match(outcome.reason, /empty/);
    }
    const { deps } = describer(paths, "x");
    assert.equal((await describeProfile(deps, "nobody")).reason, "profile not found");
    const unconfigured = await describeProfile({ paths, config: defaultConfig, env: {} }, "ops");
    assert.match(unconfigured.reason, /no auxiliary client configured/);
    assert.equal((await getProfile(paths, "ops")).description, "");
  });
});
