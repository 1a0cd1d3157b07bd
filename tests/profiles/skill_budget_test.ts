// Owns: the proof that many skills do not fill a prompt, and that each can still be read.

import assert from "node:assert/strict";
import { buildSystemPrompt } from "../../src/agent/prompt.ts";
import { skillViewTool } from "../../src/agent/tools/skill_view.ts";
import { budgetSkills, skillCharacters } from "../../src/profiles/skill_budget.ts";
import { loadSkills } from "../../src/profiles/skills.ts";
import { put, withRoot } from "./temp_root.ts";

const never = new AbortController().signal;

function skill(name: string, size: number) {
  return { name, description: `What ${name} is for`, body: "x".repeat(size) };
}

function shape(skills: ReturnType<typeof budgetSkills>) {
  return skills.map(({ name, body }) => `${name}:${body === null ? "named" : "full"}`);
}

Deno.test("budgetSkills() quotes the first skill and those that fit, and names the others", () => {
  const asked = [skill("huge", 30_000), skill("a", 10)];
  assert.deepEqual(shape(budgetSkills(asked, [])), ["huge:full", "a:named"]);
  assert.deepEqual(shape(budgetSkills([skill("endless", 40_001)], [])), ["endless:named"]);
  const mixed = [skill("first", 6_000), skill("long", 8_001), skill("small", 500)];
  assert.deepEqual(shape(budgetSkills(mixed, [])), ["first:full", "small:full", "long:named"]);
  const many = Array.from({ length: 12 }, (_, index) => skill(`s${index}`, 4_000));
  const chosen = budgetSkills(many, [skill("installed", 9), skill("s3", 9)]);
  const quoted = chosen.filter(({ body }) => body !== null);
  assert.ok(quoted.reduce((sum, { body }) => sum + body!.length, 0) <= skillCharacters);
  assert.equal(quoted.length, 5);
  assert.deepEqual(shape(chosen).slice(-2), ["s11:named", "installed:named"]);
});

Deno.test("budgetSkills() names forty at most, each with one short line", () => {
  const installed = Array.from({ length: 99 }, (_, index) => ({
    name: `s${index}`,
    description: `two\nlines ${"😀".repeat(200)}`,
  }));
  const named = budgetSkills([], installed);
  assert.equal(named.length, 40);
  for (const { description } of named) {
    assert.match(description!, /^two lines .*…$/);
    assert.ok(description!.length <= 121 && description!.isWellFormed());
  }
});

Deno.test("the prompt tells of named skills how they are read, and nothing when there is none", () => {
  const parts = { profile: "ops", persona: null, toolNames: [] };
  const skills = budgetSkills([skill("first", 10)], [{ name: "tides", description: "Tables" }]);
  const prompt = buildSystemPrompt({ ...parts, skills });
  assert.match(
    prompt,
    /# Skill: first\n\nx+\n\n# More skills\n\n.*skill_view.*\n\n- tides: Tables\n$/,
  );
  assert.doesNotMatch(buildSystemPrompt({ ...parts, skills: skills.slice(0, 1) }), /skill_view/);
});

Deno.test("skill_view reads a skill and its files, and nothing outside of it", () =>
  withRoot(async (paths) => {
    await put(paths.root, "skills/tides/SKILL.md", "---\nname: tides\n---\nRead tables.\n");
    await put(paths.root, "skills/tides/tables/north.md", "6.7 m\n");
    await put(paths.root, "config.yaml", "model: {api_key: secret}\n");
    await Deno.symlink("../../config.yaml", `${paths.root}/skills/tides/link.md`);
    const tool = skillViewTool(async (name) => (await loadSkills(paths, "ops", [name]))[0]!);
    const text = await tool.run({ name: "tides" }, never);
    assert.match(text, /^Read tables\.\n\n\[files of this skill.*: tables\/north\.md\]$/);
    assert.equal(await tool.run({ name: "tides", file: "tables/north.md" }, never), "6.7 m\n");
    for (const file of ["../../config.yaml", "link.md", `${paths.root}/config.yaml`]) {
      await assert.rejects(tool.run({ name: "tides", file }, never), /Cannot/, file);
    }
    await assert.rejects(tool.run({ name: "tidse" }, never), /Cannot load skill "tidse"/);
    await assert.rejects(tool.run({ name: "../x" }, never), /Cannot load skill/);
    assert.match(await tool.run({ name: "kanban-worker" }, never), /^# Working a board task/);
  }));
