import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { findSkill, loadSkills, skillNames } from "../../src/profiles/skills.ts";
import { put, withRoot } from "./temp_root.ts";

Deno.test("S-213 findSkill() prefers the profile's own skill over the shared over the built-in", async () => {
  await withRoot(async (paths) => {
    const source = async () => (await findSkill(paths, "writer", "kanban-worker"))?.source;
    assert.equal(await source(), "built-in");
    await put(paths.root, "skills/devops/kanban-worker/SKILL.md", "shared");
    assert.equal(await source(), "shared");
    await put(paths.profilesDir, "writer/skills/kanban-worker/SKILL.md", "own");
    assert.equal(await source(), "profile");
    assert.equal((await findSkill(paths, "ops", "kanban-worker"))?.source, "shared");
  });
});

Deno.test("S-213 findSkill() does not see another profile's skills", async () => {
  await withRoot(async (paths) => {
    await put(paths.profilesDir, "writer/skills/essay/SKILL.md", "# essay");
    assert.equal((await findSkill(paths, "writer", "essay"))?.body, "# essay");
    assert.equal(await findSkill(paths, "ops", "essay"), null);
  });
});

Deno.test("findSkill() separates front matter from body", async () => {
  await withRoot(async (paths) => {
    const text = '---\nname: x\ndescription: "a: b"\nversion: 1.2.3\n---\n\n# Body\n\n---\nend\n';
    await put(paths.root, "skills/x/SKILL.md", text);
    const skill = await findSkill(paths, "default", "x");
    assert.equal(skill?.description, "a: b");
    assert.equal(skill?.version, "1.2.3");
    assert.equal(skill?.body, "# Body\n\n---\nend");
    await put(paths.root, "skills/y/SKILL.md", "no front matter");
    assert.equal((await findSkill(paths, "default", "y"))?.body, "no front matter");
  });
});

Deno.test("findSkill() never leaves the skills folders", async () => {
  await withRoot(async (paths) => {
    await put(paths.root, "outside/SKILL.md", "secret");
    for (const name of ["../outside", "..", "", "a/b", "constructor", "toString"]) {
      assert.equal(await findSkill(paths, "default", name), null, name);
    }
  });
});

Deno.test("loadSkills() names the missing skill and suggests one that exists", async () => {
  await withRoot(async (paths) => {
    const [skill] = await loadSkills(paths, "writer", ["kanban-worker"]);
    assert.equal(skill?.name, "kanban-worker");
    await assert.rejects(loadSkills(paths, "writer", ["kanban-woker"]), (error) => {
      assert(error instanceof HermesError);
      assert.equal(error.code, "not_found");
      assert.match(error.message, /kanban-woker.*writer/);
      assert.match(error.remedy ?? "", /kanban-worker/);
      return true;
    });
  });
});

Deno.test("skillNames() lists direct and categorised skills once", async () => {
  await withRoot(async (paths) => {
    await put(paths.root, "skills/b/SKILL.md", "");
    await put(paths.root, "skills/cat/a/SKILL.md", "");
    await put(paths.root, "skills/cat/b/SKILL.md", "");
    await put(paths.root, "skills/cat/empty/notes.md", "");
    assert.deepEqual(await skillNames(paths.root), ["a", "b"]);
  });
});

Deno.test("S-211 the built-in kanban-worker skill covers every promised topic", async () => {
  await withRoot(async (paths) => {
    const skill = await findSkill(paths, "default", "kanban-worker");
    assert(skill && skill.description && skill.version);
    const topics = [
      /HERMES_KANBAN_WORKSPACE/,
      /`scratch`/,
      /`worktree`/,
      /HERMES_TENANT/,
      /"metadata"/,
      /kanban_block/,
      /kanban_heartbeat/,
      /Prior attempts/,
      /timed_out/,
      /Pitfalls/,
      /hermes kanban complete/,
    ];
    for (const topic of topics) assert.match(skill.body, topic);
  });
});

Deno.test("S-212 the built-in kanban-orchestrator skill is 2.0.0 with its roster and patterns", async () => {
  await withRoot(async (paths) => {
    const skill = await findSkill(paths, "default", "kanban-orchestrator");
    assert.equal(skill?.version, "2.0.0");
    const roles = ["researcher", "analyst", "writer", "reviewer", "backend-eng", "frontend-eng"];
    for (const role of [...roles, "ops", "pm"]) {
      assert(skill!.body.includes(`| \`${role}\` |`), role);
    }
    const section = (title: RegExp) => skill!.body.split(/^## /m).find((part) => title.test(part))!;
    assert.equal(section(/^Five steps/).match(/^\d\. \*\*/gm)?.length, 5);
    assert.equal(section(/^Four patterns/).match(/^\*\*.+\*\*/gm)?.length, 4);
    assert.equal(section(/^Four pitfalls/).match(/^- \*\*/gm)?.length, 4);
  });
});
