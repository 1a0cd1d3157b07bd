// Owns: proof of `hermes lanes`: the program as a process.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld, type World } from "../harness/program.ts";

async function addProfile(world: World, name: string, card: string): Promise<void> {
  const folder = join(world.home, "profiles", name);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "config.yaml"), "");
  await Deno.writeTextFile(join(folder, "profile.yaml"), card);
}

Deno.test("lanes list: every lane, what is installed in which version, who works with it, and what is broken", () =>
  inWorld(async (world) => {
    const bin = join(world.home, "bin");
    await Deno.mkdir(bin, { recursive: true });
    const claude = "#!/bin/sh\n[ \"$1\" = --version ] && echo '2.1.172 (Claude Code)'\n";
    await Deno.writeTextFile(join(bin, "claude"), claude, { mode: 0o755 });
    const env = { PATH: `${bin}:${Deno.env.get("PATH")}` };
    await addProfile(world, "ada", "worker: claude\n");
    await addProfile(world, "bob", "worker: {name: mytool, command: /no/such/tool}\n");
    await addProfile(world, "eve", "worker: cluade\n");
    const ran = await world.run(["lanes", "list", "--json"], { env });
    assert.equal(ran.code, 1, "a profile is broken");
    const { lanes, problems } = JSON.parse(ran.stdout);
    const named = (name: string) => lanes.find((lane: { name: string }) => lane.name === name);
    assert.deepEqual(named("claude"), {
      name: "claude",
      program: "claude",
      installed: true,
      path: join(bin, "claude"),
      version: "2.1.172 (Claude Code)",
      tools: true,
      install: "npm install -g @anthropic-ai/claude-code",
      profiles: ["ada"],
    });
    assert.deepEqual([named("mytool").installed, named("mytool").profiles], [false, ["bob"]]);
    assert.deepEqual(named("builtin").profiles, ["default"]);
    assert.deepEqual(problems.map(({ profile }: { profile: string }) => profile), ["eve"]);
    assert.match(problems[0].problem, /did you mean "claude"\?/);
    const { stdout } = await world.run(["lanes", "list"], { env });
    assert.match(stdout, /claude +claude +2\.1\.172 \(Claude Code\) +ada/);
    assert.match(stdout, /eve: Cannot use worker/);
  }));

Deno.test("lanes show: of a profile, of a lane, and of nothing", () =>
  inWorld(async (world) => {
    await addProfile(world, "ada", "worker: {lane: shell, script: 'make'}\n");
    const shown = await world.json(["lanes", "show", "ada"]);
    assert.equal(shown.lane.name, "shell");
    assert.equal(shown.lane.on_success, "complete");
    assert.match(shown.path, /\/sh$/);
    const { stdout } = await world.ok(["lanes", "show", "codex"]);
    assert.match(stdout, /exec --json .*\[resume \{session\}\] -/);
    const refused = await world.run(["lanes", "show", "cluade"]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /Did you mean "claude"\?/);
    assert.match((await world.ok(["lanes", "show", "default"])).stdout, /agent inside hermes/);
  }));

Deno.test("lanes test: seven scenarios, a table, nothing left; the built-in agent is refused", () =>
  inWorld(async (world) => {
    await addProfile(world, "ada", "worker: {lane: shell, script: 'make'}\n");
    const result = await world.json(["lanes", "test", "ada"]);
    assert.deepEqual(
      result.scenarios.map(({ scenario, got }: Record<string, string>) => [scenario, got]),
      [
        ["success", "completed, task done"],
        ["crash", "crashed, task ready"],
        ["hang", "timed_out, task ready"],
        ["rate limit", "rate_limited, task ready"],
        ["no report", "completed, task done"],
        ["garbage", "completed, task done"],
        ["huge output", "completed, task done"],
      ],
    );
    assert.equal(result.passed, true);
    assert.ok(result.scenarios.every(({ ran }: { ran: string }) => ran === "stand-in"));
    const refused = await world.run(["lanes", "test", "default"]);
    assert.equal(refused.code, 1);
  }));

Deno.test("lanes test: a lane that reads wrongly fails, with what is wrong", () =>
  inWorld(async (world) => {
    // The rule for failure fires on success too.
    await addProfile(
      world,
      "ada",
      "worker: {lane: claude, output: {failed: {when: {type: result}}}, mcp: null, on_success: complete}\n",
    );
    const broken = await world.run(["lanes", "test", "ada", "--json"]);
    assert.equal(broken.code, 1);
    const { scenarios, passed } = JSON.parse(broken.stdout);
    assert.equal(passed, false);
    const [success] = scenarios;
    assert.deepEqual([success.scenario, success.got], ["success", "crashed, task ready"]);
    assert.match(success.problems.join(), /says that it failed/);
  }));

Deno.test("lane-run: without a task it says who starts workers", () =>
  inWorld(async (world) => {
    const ran = await world.run(["lane-run"]);
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /no task and run were given[\s\S]*hermes lanes test/);
    assert.doesNotMatch((await world.ok(["--help"])).stdout, /lane-run|lane-fake/);
  }));

Deno.test("why: a broken manifest and a missing program are gates of the profile", () =>
  inWorld(async (world) => {
    await addProfile(world, "ada", "worker: cluade\n");
    await addProfile(world, "bob", "worker: {lane: codex, command: no-such-codex}\n");
    const gate = async (assignee: string) => {
      const { id } = await world.json(["kanban", "create", "x", "--assignee", assignee]);
      const { gates } = await world.json(["kanban", "why", id]);
      return gates.find(({ owner }: { owner: string }) => owner === "profile");
    };
    assert.deepEqual([(await gate("ada")).gate, (await gate("ada")).owner_name], [
      "bad_lane",
      "ada",
    ]);
    const missing = await gate("bob");
    assert.equal(missing.gate, "no_program");
    assert.equal(missing.remedy, "npm install -g @openai/codex");
  }));
