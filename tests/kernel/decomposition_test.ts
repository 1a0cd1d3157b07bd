// Owns: proof of writing plans and specifications.

import assert from "node:assert/strict";
import { commentsOf } from "../../src/kernel/comments.ts";
import {
  type PlannedChild,
  type PlanWrite,
  type SpecWrite,
  writePlan,
  writeSpec,
} from "../../src/kernel/decomposition.ts";
import { getDetail, getList } from "../../src/kernel/detail.ts";
import { promoteWaiting, sweepWaiting } from "../../src/kernel/promote.ts";
import { complete, type TestBoard, withBoard } from "./board_fixture.ts";

Deno.test("S-134 S-136 R-05 every child is a parent of the root, and the root waits in todo", () =>
  withBoard(async (t) => {
    const root = await t.in("triage", { title: "a rough idea" });
    const ids = await decompose(t, root, [child("a"), child("b", [0]), child("c")]);
    const detail = await getDetail(t.board, root);
    assert.deepEqual(detail.parents.map(({ id }) => id), ids);
    assert.deepEqual([detail.task.status, detail.task.assignee], ["todo", "boss"]);
  }));

Deno.test("S-135 S-137 children wait in todo only for their siblings", () =>
  withBoard(async (t) => {
    const root = await t.in("triage", { tenant: "acme" });
    const ids = await decompose(t, root, [child("a"), child("b", [0]), child("c", [0, 1])]);
    assert.deepEqual(await statuses(t, ids), ["ready", "todo", "todo"]);
    for (const id of ids) assert.equal((await t.task(id)).tenant, "acme");
    await t.do(ids[0]!, complete);
    assert.deepEqual(await statuses(t, ids), ["done", "ready", "todo"]);
  }));

Deno.test("S-138 the root wakes when the last child is complete, and keeps its orchestrator", () =>
  withBoard(async (t) => {
    const root = await t.in("triage");
    const ids = await decompose(t, root, [child("a"), child("b")]);
    await t.do(ids[0]!, complete);
    assert.equal(await t.status(root), "todo");
    await t.do(ids[1]!, complete);
    const task = await t.task(root);
    assert.deepEqual([task.status, task.assignee], ["ready", "boss"]);
  }));

Deno.test("S-083 decomposed names children and orchestrator; each child says where it is from", () =>
  withBoard(async (t) => {
    const root = await t.in("triage");
    const ids = await decompose(t, root, [child("a"), child("b", [0])]);
    const [event] = await t.events(root, "decomposed");
    assert.deepEqual([event?.payload, event?.run_id], [
      { child_ids: ids, root_assignee: "boss" },
      null,
    ]);
    for (const id of ids) {
      const [created] = await t.events(id, "created");
      assert.deepEqual(created?.payload, {
        assignee: "ana",
        status: "todo",
        parents: [],
        tenant: null,
        by: "auto-decomposer",
        from_decompose_of: root,
      });
      assert.equal((await t.task(id)).created_by, "auto-decomposer");
    }
  }));

Deno.test("S-140 an audit comment lists the children and says when the root wakes", () =>
  withBoard(async (t) => {
    const root = await t.in("triage");
    const ids = await decompose(t, root, [child("a"), child("b")]);
    const [comment, ...more] = await commentsOf(t.board, root);
    assert.equal(more.length, 0);
    assert.equal(comment?.author, "auto-decomposer");
    for (const id of ids) assert.ok(comment?.body.includes(id));
    assert.match(comment!.body, /wakes.*complete/);
    assert.equal((await t.events(root, "commented")).length, 1);
  }));

Deno.test("S-139 P-033 a root that is missing or not in triage gives null and writes nothing", () =>
  withBoard(async (t) => {
    for (const root of ["t_nowhere", await t.add(), await t.in("todo"), await t.in("done")]) {
      const before = await t.count("tasks");
      assert.equal(await writePlan(t.board, plan(root, [child("a")])), null);
      assert.equal(await t.count("tasks"), before);
    }
    const root = await t.in("triage");
    assert.equal(await writePlan(t.board, plan(root, [])), null);
    assert.equal(await t.status(root), "triage");
  }));

