// Owns: proof of links, promotion and demotion.

import assert from "node:assert/strict";
import { link, neighbours, unlink } from "../../src/kernel/graph.ts";
import { command, read } from "../../src/kernel/board.ts";
import { findPromotable, promoteWaiting, sweepWaiting } from "../../src/kernel/promote.ts";
import { claim, complete, type TestBoard, withBoard } from "./board_fixture.ts";

Deno.test("S-050 the first argument of link() is the parent, the second the child", () =>
  withBoard(async (t) => {
    const [parent, child] = [await t.add(), await t.add()];
    assert.equal(await link(t.board, parent, child), true);
    const { parents } = await neighbours(t.board, child);
    const { children } = await neighbours(t.board, parent);
    assert.deepEqual([parents[0]?.id, children[0]?.id], [parent, child]);
    assert.deepEqual(await t.rows("SELECT parent_id, child_id FROM task_links").then(first), {
      parent_id: parent,
      child_id: child,
    });
  }));

Deno.test("S-051 a self-link is refused and mentions itself", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await refused(t, id, id, "invalid", /itself/);
  }));

Deno.test("S-051 a cycle is refused and mentions cycle, however long it is", () =>
  withBoard(async (t) => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await t.add({ parents: ids.slice(-1) }));
    await refused(t, ids[1]!, ids[0]!, "invalid", /cycle/);
    await refused(t, ids[5]!, ids[0]!, "invalid", /cycle/);
  }));

Deno.test("S-051 an unknown id is refused on either side", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await refused(t, "t_nowhere", id, "not_found", /t_nowhere/);
    await refused(t, id, "t_nowhere", "not_found", /t_nowhere/);
  }));

Deno.test("S-051 R-18 P-040 a repeated link changes nothing and writes no event", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const child = await t.add({ parents: [parent] });
    const before = await t.count("task_events");
    assert.equal(await link(t.board, parent, child), false);
    assert.deepEqual([await t.count("task_events"), await t.count("task_links")], [before, 1]);
  }));

for (const status of ["triage", "todo", "ready", "running", "blocked", "archived"] as const) {
  Deno.test(`S-052 P-027 a parent in ${status} sends a ready child back to todo`, () =>
    withBoard(async (t) => {
      const [parent, child] = [await t.in(status), await t.add()];
      await link(t.board, parent, child);
      assert.equal(await t.status(child), "todo");
      const { kind, payload } = await t.last(child);
      assert.deepEqual({ kind, payload }, {
        kind: "status",
        payload: { status: "todo", reason: "parent_open", parent },
      });
    }));
}

Deno.test("S-052 R-02 a completed parent leaves a ready child where it is", () =>
  withBoard(async (t) => {
    const [done, child] = [await t.in("done"), await t.add()];
    await link(t.board, done, child);
    assert.equal(await t.status(child), "ready");
    await t.do(done, { type: "archive" });
    const other = await t.add();
    await link(t.board, done, other);
    assert.equal(await t.status(other), "ready");
  }));

for (const status of ["triage", "running", "blocked", "done"] as const) {
  Deno.test(`S-052 an open parent does not move a child that is ${status}`, () =>
    withBoard(async (t) => {
      const [parent, child] = [await t.add(), await t.in(status)];
      await link(t.board, parent, child);
      assert.equal(await t.status(child), status);
    }));
}

Deno.test("S-053 S-054 unlink() says whether a row went away and writes unlinked", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const child = await t.add({ parents: [parent] });
    assert.equal(await unlink(t.board, parent, child), true);
    const [event] = await t.events(child, "unlinked");
    assert.deepEqual([event?.payload, event?.run_id], [{ parent, child }, null]);
    const before = await t.count("task_events");
    assert.equal(await unlink(t.board, parent, child), false);
    assert.equal(await t.count("task_events"), before);
  }));

Deno.test("S-054 S-081 link() writes linked with parent and child", () =>
  withBoard(async (t) => {
    const [parent, child] = [await t.in("done"), await t.add()];
    await link(t.board, parent, child);
    const { kind, payload, run_id } = await t.last(child);
    assert.deepEqual({ kind, payload, run_id }, {
      kind: "linked",
      payload: { parent, child },
      run_id: null,
    });
  }));

