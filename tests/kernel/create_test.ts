// Owns: proof of creation: fields, start status, parents, keys, ids.

import assert from "node:assert/strict";
import { createTask, type NewTask } from "../../src/kernel/create.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import { workspaceKinds } from "../../src/kernel/model/status.ts";
import { stepBack } from "../../src/kernel/undo/inverse.ts";
import { viewTask } from "../../src/kernel/views.ts";
import { complete, type TestBoard, withBoard } from "./board_fixture.ts";

Deno.test("S-028 a task id is t_ and eight lower-case hex digits from a random source", () =>
  withBoard(async (t) => {
    const [one, two] = [await t.add(), await t.add()];
    assert.match(one, /^t_[0-9a-f]{8}$/);
    assert.notEqual(one, two);
  }, { ids: undefined }));

Deno.test("S-028 P-002 an id that is taken is drawn again", () => {
  const drawn = ["t_00000001", "t_00000001", "t_00000001", "t_00000002"];
  const ids = { taskId: () => drawn.shift()!, token: () => "" };
  return withBoard(async (t) => {
    assert.deepEqual([await t.add(), await t.add()], ["t_00000001", "t_00000002"]);
  }, { ids });
});

Deno.test("S-028 a source that only gives taken ids ends in an error, not in a loop", () => {
  const ids = { taskId: () => "t_00000001", token: () => "" };
  return withBoard(async (t) => {
    await t.add();
    await assert.rejects(t.add(), { code: "internal" });
    assert.equal(await t.count("tasks"), 1);
  }, { ids });
});

for (const title of ["", "   ", "\n\t "]) {
  Deno.test(`S-029 title ${JSON.stringify(title)} is refused`, () =>
    withBoard(async (t) => {
      await refused(t, { title }, "invalid", /title is required/);
    }));
}

Deno.test("S-029 the title is stored trimmed, an empty body is kept", () =>
  withBoard(async (t) => {
    const task = await t.task(await t.add({ title: "  tidy up \n", body: "" }));
    assert.deepEqual([task.title, task.body], ["tidy up", ""]);
  }));

Deno.test("S-030 without parents a task starts in ready", () =>
  withBoard(async (t) => assert.equal(await t.status(await t.add()), "ready")));

for (const status of ["triage", "todo", "ready", "running", "blocked", "archived"] as const) {
  Deno.test(`S-030 R-02 a parent in ${status} makes the task start in todo`, () =>
    withBoard(async (t) => {
      const parents = [await t.in("done"), await t.in(status)];
      assert.equal(await t.status(await t.add({ parents })), "todo");
    }));
}

Deno.test("S-030 R-02 parents that were completed let the task start in ready", () =>
  withBoard(async (t) => {
    const archived = await t.in("done");
    await t.do(archived, { type: "archive" });
    assert.equal(await t.status(await t.add({ parents: [await t.in("done"), archived] })), "ready");
  }));

Deno.test("S-030 a task asked for in triage starts there and is linked to its parents", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const id = await t.add({ triage: true, parents: [parent] });
    assert.equal(await t.status(id), "triage");
    const { parents } = await getDetail(t.board, id);
    assert.deepEqual(parents.map((task) => task.id), [parent]);
    await refused(t, { triage: true, parents: ["t_nowhere"] }, "not_found", /t_nowhere/);
  }));

Deno.test("S-031 unknown parents are all named and nothing is inserted", () =>
  withBoard(async (t) => {
    const parents = ["t_aaaaaaaa", await t.add(), "t_bbbbbbbb"];
    await refused(t, { parents }, "not_found", /t_aaaaaaaa, t_bbbbbbbb/);
    assert.equal(await t.count("task_links"), 0);
  }));

Deno.test("a parent named twice is linked once", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const id = await t.add({ parents: [parent, parent] });
    assert.equal((await getDetail(t.board, id)).parents.length, 1);
  }));

for (const workspaceKind of workspaceKinds) {
  Deno.test(`S-032 workspace kind ${workspaceKind} is accepted`, () =>
    withBoard(async (t) => {
      const task = await t.task(await t.add({ workspaceKind }));
      assert.equal(task.workspace_kind, workspaceKind);
    }));
}

Deno.test("S-032 S-106 the workspace kind is scratch unless asked; others are refused", () =>
  withBoard(async (t) => {
    assert.equal((await t.task(await t.add())).workspace_kind, "scratch");
    for (const workspaceKind of ["", "Scratch", "docker"]) {
      await refused(t, { workspaceKind }, "invalid", /unknown workspace kind/);
    }
  }));

