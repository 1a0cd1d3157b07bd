// Owns: the proof of boards on the command line, as real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld, type World } from "../harness/program.ts";

const boards = ["kanban", "boards"];

async function titles({ json }: World, ...before: string[]): Promise<string[]> {
  const tasks: { title: string }[] = await json(["kanban", ...before, "list"]);
  return tasks.map(({ title }) => title).sort();
}

Deno.test("U-001 U-004 boards create, list, show, rename and their other names", () =>
  inWorld(async (world) => {
    const { ok, json, home } = world;
    const made = await json([
      ...[...boards, "create", "Release-1", "--name", "Release", "--icon", "🚀"],
      ...["--description", "What ships", "--color", "teal"],
    ]);
    assert.deepEqual(
      [made.slug, made.name, made.icon, made.description, made.color, made.archived],
      ["release-1", "Release", "🚀", "What ships", "teal", false],
    );
    const dir = join(home, "kanban", "boards", "release-1");
    assert.equal(made.db_path, join(dir, "kanban.db"), "S-002");
    assert.equal(JSON.parse(await Deno.readTextFile(join(dir, "board.json"))).name, "Release");
    assert.match((await ok([...boards, "new", "release-1"])).stdout, /There is a board already/);
    await ok(["kanban", "--board", "release-1", "create", "one"]);
    const [first, second] = await json([...boards, "ls"]);
    assert.deepEqual([first.slug, first.is_current, first.total], ["default", true, 0]);
    assert.deepEqual([second.slug, second.counts, second.total], ["release-1", { ready: 1 }, 1]);
    assert.match(
      (await ok([...boards, "list"])).stdout,
      /^\* {2}default .*\n {3}release-1 {2}1 ready/,
    );
    await ok([...boards, "rename", "release-1", "Release", "Two"]);
    assert.equal((await json([...boards, "show", "release-1"])).name, "Release Two");
    assert.equal((await json([...boards, "current"])).slug, "default");
  }));

Deno.test("U-002 U-004 explicit board, environment, pointer and default, in this order", () =>
  inWorld(async (world) => {
    const { ok, home } = world;
    for (const slug of ["pointer", "env", "flag"]) {
      await ok([...boards, "create", slug]);
      await ok(["kanban", "--board", slug, "create", slug]);
    }
    await ok(["kanban", "create", "default"]);
    assert.deepEqual(await titles(world), ["default"]);
    await ok([...boards, "switch", "pointer"]);
    assert.deepEqual(await titles(world), ["pointer"]);
    const env = { HERMES_KANBAN_BOARD: "env" };
    const seen = async (words: string[], options: { env: Record<string, string> }) =>
      JSON.parse((await ok([...words, "--json"], options)).stdout)[0].title;
    assert.equal(await seen(["kanban", "list"], { env }), "env");
    assert.equal(await seen(["kanban", "--board", "flag", "list"], { env }), "flag");
    const file = join(home, "kanban", "boards", "flag", "kanban.db");
    const pinned = { ...env, HERMES_KANBAN_DB: file };
    assert.equal(await seen(["kanban", "list"], { env: pinned }), "flag");
    for (const stale of ["gone", "not a slug"]) {
      const options = { env: { HERMES_KANBAN_BOARD: stale } };
      assert.equal(await seen(["kanban", "list"], options), "pointer", stale);
    }
    const { stderr } = await ok([...boards, "use", "flag"], { env });
    assert.match(stderr, /HERMES_KANBAN_BOARD is set to "env"/);
    await Deno.writeTextFile(join(home, "kanban", "current"), "gone\n");
    assert.deepEqual(await titles(world), ["default"]);
  }));

Deno.test("U-004 an unknown --board ends with 1, a malformed one with 2, and neither makes anything", () =>
  inWorld(async ({ run, home }) => {
    for (const words of [["list"], ["create", "x"], ["boards", "show", "nope"]]) {
      const ran = await run(["kanban", "--board", "nope", ...words]);
      assert.equal(ran.code, 1, words.join(" "));
      assert.match(ran.stderr, /"nope".*\n.*hermes kanban boards create nope/);
      const bad = await run(["kanban", "--board", "../x", ...words]);
      assert.equal(bad.code, 2, words.join(" "));
    }
    assert.equal((await run([...boards, "create", "no way"])).code, 2);
    assert.equal((await run([...boards, "list", "--bogus"])).code, 2);
    const typo = await run([...boards, "swich", "x"]);
    assert.deepEqual([typo.code, /Did you mean "switch"/.test(typo.stderr)], [2, true]);
    await assert.rejects(Deno.stat(join(home, "kanban", "boards", "nope")));
  }));

