// Owns: the proof of the skills verbs, and of the skills of tasks at the moment they are created.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld } from "../harness/program.ts";

function skillText(name: string, body = "Do it."): string {
  return `---\nname: ${name}\ndescription: What ${name} is for\n---\n${body}\n`;
}

async function addSkill(folder: string, name: string, body?: string): Promise<string> {
  const path = join(folder, name);
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(path, "SKILL.md"), skillText(name, body));
  return path;
}

async function git(cwd: string, ...args: string[]): Promise<void> {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
  const { success, stderr } = await new Deno.Command("git", {
    args: [...identity, ...args],
    cwd,
    env: { GIT_CONFIG_GLOBAL: "/dev/null" },
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

Deno.test("S-213 skills install, list, show and remove: into a profile or for all", () =>
  inWorld(async ({ ok, run, json, home }) => {
    await ok(["profile", "create", "writer"]);
    await ok(["profile", "create", "ops"]);
    const source = join(home, "..", "src");
    const tides = await addSkill(source, "tides");
    await addSkill(source, "moon");
    const own = await ok(["-p", "writer", "skills", "install", tides]);
    assert.match(own.stdout, /^Installed skill tides for profile writer, 1 file {2}\(.*writer/);
    const names = async (profile: string) =>
      (await json(["-p", profile, "skills", "list"]))
        .map((it: { name: string; source: string }) => `${it.name} ${it.source}`);
    const builtIn = ["kanban-orchestrator built-in", "kanban-worker built-in"];
    assert.deepEqual(await names("writer"), ["tides profile", ...builtIn]);
    assert.deepEqual(await names("ops"), builtIn, "not another profile's");
    const several = await run(["skills", "install", source]);
    assert.equal(several.code, 2);
    assert.match(several.stderr, /holds 2 skills\nChoose with --skill <name>.*moon, tides/);
    await ok(["-p", "ops", "skills", "install", source, "--skill", "moon", "--shared"]);
    assert.deepEqual(await names("ops"), ["moon shared", ...builtIn]);
    const twice = await run(["-p", "writer", "skills", "install", tides]);
    assert.equal(twice.code, 1);
    assert.match(twice.stderr, /installed already\nReplace it with --force/);
    await addSkill(source, "tides", "Do it better.");
    const again = await json(["-p", "writer", "skills", "install", tides, "--force"]);
    assert.match(await Deno.readTextFile(join(again.installed[0].replaced, "SKILL.md")), /Do it\./);
    assert.match(
      (await ok(["-p", "writer", "skills", "show", "tides"])).stdout,
      /Do it better\.\n$/,
    );
    const shared = await run(["-p", "ops", "skills", "remove", "moon"]);
    assert.match(shared.stderr, /shared by all profiles\n.*--shared/);
    const gone = await json(["skills", "remove", "moon", "--shared"]);
    assert.ok((await Deno.stat(join(gone.trash, "SKILL.md"))).isFile);
    assert.deepEqual(await names("ops"), builtIn);
    for (const verb of ["show", "remove"]) {
      const { code, stderr } = await run(["-p", "writer", "skills", verb, "tidse"]);
      assert.equal(code, 1);
      assert.match(stderr, /Did you mean "tides"/);
    }
    assert.match((await run(["skills", "remove", "kanban-worker"])).stderr, /comes with hermes/);
    await ok(["-p", "writer", "skills", "install", "kanban-worker"]);
    assert.ok((await names("writer")).includes("kanban-worker profile"));
    const back = await ok(["-p", "writer", "skills", "remove", "kanban-worker"]);
    assert.match(back.stderr, /The built-in skill of this name is used instead/);
  }));

Deno.test("skills install fetches a git repository, a branch of it, and says why it could not", () =>
  inWorld(async ({ ok, run, json, home }) => {
    const repository = join(home, "..", "repository");
    await addSkill(repository, "tides");
    await git(repository, "init", "-q", "-b", "main");
    await git(repository, "add", ".");
    await git(repository, "commit", "-q", "-m", "Tides");
    await git(repository, "checkout", "-q", "-b", "next");
    await addSkill(repository, "tides", "Next.");
    await git(repository, "commit", "-q", "-am", "Next");
    await git(repository, "checkout", "-q", "main");
    const address = `file://${encodeURI(repository)}`;
    const temp = join(home, "..", "temp");
    await Deno.mkdir(temp);
    const env = { TMPDIR: temp };
    const { installed } = await json(["skills", "install", address], { env });
    const origin = JSON.parse(await Deno.readTextFile(join(installed[0].path, ".origin.json")));
    assert.equal(origin.source, address);
    assert.match(origin.commit, /^[0-9a-f]{40}$/);
    await ok(["skills", "install", address, "--ref", "next", "--force"], { env });
    assert.match((await ok(["skills", "show", "tides"])).stdout, /Next\.\n$/);
    const wrong = await run(["skills", "install", address, "--ref", "gone", "--force"], { env });
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /Cannot fetch repository "file:.*gone/);
    const secret = "https://user:hush@127.0.0.1:1/x.git";
    for (const flags of [[], ["--json"]]) {
      const refused = await run(["skills", "install", secret, ...flags], { env });
      assert.equal(refused.code, 1);
      assert.doesNotMatch(refused.stderr + refused.stdout, /hush/);
    }
    assert.deepEqual([...Deno.readDirSync(temp)], [], "no clone stays behind");
    assert.match((await ok(["skills", "show", "tides"])).stdout, /Next\.\n$/);
  }));

Deno.test("S-033 S-213 P-021 create warns of a skill the assignee lacks and refuses a toolset's name", () =>
  inWorld(async ({ ok, run, home }) => {
    await ok(["profile", "create", "writer"]);
    await ok(["kanban", "init"]);
    await addSkill(join(home, "profiles/writer/skills"), "tides");
    const create = ["kanban", "create", "x", "--assignee"];
    const good = await ok([...create, "writer", "--skill", "tides", "--skill", "kanban-worker"]);
    assert.doesNotMatch(good.stderr, /skill/);
    const typo = await ok([...create, "writer", "--skill", "tidse"]);
    assert.match(typo.stderr, /Profile "writer" has no skill "tidse".*Did you mean "tides"/);
    assert.match(
      (await ok([...create, "default", "--skill", "tides"])).stderr,
      /Profile "default" has no skill "tides".*hermes -p default skills install/,
    );
    const toolset = await run([...create, "writer", "--skill", "terminal"]);
    assert.equal(toolset.code, 1);
    assert.match(toolset.stderr, /"terminal": it is a toolset, not a skill\nToolsets belong/);
    await addSkill(join(home, "skills"), "terminal");
    await ok([...create, "writer", "--skill", "terminal"]);
  }));