Deno.test("P-033 of two plans for one root the second gets null", () =>
  withBoard(async (t) => {
    const root = await t.in("triage");
    const outcomes = await Promise.all([
      writePlan(t.board, plan(root, [child("a")])),
      writePlan(t.board, plan(root, [child("b"), child("c")])),
    ]);
    assert.deepEqual(outcomes.map((ids) => ids?.length ?? null), [1, null]);
    assert.equal((await getList(t.board, {})).length, 2);
  }));

for (
  const [what, children] of Object.entries({
    "a blank title": [child(" ")],
    "a blank assignee": [{ ...child("a"), assignee: "" }],
    "an index beyond the end": [child("a"), child("b", [2])],
    "a negative index": [child("a", [-1])],
    "half an index": [child("a"), child("b", [0.5])],
    "itself as parent": [child("a"), child("b", [1])],
    "two that wait for each other": [child("a", [1]), child("b", [0])],
    "a long cycle": [child("a", [2]), child("b", [0]), child("c", [1]), child("d")],
  })
) {
  Deno.test(`S-139 P-032 a plan with ${what} is refused before anything is written`, () =>
    withBoard(async (t) => {
      const root = await t.in("triage");
      await assert.rejects(writePlan(t.board, plan(root, children)), {
        code: "invalid",
        message: /^Cannot write plan: /,
      });
      assert.deepEqual([await t.status(root), await t.count("tasks")], ["triage", 1]);
    }));
}

Deno.test("S-134 a failure in the middle leaves nothing behind", () =>
  withBoard(async (t) => {
    const root = await t.in("triage");
    await t.raw(`CREATE TRIGGER stop BEFORE INSERT ON task_comments
      BEGIN SELECT RAISE(ABORT, 'no comment'); END`);
    const before = await t.count("task_events");
    await assert.rejects(writePlan(t.board, plan(root, [child("a"), child("b")])), /no comment/);
    assert.deepEqual(
      [await t.status(root), await t.count("tasks"), await t.count("task_links")],
      ["triage", 1, 0],
    );
    assert.equal(await t.count("task_events"), before);
  }));

Deno.test("R-09 without auto-promotion all children are held until somebody promotes them", () =>
  withBoard(async (t) => {
    const root = await t.in("triage");
    const children = [child("a"), child("b", [0])];
    const ids = (await writePlan(t.board, { ...plan(root, children), autoPromote: false }))!;
    await promoteWaiting(t.board);
    await sweepWaiting(t.board, "");
    assert.deepEqual(await statuses(t, ids), ["todo", "todo"]);
    await t.do(ids[0]!, { type: "promote" });
    await t.do(ids[0]!, complete);
    assert.deepEqual(await statuses(t, ids), ["done", "todo"]);
    await t.do(ids[1]!, { type: "promote" });
    await t.do(ids[1]!, complete);
    assert.equal(await t.status(root), "ready");
  }));

for (
  const [kind, path, inherited] of [
    ["dir", "/srv/site", ["dir", "/srv/site"]],
    ["worktree", "/srv/repo", ["scratch", null]],
    ["scratch", null, ["scratch", null]],
  ] as const
) {
  Deno.test(`P-065 children of a root with a ${kind} workspace get ${inherited[0]}`, () =>
    withBoard(async (t) => {
      const root = await t.in("triage", { workspaceKind: kind, workspacePath: path });
      const [id] = await decompose(t, root, [child("a")]);
      const task = await t.task(id!);
      assert.deepEqual([task.workspace_kind, task.workspace_path], inherited);
    }));
}

Deno.test("S-111 children inherit the priority of the root", () =>
  withBoard(async (t) => {
    const root = await t.in("triage", { priority: 4 });
    const [id] = await decompose(t, root, [child("a")]);
    assert.equal((await t.task(id!)).priority, 4);
  }));

Deno.test("a plan cannot take the root's assignee away", () =>
  withBoard(async (t) => {
    const root = await t.in("triage", { assignee: "ana" });
    const nobody = { ...plan(root, [child("a")]), orchestrator: " " };
    await assert.rejects(writePlan(t.board, nobody), { code: "invalid" });
    assert.equal((await t.task(root)).assignee, "ana");
  }));