Deno.test("S-002 nothing crosses boards: tasks, links, events, scratch folders, attachments", () =>
  inWorld(async (world) => {
    const { json, ok, run, home } = world;
    await ok([...boards, "create", "b"]);
    const [one, two] = [
      await json(["kanban", "create", "one"]),
      await json([
        ...["kanban", "--board", "b", "create", "two"],
      ]),
    ];
    assert.deepEqual([await titles(world), await titles(world, "--board", "b")], [["one"], [
      "two",
    ]]);
    for (
      const words of [["show", two.id], ["link", one.id, two.id], ["complete", two.id], [
        ...["create", "x", "--parent", two.id],
      ]]
    ) {
      const ran = await run(["kanban", ...words]);
      assert.deepEqual([ran.code, ran.stderr.includes(two.id)], [1, true], words.join(" "));
    }
    const claimed = await json(["kanban", "--board", "b", "claim", two.id]);
    assert.equal(claimed.workspace, join(home, "kanban", "boards", "b", "workspaces", two.id));
    await Deno.writeTextFile(join(home, "f.txt"), "f");
    const file = await json(["kanban", "--board", "b", "attach", two.id, join(home, "f.txt")]);
    assert.equal(
      file.stored_path,
      join(home, "kanban", "boards", "b", "attachments", two.id, "f.txt"),
    );
  }));

Deno.test("U-003 U-004 rm archives and --delete or delete deletes; the default board and busy ones stay", () =>
  inWorld(async (world) => {
    const { ok, run, json, home } = world;
    const folder = join(home, "kanban", "boards");
    await ok([...boards, "create", "old", "--switch"]);
    const task = await json(["kanban", "create", "kept", "--assignee", "default"]);
    await ok(["kanban", "claim", task.id]);
    const busy = await run([...boards, "rm", "old"]);
    assert.deepEqual([busy.code, /1 task is running/.test(busy.stderr)], [1, true]);
    await ok(["kanban", "reclaim", task.id]);
    const gone = await json([...boards, "remove", "old"]);
    assert.deepEqual([gone.result, gone.current], ["archived", "default"]);
    assert.match(gone.path, new RegExp(`^${folder}/_archived/old-\\d+$`));
    const kept = await ok(["kanban", "list"], {
      env: { HERMES_KANBAN_DB: join(gone.path, "kanban.db") },
    });
    assert.match(kept.stdout, /kept/);
    assert.deepEqual((await json([...boards, "list"])).length, 1);
    const all = await json([...boards, "list", "--all"]);
    assert.deepEqual([all[1].slug, all[1].archived, all[1].total], ["old", true, 1]);
    for (const words of [["rm", "a", "--delete"], ["delete", "a"]]) {
      await ok([...boards, "create", "a"]);
      assert.equal((await json([...boards, ...words])).result, "deleted");
      await assert.rejects(Deno.stat(join(folder, "a")));
    }
    for (const words of [["rm", "default"], ["delete", "default"], ["rm", "nope"]]) {
      assert.equal((await run([...boards, ...words])).code, 1, words.join(" "));
    }
  }));

Deno.test("U-005 U-007 the default workdir: checked, inherited, taken back", () =>
  inWorld(async ({ ok, run, json, home }) => {
    await Deno.mkdir(join(home, "src", ".git"), { recursive: true });
    await ok([...boards, "create", "site", "--default-workdir", join(home, "src"), "--switch"]);
    const task = await json(["kanban", "create", "x", "--workspace", "worktree"]);
    assert.equal(task.workspace_path, join(home, "src"));
    const shown = await json([...boards, "show"]);
    assert.deepEqual(
      [shown.default_workdir, shown.default_workspace_kind],
      [join(home, "src"), "worktree"],
    );
    const bad = await run([...boards, "set-default-workdir", "site", join(home, "none")]);
    assert.deepEqual([bad.code, /no such folder/.test(bad.stderr)], [1, true]);
    assert.match(
      (await ok([...boards, "set-default-workdir", "site"])).stdout,
      /no default workdir/,
    );
    assert.equal((await run(["kanban", "create", "y", "--workspace", "dir"])).code, 2);
  }));

Deno.test("a board with a damaged file is listed with its problem, and the others are counted", () =>
  inWorld(async ({ ok, json, home }) => {
    await ok([...boards, "create", "broken"]);
    const path = join(home, "kanban", "boards", "broken", "kanban.db");
    await Deno.writeTextFile(path, "this is no database, whatever its name says".repeat(50));
    await ok(["kanban", "create", "x"]);
    const [first, second] = await json([...boards, "list"]);
    assert.deepEqual([first.total, first.problem], [1, null]);
    assert.match(second.problem, /kanban\.db/);
    assert.match(await Deno.readTextFile(path), /^this is no database/);
  }));