Deno.test("P-028 unlinking the last open parent promotes the child, a held one stays", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const free = await t.add({ parents: [parent] });
    const parked = await t.add({ parents: [parent], held: true });
    const still = await t.add({ parents: [parent, await t.add()] });
    for (const child of [free, parked, still]) await unlink(t.board, parent, child);
    assert.deepEqual(await statuses(t, [free, parked, still]), ["ready", "todo", "todo"]);
  }));

Deno.test("S-055 S-077 the child of a completed parent is promoted with an event without payload", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const child = await t.add({ parents: [parent] });
    const { promoted } = await t.do(parent, complete);
    assert.deepEqual(promoted, [child]);
    const { kind, payload, run_id } = await t.last(child);
    assert.deepEqual({ kind, payload, run_id }, { kind: "promoted", payload: null, run_id: null });
  }));

for (const status of ["triage", "blocked", "running"] as const) {
  Deno.test(`S-055 promotion leaves a child in ${status} alone`, () =>
    withBoard(async (t) => {
      const parent = await t.add();
      const child = await t.in(status);
      await link(t.board, parent, child);
      await t.do(parent, complete);
      assert.equal(await t.status(child), status);
    }));
}

for (const status of ["ready", "running", "blocked", "triage", "archived"] as const) {
  Deno.test(`S-057 a child waits for a parent in ${status}`, () =>
    withBoard(async (t) => {
      const child = await t.add({ parents: [await t.in("done"), await t.in(status)] });
      await promoteWaiting(t.board);
      await sweepWaiting(t.board, "");
      assert.equal(await t.status(child), "todo");
      const applied = await command(t.board, child, { type: "promote" });
      assert.equal(applied.ok, false);
    }));
}

Deno.test("S-057 in a diamond the last task waits for both sides", () =>
  withBoard(async (t) => {
    const top = await t.add();
    const sides = [await t.add({ parents: [top] }), await t.add({ parents: [top] })];
    const bottom = await t.add({ parents: sides });
    await t.do(top, complete);
    assert.deepEqual(await statuses(t, [...sides, bottom]), ["ready", "ready", "todo"]);
    await t.do(sides[0]!, complete);
    assert.equal(await t.status(bottom), "todo");
    await t.do(sides[1]!, complete);
    assert.equal(await t.status(bottom), "ready");
  }));

Deno.test("S-057 500 children fan out of one task and into another", () =>
  withBoard(async (t) => {
    const top = await t.add();
    const middle: string[] = [];
    for (let i = 0; i < 500; i++) middle.push(await t.add({ parents: [top] }));
    const bottom = await t.add({ parents: middle });
    const { promoted } = await t.do(top, complete);
    assert.deepEqual(promoted.sort(), middle);
    for (const id of middle.slice(1)) await t.do(id, complete);
    assert.equal(await t.status(bottom), "todo");
    await t.do(middle[0]!, complete);
    assert.equal(await t.status(bottom), "ready");
  }));

Deno.test("R-02 archiving an unfinished parent keeps the child; unlinking it lets it go", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const child = await t.add({ parents: [parent] });
    await t.do(parent, { type: "archive" });
    await promoteWaiting(t.board);
    assert.equal(await t.status(child), "todo");
    await unlink(t.board, parent, child);
    assert.equal(await t.status(child), "ready");
  }));

Deno.test("P-029 reopening a parent sends its ready children back to todo, others stay", () =>
  withBoard(async (t) => {
    const parent = await t.in("done");
    const ready = await t.add({ parents: [parent] });
    const running = await t.in("running", { parents: [parent] });
    await t.do(parent, { type: "move", to: "ready" });
    assert.deepEqual(await statuses(t, [ready, running]), ["todo", "running"]);
    assert.deepEqual((await t.last(ready)).payload, {
      status: "todo",
      reason: "parent_reopened",
      parent,
    });
    await t.do(parent, complete);
    assert.equal(await t.status(ready), "ready");
  }));

