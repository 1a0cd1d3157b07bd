// Owns: proof of reading: lists, details, counts.

import assert from "node:assert/strict";
import { getDetail, getList, getRun, getRuns, getStats, getTask } from "../../src/kernel/detail.ts";
import type { ListFilter } from "../../src/kernel/queries/tasks.ts";
import { claim, complete, type TestBoard, withBoard } from "./board_fixture.ts";

Deno.test("S-038 the list runs from high priority to low, and from old to new", () =>
  withBoard(async (t) => {
    const low = await t.add({ priority: -1 });
    const old = await t.add();
    t.clock.advance(5);
    const young = await t.add();
    const urgent = await t.add({ priority: 9 });
    assert.deepEqual(await list(t), [urgent, old, young, low]);
  }));

Deno.test("S-038 archived tasks are hidden unless asked for", () =>
  withBoard(async (t) => {
    const [live, gone] = [await t.add(), await t.in("archived")];
    assert.deepEqual(await list(t), [live]);
    assert.deepEqual(await list(t, { includeArchived: true }), [live, gone]);
    assert.deepEqual(await list(t, { status: "archived" }), [gone]);
  }));

Deno.test("S-038 the list can be narrowed to an assignee, a status, a tenant, or all of them", () =>
  withBoard(async (t) => {
    const mine = await t.add({ assignee: "ana", tenant: "acme" });
    const theirs = await t.add({ assignee: "bob", tenant: "acme" });
    const nobodys = await t.in("done");
    assert.deepEqual(await list(t, { assignee: "ana" }), [mine]);
    assert.deepEqual(await list(t, { assignee: null }), [nobodys]);
    assert.deepEqual(await list(t, { tenant: "acme" }), [mine, theirs]);
    assert.deepEqual(await list(t, { status: "done" }), [nobodys]);
    assert.deepEqual(await list(t, { assignee: "bob", status: "ready", tenant: "acme" }), [theirs]);
    assert.deepEqual(await list(t, { assignee: "bob", status: "done" }), []);
    assert.deepEqual(await list(t, { limit: 2 }), [mine, theirs]);
  }));

Deno.test("S-111 a tenant with newlines is listed and counted like any other", () =>
  withBoard(async (t) => {
    const id = await t.add({ tenant: "two\nlines" });
    await t.add({ tenant: "two" });
    assert.deepEqual(await list(t, { tenant: "two\nlines" }), [id]);
    assert.deepEqual((await getStats(t.board)).by_status, { ready: 2 });
  }));

Deno.test("S-027 a filter value is never read as SQL", () =>
  withBoard(async (t) => {
    await t.add();
    const trick = "x' OR '1'='1";
    for (const filter of [{ assignee: trick }, { status: trick }, { tenant: trick }]) {
      assert.deepEqual(await list(t, filter), []);
    }
  }));

Deno.test("the detail shows neighbours, thread, events and attempts of one moment", () =>
  withBoard(async (t) => {
    const parent = await t.in("done", { title: "first" });
    const id = await t.add({ title: "second", parents: [parent], skills: ["git"] });
    const child = await t.add({ title: "third", parents: [id] });
    await t.do(id, claim);
    await t.do(id, { ...complete, summary: "finished", metadata: { files: 2 } });
    const detail = await getDetail(t.board, id);
    assert.deepEqual(detail.task.skills, ["git"]);
    assert.deepEqual(detail.parents.map((task) => task.id), [parent]);
    assert.deepEqual(detail.children.map((task) => [task.id, task.status]), [[child, "ready"]]);
    assert.deepEqual(detail.runs.map(({ summary, metadata }) => ({ summary, metadata })), [
      { summary: "finished", metadata: { files: 2 } },
    ]);
    assert.deepEqual(detail.events.map(({ kind }) => kind), ["created", "claimed", "completed"]);
    await assert.rejects(getDetail(t.board, "t_nowhere"), { code: "not_found" });
  }));

Deno.test("single reads name what they cannot find", () =>
  withBoard(async (t) => {
    for (const look of [getTask, getDetail, getRuns]) {
      await assert.rejects(look(t.board, "t_nowhere"), { code: "not_found", message: /t_nowhere/ });
    }
    assert.equal(await getRun(t.board, 99), null);
    const id = await t.add();
    const run = await t.claimed(id);
    assert.equal((await getRun(t.board, run))?.task_id, id);
    assert.deepEqual((await getRuns(t.board, id)).map((row) => row.id), [run]);
  }));

Deno.test("S-184 stats count by status and by assignee, archived tasks only by status", () =>
  withBoard(async (t) => {
    await t.add({ assignee: "ana" });
    await t.in("done", { assignee: "ana" });
    await t.in("blocked");
    await t.in("archived", { assignee: "bob" });
    t.clock.advance(60);
    assert.deepEqual(await getStats(t.board), {
      by_status: { ready: 1, done: 1, blocked: 1, archived: 1 },
      by_assignee: { ana: { ready: 1, done: 1 }, "": { blocked: 1 } },
      oldest_ready_age_seconds: 60,
      now: t.clock.now(),
    });
  }));

Deno.test("S-074 S-184 the age of the oldest ready task is never negative, and null without one", () =>
  withBoard(async (t) => {
    assert.equal((await getStats(t.board)).oldest_ready_age_seconds, null);
    await t.add();
    t.clock.step(-500);
    assert.equal((await getStats(t.board)).oldest_ready_age_seconds, 0);
  }));

Deno.test("a status of another program is listed and left alone", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.raw("UPDATE tasks SET status = 'review'");
    assert.deepEqual(await list(t), [id]);
    assert.deepEqual((await getStats(t.board)).by_status, { review: 1 });
  }));

async function list(t: TestBoard, filter: ListFilter = {}): Promise<string[]> {
  return (await getList(t.board, filter)).map(({ id }) => id);
}