Deno.test("S-107 a relative workspace path is stored as it was given", () =>
  withBoard(async (t) => {
    const task = await t.task(await t.add({ workspaceKind: "dir", workspacePath: "not/absolute" }));
    assert.equal(task.workspace_path, "not/absolute");
  }));

for (
  const [given, stored] of [
    [[" web ", "", "git", "web", "  "], '["web","git"]'],
    [["b", "a"], '["b","a"]'],
    [["", "  "], null],
    [[], null],
    [null, null],
    [undefined, null],
  ] as const
) {
  Deno.test(`S-017 S-033 skills ${JSON.stringify(given)} are stored as ${stored}`, () =>
    withBoard(async (t) => {
      assert.equal((await t.task(await t.add({ skills: given }))).skills, stored);
    }));
}

Deno.test("S-033 a skill name with a comma is refused", () =>
  withBoard((t) => refused(t, { skills: ["git", "web,search"] }, "invalid", /"web,search"/)));

Deno.test("R-16 a task without skills is shown with an empty list", () =>
  withBoard(async (t) => {
    const [plain, skilled] = [await t.add(), await t.add({ skills: ["git"] })];
    assert.deepEqual(viewTask(await t.task(plain)).skills, []);
    assert.deepEqual(viewTask(await t.task(skilled)).skills, ["git"]);
    await t.raw("UPDATE tasks SET skills = 'no list'");
    assert.deepEqual(viewTask(await t.task(plain)).skills, []);
  }));

Deno.test("S-034 R-21 a key that is in use returns its task and changes nothing", () =>
  withBoard(async (t) => {
    const first = await createTask(t.board, { title: "first", idempotencyKey: "k" });
    const before = [await t.rows("SELECT * FROM tasks"), await t.rows("SELECT * FROM task_events")];
    const second = await createTask(t.board, { title: "second", priority: 9, idempotencyKey: "k" });
    assert.deepEqual([first.created, second.created], [true, false]);
    assert.deepEqual(second.task, first.task);
    const after = [await t.rows("SELECT * FROM tasks"), await t.rows("SELECT * FROM task_events")];
    assert.deepEqual(after, before);
  }));

for (const status of ["triage", "todo", "running", "blocked", "done"] as const) {
  Deno.test(`S-034 a key on a task in ${status} is in use`, () =>
    withBoard(async (t) => {
      const id = await t.in(status, { idempotencyKey: "k" });
      assert.equal(await t.add({ idempotencyKey: "k" }), id);
    }));
}

Deno.test("S-034 an archived task does not block its key", () =>
  withBoard(async (t) => {
    const old = await t.in("archived", { idempotencyKey: "k" });
    const fresh = await t.add({ idempotencyKey: "k" });
    assert.notEqual(fresh, old);
    assert.equal(await t.add({ idempotencyKey: "k" }), fresh);
  }));

Deno.test("S-034 a task that comes back from the archive leaves its key to the one that took it", () =>
  withBoard(async (t) => {
    const old = await t.in("archived", { idempotencyKey: "k" });
    const fresh = await t.add({ idempotencyKey: "k" });
    await t.do(old, { type: "move", to: "todo" });
    assert.equal(await t.status(old), "todo");
    assert.equal(await t.add({ idempotencyKey: "k" }), fresh);
  }));

Deno.test("S-034 a task that comes back from the archive keeps a key that nobody took", () =>
  withBoard(async (t) => {
    const id = await t.in("archived", { idempotencyKey: "k" });
    await t.do(id, { type: "move", to: "blocked" });
    assert.equal(await t.add({ idempotencyKey: "k" }), id);
  }));

Deno.test("S-034 undoing an archive leaves the key to the task that took it meanwhile", () =>
  withBoard(async (t) => {
    const old = await t.add({ idempotencyKey: "k" });
    const before = await t.task(old);
    await t.do(old, { type: "archive" });
    const fresh = await t.add({ idempotencyKey: "k" });
    const step = stepBack({ type: "archive" }, before, await t.task(old), []);
    assert.ok(step && "type" in step && step.type === "restore");
    await t.do(old, { type: "restore", state: step.from, unwaive: [], undo: "archive" });
    assert.equal(await t.status(old), "ready");
    assert.equal(await t.add({ idempotencyKey: "k" }), fresh);
  }));

Deno.test("S-034 tasks without a key never collide", () =>
  withBoard(async (t) => {
    for (const idempotencyKey of [undefined, null, "", ""]) await t.add({ idempotencyKey });
    assert.equal(await t.count("tasks"), 4);
  }));

Deno.test("R-21 a second live row with one key is impossible, whoever writes it", () =>
  withBoard(async (t) => {
    await t.add({ idempotencyKey: "k" });
    await assert.rejects(t.raw(
      "INSERT INTO tasks (id, title, status, created_at, idempotency_key) VALUES ('t_x', 'x', 'ready', 1, 'k')",
    ));
  }));