Deno.test("R-08 moving a child to ready over open parents waives them and says so", () =>
  withBoard(async (t) => {
    const [one, two] = [await t.add(), await t.in("done")];
    const child = await t.add({ parents: [one, two] });
    await t.do(child, { type: "move", to: "ready" });
    assert.deepEqual((await t.last(child)).payload, { status: "ready", waived_parents: [one] });
    await t.do(child, claim);
    assert.equal(await t.status(child), "running");
  }));

Deno.test("R-08 a waived parent stays waived, a new one does not count as waived", () =>
  withBoard(async (t) => {
    const [waived, added] = [await t.add(), await t.add()];
    const child = await t.add({ parents: [waived] });
    await t.do(child, { type: "move", to: "ready" });
    await link(t.board, added, child);
    assert.equal(await t.status(child), "todo");
    await t.do(added, complete);
    assert.equal(await t.status(child), "ready");
  }));

Deno.test("R-09 P-039 a task parked in todo is skipped by promotion until somebody moves it", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const id = await t.add({ parents: [parent], triage: true });
    await t.do(id, { type: "move", to: "todo" });
    const parked = await t.add();
    await t.do(parked, { type: "move", to: "todo" });
    await t.do(parent, complete);
    await promoteWaiting(t.board);
    await sweepWaiting(t.board, "");
    assert.deepEqual(await statuses(t, [id, parked]), ["todo", "todo"]);
    await t.do(parked, { type: "promote" });
    await t.do(id, { type: "move", to: "ready" });
    assert.deepEqual(await statuses(t, [id, parked]), ["ready", "ready"]);
  }));

Deno.test("S-056 promoteWaiting() promotes what a log entry freed, once", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const child = await t.add({ parents: [parent] });
    await t.raw("UPDATE tasks SET status = 'done', completed_at = 1 WHERE id = ?", [parent]);
    await t.raw(
      "INSERT INTO task_events (task_id, kind, created_at) VALUES (?, 'completed', 1)",
      [parent],
    );
    assert.deepEqual(await promoteWaiting(t.board), [child]);
    assert.deepEqual(await promoteWaiting(t.board), []);
    assert.equal((await t.events(child, "promoted")).length, 1);
  }));

Deno.test("S-056 promoteWaiting() on an unchanged board writes nothing", () =>
  withBoard(async (t) => {
    await t.add({ parents: [await t.add()] });
    let commits = 0;
    t.board.engine.onCommit(() => commits++);
    await promoteWaiting(t.board);
    await read(t.board, findPromotable);
    assert.equal(commits, 0);
  }));

Deno.test("S-056 sweepWaiting() finds rows that a foreign program freed without a log entry", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const children: string[] = [];
    for (let i = 0; i < 250; i++) children.push(await t.add({ parents: [parent] }));
    await t.raw("UPDATE tasks SET status = 'done', completed_at = 1 WHERE id = ?", [parent]);
    const one = await sweepWaiting(t.board, "");
    const two = await sweepWaiting(t.board, one.next);
    assert.deepEqual([...one.promoted, ...two.promoted], children);
    assert.deepEqual([one.promoted.length < 250, two.next], [true, ""]);
  }));

Deno.test("R-08 S-045 moving to ready without open parents waives nothing", () =>
  withBoard(async (t) => {
    const id = await t.add({ parents: [await t.in("done")], held: true });
    await t.do(id, { type: "move", to: "ready" });
    assert.deepEqual((await t.last(id)).payload, { status: "ready" });
    assert.equal(await t.count("task_links WHERE waived = 1"), 0);
  }));

function statuses(t: TestBoard, ids: string[]): Promise<string[]> {
  return Promise.all(ids.map((id) => t.status(id)));
}

function first<Row>(rows: Row[]): Row {
  return { ...rows[0]! };
}

async function refused(
  t: TestBoard,
  parent: string,
  child: string,
  code: string,
  message: RegExp,
): Promise<void> {
  const before = [await t.count("task_events"), await t.count("task_links")];
  await assert.rejects(link(t.board, parent, child), { code, message });
  assert.deepEqual([await t.count("task_events"), await t.count("task_links")], before);
}
