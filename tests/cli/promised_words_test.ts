// Owns: the proof that keys, words and icons which scripts and people rely on are exactly as promised.

import assert from "node:assert/strict";
import { withTeam } from "./team.ts";

Deno.test("S-182 assignees --json is a sorted list of profiles and of whoever has open tasks", () =>
  withTeam(async ({ ok, json }) => {
    await ok(["kanban", "create", "a", "--assignee", "human.friend"]);
    await ok(["kanban", "create", "b", "--assignee", "writer"]);
    await ok(["kanban", "create", "c", "--assignee", "writer", "--triage"]);
    const gone = await json(["kanban", "create", "d", "--assignee", "gone"]);
    await ok(["kanban", "archive", gone.id]);
    assert.deepEqual(await json(["kanban", "assignees"]), [
      { name: "default", on_disk: true, counts: {} },
      { name: "human.friend", on_disk: false, counts: { ready: 1 } },
      { name: "researcher", on_disk: true, counts: {} },
      { name: "reviewer", on_disk: true, counts: {} },
      { name: "writer", on_disk: true, counts: { ready: 1, triage: 1 } },
    ]);
  }));

Deno.test("S-183 dispatch --json has every promised key with a value of the promised kind", () =>
  withTeam(async ({ json }) => {
    const { id } = await json(["kanban", "create", "a", "--assignee", "writer"]);
    const nobody = await json(["kanban", "create", "b"]);
    const words = ["kanban", "dispatch", "--dry-run", "--max", "5", "--failure-limit", "2"];
    const result = await json(words);
    assert.deepEqual([typeof result.reclaimed, typeof result.promoted], ["number", "number"]);
    for (const key of ["crashed", "timed_out", "auto_blocked"]) assert.deepEqual(result[key], []);
    assert.deepEqual(result.skipped_unassigned, [nobody.id]);
    assert.deepEqual(result.spawned.map((it: object) => Object.keys(it).sort()), [
      ["assignee", "task_id", "workspace"],
    ]);
    assert.deepEqual([result.spawned[0].task_id, result.spawned[0].assignee], [id, "writer"]);
  }));

Deno.test("S-190 the words that confirm, one line per id", () =>
  withTeam(async ({ ok, json }) => {
    const [a, b] = [
      (await json(["kanban", "create", "a"])).id,
      (await json(["kanban", "create", "b"])).id,
    ];
    const lines = async (...words: string[]) =>
      (await ok(["kanban", ...words])).stdout.trimEnd().split("\n");
    assert.deepEqual(await lines("link", a, b), [`Linked ${a} -> ${b}`]);
    assert.deepEqual(await lines("unlink", a, b), [`Unlinked ${a} -> ${b}`]);
    const chat = ["--platform", "telegram", "--chat-id", "7"];
    assert.match((await lines("notify-subscribe", a, ...chat)).join(), /^Subscribed .*telegram/);
    const perId = async (verb: string, word: string) => {
      const said = await lines(verb, a, b);
      assert.equal(said.length, 2, verb);
      assert.ok(said[0]!.startsWith(`${word} ${a}`) && said[1]!.startsWith(`${word} ${b}`), verb);
    };
    assert.match((await lines("block", a, "why")).join(), new RegExp(`^Blocked ${a}`));
    assert.match((await lines("block", b, "why")).join(), new RegExp(`^Blocked ${b}`));
    await perId("unblock", "Unblocked");
    await perId("complete", "Completed");
    await perId("archive", "Archived");
  }));

Deno.test("S-190 status icons, and JSON in which no letter is escaped", () =>
  withTeam(async ({ ok, json }) => {
    const make = async (...words: string[]) => (await json(["kanban", "create", ...words])).id;
    const done = await make("Größe → 海 🌊");
    await ok(["kanban", "complete", done]);
    await make("ready");
    await make("todo", "--parent", await make("parent"));
    await ok(["kanban", "claim", await make("running")]);
    await ok(["kanban", "block", await make("blocked"), "why"]);
    await ok(["kanban", "archive", await make("archived")]);
    // Without LANG a terminal is taken for one that knows no more than ASCII.
    const env = { LANG: "C.UTF-8" };
    const { stdout } = await ok(["kanban", "list", "--archived"], { env });
    const icons = { todo: "◻", ready: "▶", running: "●", blocked: "⊘", done: "✓", archived: "—" };
    for (const [status, icon] of Object.entries(icons)) {
      assert.match(stdout, new RegExp(`^${icon} +t_\\w+ +${status}\\b`, "m"));
    }
    const raw = await ok(["kanban", "show", done, "--json"]);
    assert.ok(raw.stdout.includes("Größe → 海 🌊"), raw.stdout.slice(0, 200));
  }));