Deno.test("S-036 the creator is recorded", () =>
  withBoard(async (t) => {
    assert.equal((await t.task(await t.add({ createdBy: "dashboard" }))).created_by, "dashboard");
    assert.equal((await t.task(await t.add())).created_by, null);
  }));

for (const assignee of ["ana.b@host", "研究者", "x".repeat(200), "back end"]) {
  Deno.test(`S-037 assignee ${assignee.slice(0, 12)} is stored as it is`, () =>
    withBoard(async (t) =>
      assert.equal((await t.task(await t.add({ assignee }))).assignee, assignee)
    ));
}

for (const assignee of ["", "  ", null, undefined]) {
  Deno.test(`S-037 assignee ${JSON.stringify(assignee)} is none`, () =>
    withBoard(async (t) => assert.equal((await t.task(await t.add({ assignee }))).assignee, null)));
}

const odd = `'); DROP TABLE tasks; --" \\ % _ مرحبا \u202e 👩‍🚀 \u0007 \ttab\nline`;

Deno.test("S-027 odd text survives verbatim in every string field", () =>
  withBoard(async (t) => {
    const id = await t.add({
      title: odd,
      body: odd,
      assignee: odd,
      tenant: odd,
      workspacePath: odd,
      branchName: odd,
      idempotencyKey: odd,
      createdBy: odd,
      skills: [odd],
    });
    const row = await t.task(id);
    const stored = [row.title, row.body, row.assignee, row.tenant, row.workspace_path];
    stored.push(row.branch_name, row.idempotency_key, row.created_by, viewTask(row).skills[0]!);
    assert.deepEqual(stored, stored.map(() => odd));
    assert.equal(await t.add({ idempotencyKey: odd }), id);
    await t.do(id, { ...complete, result: odd, summary: odd, metadata: { [odd]: odd } });
    const [run] = await t.runs(id);
    assert.deepEqual([run!.summary, run!.metadata], [odd, { [odd]: odd }]);
  }));

Deno.test("S-027 a body of 1 MB and metadata 50 levels deep are kept whole", () =>
  withBoard(async (t) => {
    const body = "ü".repeat(1_000_000);
    let metadata: Record<string, unknown> = { leaf: true };
    for (let level = 0; level < 50; level++) metadata = { level, inner: metadata };
    const id = await t.add({ body });
    await t.do(id, { ...complete, metadata });
    assert.equal((await t.task(id)).body, body);
    assert.deepEqual((await t.run(id)).metadata, metadata);
  }));

Deno.test("S-027 NUL characters cut no field off", () =>
  withBoard(async (t) => {
    const id = await t.add({ title: "a\0b", body: "c\0d" });
    await t.do(id, { ...complete, summary: "e\0f", metadata: { note: "g\0h" } });
    const task = await t.task(id);
    assert.deepEqual([task.title, task.body], ["a\ufffdb", "c\ufffdd"]);
    const run = await t.run(id);
    assert.deepEqual([run.summary, run.metadata], ["e\ufffdf", { note: "g\0h" }]);
  }));

Deno.test("S-011 times are integer epoch seconds", () =>
  withBoard(async (t) => {
    t.clock.advance(0.7);
    const id = await t.in("done");
    const task = await t.task(id);
    const { created_at } = await t.last(id);
    for (const at of [task.created_at, task.completed_at, created_at]) {
      assert.equal(at, 1_700_000_000);
    }
    const [row] = await t.rows<{ kind: string }>("SELECT typeof(created_at) AS kind FROM tasks");
    assert.equal(row?.kind, "integer");
  }));

Deno.test("S-076 created carries assignee, status, parents, tenant and no run", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const id = await t.add({ assignee: "ana", tenant: "acme", parents: [parent] });
    const { kind, payload, run_id } = await t.last(id);
    assert.deepEqual({ kind, payload, run_id }, {
      kind: "created",
      payload: { assignee: "ana", status: "todo", parents: [parent], tenant: "acme" },
      run_id: null,
    });
  }));

Deno.test("R-09 a task created held stays in todo although nothing keeps it", () =>
  withBoard(async (t) => {
    const task = await t.task(await t.add({ held: true }));
    assert.deepEqual([task.status, task.held], ["todo", 1]);
  }));

async function refused(
  t: TestBoard,
  input: Partial<NewTask>,
  code: string,
  message: RegExp,
): Promise<void> {
  const before = await t.count("tasks");
  await assert.rejects(t.add(input), { code, message });
  assert.equal(await t.count("tasks"), before);
}
