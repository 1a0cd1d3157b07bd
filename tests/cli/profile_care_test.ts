// Owns: the proof of the verbs that look after profiles: install, use, rename, delete; and of who plans.

import assert from "node:assert/strict";
import { join } from "node:path";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { inWorld, type World } from "../harness/program.ts";

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

async function refusals(world: World, cases: [string[], number, RegExp][]): Promise<void> {
  for (const [words, code, message] of cases) {
    const refused = await world.run(words);
    assert.equal(refused.code, code, `${words.join(" ")}: ${refused.stdout}${refused.stderr}`);
    assert.match(refused.stderr, message);
  }
}

Deno.test("S-192 profile install puts templates in, one by one, under another name, or all that are missing", () =>
  inWorld(async (world) => {
    const { ok, json, home } = world;
    const listed = (await json(["profile", "install", "--list"])).templates;
    assert.equal(listed.length, 9);
    assert.deepEqual(listed[0].toolsets, ["kanban"]);
    const made = (await ok(["profile", "install", "writer", "orchestrator"])).stdout;
    assert.match(made, /^Installed profile writer {2}\(.*\)\nInstalled profile orchestrator/);
    assert.match(made, /set-orchestration --orchestrator orchestrator/);
    await ok(["profile", "install", "writer", "--as", "Editor"]);
    assert.match(await Deno.readTextFile(join(home, "profiles/editor/SOUL.md")), /^# Writer/);
    await Deno.writeTextFile(join(home, "profiles/writer/SOUL.md"), "mine\n");
    const all = await json(["profile", "install", "--all"]);
    assert.deepEqual(all.skipped, ["orchestrator", "writer"]);
    assert.equal(all.installed.length, 7);
    assert.equal(await Deno.readTextFile(join(home, "profiles/writer/SOUL.md")), "mine\n");
    assert.equal((await json(["profile", "list"])).length, 11);
    await refusals(world, [
      [["profile", "install"], 2, /no template was named/],
      [["profile", "install", "writer", "--all"], 2, /not both/],
      [["profile", "install", "writer", "pm", "--as", "x"], 2, /exactly one/],
      [["profile", "install", "writr"], 1, /there is none\nDid you mean "writer"/],
      [["profile", "install", "pm"], 1, /exists already/],
      [["profile", "install", "pm", "--as", "chat"], 1, /reserved/],
    ]);
    await Deno.writeTextFile(join(home, "profiles/pm/config.yaml"), "toolsets: [filse]\n");
    assert.match((await ok(["profile", "show", "pm"])).stderr, /did you mean "files"/);
  }));

Deno.test("profile use chooses whom commands act as; -p and HERMES_PROFILE go before it", () =>
  inWorld(async (world) => {
    const { ok, json, home } = world;
    await ok(["profile", "create", "ada"]);
    await ok(["profile", "create", "bob"]);
    const who = async (words: string[] = [], env: Record<string, string> = {}) =>
      (await json([...words, "kanban", "orchestration"], { env })).resolved_default_assignee;
    assert.equal(await who(), "default");
    assert.equal(
      (await ok(["profile", "use", "ADA"])).stdout,
      "Profile ada is active now (it was default)\n",
    );
    assert.equal(await who(), "ada");
    assert.equal(await who(["-p", "bob"]), "bob");
    assert.equal(await who(["-p", "default"]), "default");
    assert.equal(await who([], { HERMES_PROFILE: "bob" }), "bob");
    assert.equal(await who([], { HERMES_HOME: join(home, "profiles", "bob") }), "bob");
    const active = (await json(["profile", "list"])).find((it: { is_active: boolean }) =>
      it.is_active
    );
    assert.equal(active.name, "ada");
    assert.match((await ok(["profile", "list"])).stdout, /^ada \* /m);
    const pinned = await ok(["profile", "use", "bob"], { env: { HERMES_PROFILE: "ada" } });
    assert.match(pinned.stderr, /HERMES_PROFILE is set to "ada"/);
    await refusals(world, [[["profile", "use", "bib"], 1, /Did you mean "bob"/]]);
    await Deno.writeTextFile(join(home, "active_profile"), "../../etc\n");
    assert.equal(await who(), "default", "what is no profile is passed over");
    await Deno.writeTextFile(join(home, "active_profile"), "gone\n");
    assert.equal(await who(), "default");
  }));

Deno.test("profile delete refuses while tasks need it, moves it to the trash, and gc empties that", () =>
  inWorld(async (world) => {
    const { ok, json, home } = world;
    await ok(["profile", "create", "ada"]);
    await ok(["kanban", "init"]);
    const { id } = await json(["kanban", "create", "Write it", "--assignee", "ada"]);
    await ok(["kanban", "boards", "create", "second"]);
    const other = await json([
      "kanban",
      "--board",
      "second",
      "create",
      "Else",
      "--assignee",
      "ada",
    ]);
    await refusals(world, [
      [["profile", "delete", "default"], 1, /Cannot delete profile "default"/],
      [["profile", "delete", "nobody"], 1, /profile not found/],
      [
        ["profile", "delete", "ada"],
        1,
        new RegExp(`has ${id} "Write it" \\(ready on default\\), ${other.id} "Else" .*\\n.*--yes`),
      ],
    ]);
    assert.ok(await isThere(join(home, "profiles/ada/config.yaml")));
    await ok(["profile", "use", "ada"]);
    await ok(["kanban", "set-orchestration", "--default-assignee", "ada"]);
    const gone = await ok(["profile", "delete", "ada", "--yes", "--json"]);
    const { trash, warning } = JSON.parse(gone.stdout);
    assert.match(warning, /2 open tasks still assigned to ada: .*\n.*kanban\.default_assignee/);
    assert.ok(trash.startsWith(join(home, "profiles", ".trash")));
    assert.ok(await isThere(join(trash, "SOUL.md")));
    assert.deepEqual((await json(["profile", "list"])).map((it: { name: string }) => it.name), [
      "default",
    ]);
    assert.equal((await json(["kanban", "orchestration"])).active_profile, "default");
    await ok(["profile", "create", "ada"]);
    assert.equal((await json(["kanban", "orchestration"])).active_profile, "default");
    await ok(["profile", "delete", "ada", "--yes"]);
    await Deno.writeTextFile(join(home, "config.yaml"), "kanban: {trash_keep_days: 0}\n");
    assert.equal((await json(["kanban", "gc"])).trash_emptied, 2);
    assert.ok(!await isThere(trash));
    const foreign = join(home, "..", "elsewhere");
    await Deno.mkdir(foreign);
    await Deno.writeTextFile(join(foreign, "config.yaml"), "");
    await Deno.symlink(foreign, join(home, "profiles", "linked"));
    await refusals(world, [[["profile", "delete", "linked"], 1, /a link to a place/]]);
    assert.ok(await isThere(join(foreign, "config.yaml")));
  }));

Deno.test("profile rename takes folder, roles and active profile along, and tasks when asked", () =>
  inWorld(async (world) => {
    const { ok, json, home } = world;
    await ok(["profile", "create", "ada", "--description", "Adds"]);
    await ok(["profile", "create", "bob"]);
    await ok(["kanban", "init"]);
    await ok(["profile", "use", "ada"]);
    await ok(["kanban", "set-orchestration", "--orchestrator", "ada"]);
    const { id } = await json(["kanban", "create", "Sum", "--assignee", "ada"]);
    const left = await ok(["profile", "rename", "ada", "Eve"]);
    assert.match(
      left.stdout,
      /^Renamed profile ada to eve .*\nChanged kanban\.orchestrator_profile/,
    );
    assert.match(
      left.stderr,
      new RegExp(`1 open task still assigned to ada: ${id} "Sum" \\(ready\\)`),
    );
    const { active_profile, orchestrator_profile } = await json(["kanban", "orchestration"]);
    assert.deepEqual([active_profile, orchestrator_profile], ["eve", "eve"]);
    assert.equal((await json(["profile", "show", "eve"])).description, "Adds");
    await ok(["profile", "rename", "eve", "ada"]);
    const moved = await json(["profile", "rename", "ada", "zoe", "--reassign"]);
    assert.deepEqual([moved.reassigned, moved.warning], [[id], undefined]);
    assert.equal((await json(["kanban", "show", id])).task.assignee, "zoe");
    await refusals(world, [
      [["profile", "rename", "zoe", "bob"], 1, /exists already/],
      [["profile", "rename", "default", "x"], 1, /Cannot rename profile "default"/],
      [["profile", "rename", "zoe", "a b"], 1, /Cannot rename to profile "a b"/],
      [["profile", "rename", "bob", "all"], 1, /reserved/],
    ]);
    await ok(["kanban", "claim", id]);
    await refusals(world, [[["profile", "rename", "zoe", "eve"], 1, /busy with .*"Sum"/]]);
    assert.ok(await isThere(join(home, "profiles/zoe/SOUL.md")));
  }));

Deno.test("S-231 S-232 U-043 set-orchestration writes config.yaml, knows its profiles, and clears", () =>
  inWorld(async (world) => {
    const { ok, json, home } = world;
    await ok(["profile", "create", "ada"]);
    const config = join(home, "config.yaml");
    await Deno.writeTextFile(config, "# mine\nkanban:\n  failure_limit: 5 # five\n");
    const set = ["kanban", "set-orchestration"];
    const chosen = await json([...set, "--orchestrator", "Ada", "--default-assignee", "ada"]);
    assert.deepEqual(
      [chosen.orchestrator_profile, chosen.resolved_default_assignee, chosen.auto_decompose],
      ["ada", "ada", true],
    );
    const text = await Deno.readTextFile(config);
    assert.match(text, /^# mine\nkanban:\n {2}failure_limit: 5 # five\n/);
    assert.match(text, /orchestrator_profile: ada/);
    await refusals(world, [[[...set, "--orchestrator", "adda"], 1, /profile not found\nDid you/]]);
    assert.equal(await Deno.readTextFile(config), text, "nothing was written");
    const cleared = await json([...set, "--orchestrator", ""]);
    assert.deepEqual([cleared.orchestrator_profile, cleared.resolved_orchestrator_profile], [
      "",
      "default",
    ]);
    assert.match((await ok(["kanban", "orchestration"])).stdout, /default \(nobody was chosen\)/);
    await Deno.writeTextFile(
      join(home, "profiles/ada/config.yaml"),
      "kanban: {default_assignee: default}\n",
    );
    const over = await ok(["-p", "ada", ...set, "--default-assignee", "ada"]);
    assert.match(over.stderr, /default_assignee in .*ada.*goes before it/);
  }));

Deno.test("commands know the variables of .env: the profile's own over those of all", () =>
  inWorld(async ({ ok, run, home }) => {
    const model = await startRehearsal();
    try {
      await ok(["profile", "create", "ada"]);
      await Deno.writeTextFile(
        join(home, "config.yaml"),
        `model: {provider: custom, default: rehearsal, base_url: "${model.url}", api_key_env: MY_KEY}\n`,
      );
      const describe = ["profile", "describe", "ada", "--auto"];
      assert.match((await run(describe)).stderr, /MY_KEY is not set/);
      await Deno.writeTextFile(join(home, "profiles/ada/.env"), 'MY_KEY="of ada" # hers\n');
      assert.match((await run(describe)).stderr, /MY_KEY is not set/, "not another profile's");
      await ok(["-p", "ada", ...describe]);
      await Deno.writeTextFile(join(home, ".env"), "MY_KEY=of-all\n");
      await ok(describe);
    } finally {
      await model.stop();
    }
  }));
