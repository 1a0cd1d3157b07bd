// Owns: the proof of the orders, pages and searches of `list`.

import assert from "node:assert/strict";
import { comment } from "../../src/ops/tasks/comment.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { list } from "../../src/ops/views/list.ts";
import { runOp } from "../../src/ops/run.ts";
import { inOpsWorld, type OpsWorld } from "./world.ts";

/** Five tasks, a second apart: title → priority and assignee. */
async function fill({ user, clock }: OpsWorld): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const rows = [["delta", 0, "zoe"], ["Alpha", 5, null], ["charlie", 0, "Ana"], [
    "bravo",
    1,
    "zoe",
  ]];
  for (const [title, priority, assignee] of rows) {
    clock.advance(1);
    ids[String(title)] = (await runOp(create, user, { title, priority, assignee })).task.id;
  }
  return ids;
}

Deno.test("S-038 S-170 list sorts by priority, created, updated, status, assignee and title", () =>
  inOpsWorld(async (world) => {
    const { user, clock } = world;
    const ids = await fill(world);
    clock.advance(1);
    await runOp(complete, user, { task_id: ids["Alpha"] });
    clock.advance(1);
    await runOp(comment, user, { task_id: ids["charlie"], body: "hm" });
    const orders = {
      priority: "Alpha bravo delta charlie",
      created: "bravo charlie Alpha delta",
      updated: "charlie Alpha bravo delta",
      status: "bravo delta charlie Alpha",
      assignee: "charlie bravo delta Alpha",
      title: "Alpha bravo charlie delta",
    };
    for (const [sort, expected] of Object.entries(orders)) {
      const { tasks } = await runOp(list, user, { sort });
      assert.equal(tasks.map(({ title }) => title).join(" "), expected, sort);
    }
    const { tasks } = await runOp(list, user, {});
    assert.equal(tasks.map(({ title }) => title).join(" "), orders.priority);
    await assert.rejects(runOp(list, user, { sort: "colour" }), { code: "usage" });
  }));

Deno.test("list pages without gaps or overlaps in every order, and tells how many there are", () =>
  inOpsWorld(async (world) => {
    const { user } = world;
    await fill(world);
    for (const sort of ["priority", "created", "updated", "status", "assignee", "title"]) {
      const whole = (await runOp(list, user, { sort })).tasks.map(({ id }) => id);
      const pages = [];
      for (let offset = 0; offset < 4; offset += 3) {
        const page = await runOp(list, user, { sort, limit: 3, offset });
        assert.deepEqual([page.total, page.truncated, page.offset], [4, offset === 0, offset]);
        pages.push(...page.tasks.map(({ id }) => id));
      }
      assert.deepEqual(pages, whole, sort);
    }
    assert.equal((await runOp(list, user, { offset: 3 })).tasks.length, 1);
    const beyond = await runOp(list, user, { offset: 9 });
    assert.deepEqual([beyond.tasks, beyond.total, beyond.truncated], [[], 4, false]);
  }));

Deno.test("list searches within its filters and pages", () =>
  inOpsWorld(async (world) => {
    const { user } = world;
    const ids = await fill(world);
    for (const title of ["bravo", "delta", "Alpha"]) {
      await runOp(comment, user, { task_id: ids[title], body: "about the harbour" });
    }
    const all = await runOp(list, user, { search: "harbour" });
    assert.deepEqual(all.tasks.map(({ title }) => title), ["Alpha", "bravo", "delta"]);
    const zoes = await runOp(list, user, { search: "harbour", assignee: "zoe", limit: 1 });
    assert.deepEqual([zoes.tasks[0]?.title, zoes.total, zoes.truncated], ["bravo", 2, true]);
    assert.equal((await runOp(list, user, { search: "harbour", status: "done" })).total, 0);
  }));