Deno.test("S-082 S-147 S-148 a specification changes what it names, says so, and ends in ready", () =>
  withBoard(async (t) => {
    const id = await t.in("triage", { title: "rough", body: "same", assignee: "ana" });
    await specify(t, { taskId: id, title: " clear ", body: "same", assignee: "bob" });
    const task = await t.task(id);
    assert.deepEqual([task.title, task.body, task.assignee, task.status], [
      "clear",
      "same",
      "bob",
      "ready",
    ]);
    const [event] = await t.events(id, "specified");
    assert.deepEqual([event?.payload, event?.run_id], [
      { changed_fields: ["title", "assignee"] },
      null,
    ]);
    const [comment] = await commentsOf(t.board, id);
    assert.deepEqual([comment?.author, comment?.body], [
      "auto-decomposer",
      "Specified: changed title, assignee.",
    ]);
  }));

Deno.test("S-082 S-148 a specification that changes nothing has no payload and no comment", () =>
  withBoard(async (t) => {
    const id = await t.in("triage", { title: "clear" });
    await specify(t, { taskId: id, title: "clear" });
    assert.equal((await t.events(id, "specified"))[0]?.payload, null);
    assert.deepEqual(await commentsOf(t.board, id), []);
  }));

Deno.test("S-148 a specification without an author changes the task and writes no comment", () =>
  withBoard(async (t) => {
    const id = await t.in("triage");
    await specify(t, { taskId: id, title: "clear", author: null });
    assert.equal((await t.task(id)).title, "clear");
    assert.deepEqual(await commentsOf(t.board, id), []);
  }));

Deno.test("S-132 a specification without assignee, or with a blank one, keeps the one there is", () =>
  withBoard(async (t) => {
    for (const assignee of [null, "", "  "]) {
      const id = await t.in("triage", { assignee: "ana", title: "kept" });
      await specify(t, { taskId: id, title: assignee, body: "new", assignee });
      const task = await t.task(id);
      assert.deepEqual([task.assignee, task.title, task.body], ["ana", "kept", "new"]);
    }
  }));

Deno.test("S-147 a specified task with an open parent waits in todo", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true, parents: [await t.add()] });
    await specify(t, { taskId: id, title: "clear" });
    assert.equal(await t.status(id), "todo");
  }));

Deno.test("S-149 a task that is missing or not in triage is refused without a change", () =>
  withBoard(async (t) => {
    const ready = await t.add({ title: "kept" });
    for (const [taskId, code] of [["t_nowhere", "not_found"], [ready, "refused"]] as const) {
      const applied = await specify(t, { taskId, title: "new" });
      assert.ok(!applied.ok && applied.refusal.code === code);
    }
    assert.equal((await t.task(ready)).title, "kept");
    assert.deepEqual(await commentsOf(t.board, ready), []);
  }));

function child(title: string, parents: number[] = []): PlannedChild {
  return { title, body: `do ${title}`, assignee: "ana", parents };
}

function plan(rootId: string, children: PlannedChild[]): PlanWrite {
  return { rootId, children, orchestrator: "boss", author: "auto-decomposer", autoPromote: true };
}

async function decompose(t: TestBoard, root: string, children: PlannedChild[]): Promise<string[]> {
  const ids = await writePlan(t.board, plan(root, children));
  assert.equal(ids?.length, children.length);
  return ids!;
}

function specify(t: TestBoard, spec: Partial<SpecWrite> & { taskId: string }) {
  const nothing = { title: null, body: null, assignee: null, author: "auto-decomposer" };
  return writeSpec(t.board, { ...nothing, ...spec });
}

function statuses(t: TestBoard, ids: string[]): Promise<string[]> {
  return Promise.all(ids.map((id) => t.status(id)));
}

Deno.test("a specification made from a text that was edited since is refused without a change", () =>
  withBoard(async (t) => {
    const id = await t.in("triage", { title: "Old", body: "old" });
    const basedOn = await t.task(id);
    const spec = { taskId: id, title: "New", body: "new", assignee: null, author: "ada", basedOn };
    await t.do(id, { type: "edit", body: "typed meanwhile" });
    const applied = await writeSpec(t.board, spec);
    assert.equal(!applied.ok && applied.refusal.code, "lost_race");
    const { title, body, status } = await t.task(id);
    assert.deepEqual([title, body, status], ["Old", "typed meanwhile", "triage"]);
    assert(!(await t.kinds(id)).includes("specified"));
    assert((await writeSpec(t.board, { ...spec, basedOn: await t.task(id) })).ok);
  }));
