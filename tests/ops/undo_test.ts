// Owns: the proof that what people did can be taken back exactly, and that nothing else is.

import assert from "node:assert/strict";
import type { OpContext } from "../../src/ops/context.ts";
import { getDetail, getTask } from "../../src/kernel/detail.ts";
import { mustCommand } from "../../src/kernel/board.ts";
import type { Command } from "../../src/kernel/lifecycle/commands.ts";
import { archive } from "../../src/ops/tasks/archive.ts";
import { assign } from "../../src/ops/tasks/assign.ts";
import { block } from "../../src/ops/tasks/block.ts";
import { comment } from "../../src/ops/tasks/comment.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import { create } from "../../src/ops/tasks/create.ts";
import type { Operation } from "../../src/ops/define.ts";
import { edit } from "../../src/ops/tasks/edit.ts";
import { link } from "../../src/ops/tasks/link.ts";
import { move } from "../../src/ops/tasks/move.ts";
import { promote } from "../../src/ops/tasks/promote.ts";
import { reclaim } from "../../src/ops/runs/reclaim.ts";
import { runOp } from "../../src/ops/run.ts";
import { schedule } from "../../src/ops/tasks/schedule.ts";
import { unblock } from "../../src/ops/tasks/unblock.ts";
import { undo } from "../../src/ops/tasks/undo.ts";
import { unlink } from "../../src/ops/tasks/unlink.ts";
import { inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

const claim = { type: "claim", lock: "host:1", ttlSeconds: 900, lane: "builtin" } as const;

async function add(user: OpContext, title: string, more = {}): Promise<string> {
  return (await runOp(create, user, { title, ...more })).task.id;
}

/** The task's own columns, its neighbours with their statuses, and how often it was attempted. */
async function stateOf({ board }: OpsWorld, id: string) {
  const { task, parents, children } = await getDetail(board, id);
  return { task, parents, children };
}

/** Each action with the setting it happens in; `ready` is a task nothing keeps. */
const actions: [name: string, operation: Operation, setUp: (world: OpsWorld) => Promise<object>][] =
  [
    ["edit", edit as Operation, async ({ user }) => {
      const task_id = await add(user, "old", { body: "old body", priority: 2 });
      return { task_id, title: "new", body: null, priority: 9 };
    }],
    ["edit of a result", edit as Operation, async ({ user }) => {
      const task_id = await add(user, "x");
      await runOp(complete, user, { task_id, result: "r" });
      return { task_id, result: "better" };
    }],
    ["assign", assign as Operation, async ({ user }) => ({
      task_id: await add(user, "x", { assignee: "ana" }),
      assignee: null,
    })],
    ["schedule", schedule as Operation, async ({ user }) => ({
      task_id: await add(user, "x"),
      in_seconds: 60,
    })],
    ["archive", archive as Operation, async ({ user }) => ({
      task_id: await add(user, "x", { idempotency_key: "k" }),
    })],
    ["archive of a done task", archive as Operation, async ({ user }) => {
      const task_id = await add(user, "x");
      await runOp(complete, user, { task_id, result: "r" });
      return { task_id };
    }],
    ["move to todo", move as Operation, async ({ user }) => ({
      task_id: await add(user, "x"),
      to: "todo",
    })],
    ["move of a done task with a ready child", move as Operation, async ({ user }) => {
      const task_id = await add(user, "x");
      await add(user, "child", { parents: [task_id] });
      await runOp(complete, user, { task_id, result: "r" });
      return { task_id, to: "triage" };
    }],
    ["move to ready over an open parent", move as Operation, async ({ user }) => {
      const parent = await add(user, "parent");
      return { task_id: await add(user, "x", { parents: [parent] }), to: "ready" };
    }],
    ["promote", promote as Operation, async ({ user }) => {
      const task_id = await add(user, "x");
      await runOp(move, user, { task_id, to: "todo" });
      return { task_id };
    }],
    ["block", block as Operation, async ({ user }) => ({
      task_id: await add(user, "x"),
      reason: "why?",
      kind: "needs_input",
    })],
    ["unblock", unblock as Operation, async ({ user }) => {
      const task_id = await add(user, "x");
      await runOp(block, user, { task_id });
      return { task_id };
    }],
    ["complete by hand", complete as Operation, async ({ user }) => {
      const task_id = await add(user, "x");
      await add(user, "child", { parents: [task_id] });
      return { task_id, result: "r" };
    }],
  ];

for (const [name, operation, setUp] of actions) {
  Deno.test(`undo takes back: ${name}`, () =>
    inOpsWorld(async (world) => {
      const input = await setUp(world) as { task_id: string };
      const before = await stateOf(world, input.task_id);
      world.clock.advance(10);
      await runOp(operation, world.user, input);
      assert.notDeepEqual(await stateOf(world, input.task_id), before, "nothing happened");
      world.clock.advance(10);
      const { undone, actions } = await runOp(undo, world.user, {});
      assert.deepEqual([undone, actions.length, actions[0]?.task_id], [true, 1, input.task_id]);
      assert.deepEqual(await stateOf(world, input.task_id), before);
    }));
}

Deno.test("undo of a creation archives the task; links come and go with their effect on the child", () =>
  inOpsWorld(async (world) => {
    const { user, board } = world;
    const parent = await add(user, "parent");
    const child = await add(user, "child");
    await runOp(link, user, { parent_id: parent, child_id: child });
    assert.equal((await getTask(board, child)).status, "todo");
    await runOp(undo, user, {});
    assert.equal((await getTask(board, child)).status, "ready", "the link is gone");
    await runOp(link, user, { parent_id: parent, child_id: child });
    await runOp(unlink, user, { parent_id: parent, child_id: child });
    await runOp(undo, user, {});
    assert.equal((await getTask(board, child)).status, "todo", "the link is back");
    const { actions } = await runOp(undo, user, { count: 3 });
    assert.deepEqual(actions.map(({ verb }) => verb), ["link", "create", "create"]);
    assert.equal((await getTask(board, child)).status, "archived");
    assert.equal((await getTask(board, parent)).status, "archived");
    await assert.rejects(runOp(undo, user, {}), { code: "not_found" });
  }));

Deno.test("R-08 undo brings a waived link back as a waived one", () =>
  inOpsWorld(async (world) => {
    const { user } = world;
    const parent = await add(user, "parent");
    const child = await add(user, "child", { parents: [parent] });
    await runOp(move, user, { task_id: child, to: "ready" });
    const before = await stateOf(world, child);
    await runOp(unlink, user, { parent_id: parent, child_id: child });
    await runOp(undo, user, {});
    assert.deepEqual(await stateOf(world, child), before);
    assert.deepEqual([before.task.status, before.parents[0]?.waived], ["ready", 1]);
  }));

Deno.test("undo refuses what has moved on, says why, and changes nothing; --action reaches further back", () =>
  inOpsWorld(async ({ user, board }) => {
    const first = await add(user, "first", { assignee: "ana" });
    const other = await add(user, "other");
    await runOp(assign, user, { task_id: first, assignee: "bob" });
    await mustCommand(board, first, claim);
    const { actions } = await runOp(undo, user, { list: true });
    assert.deepEqual(actions.map(({ verb, obstacle }) => [verb, obstacle]), [
      ["assign", "it is currently running"],
      ["create", null],
      ["create", `${first} was claimed since (run 1)`],
    ]);
    await assert.rejects(runOp(undo, user, {}), { code: "refused", message: /currently running/ });
    await assert.rejects(runOp(undo, user, { count: 2 }), { message: /currently running/ });
    assert.equal((await getTask(board, other)).status, "ready");
    const one = await runOp(undo, user, { action: actions[1]!.id });
    assert.equal(one.actions[0]?.task_id, other);
    assert.equal((await getTask(board, other)).status, "archived");
    await assert.rejects(runOp(undo, user, { action: actions[1]!.id }), {
      code: "not_found",
      message: /undone already/,
    });
    await assert.rejects(runOp(undo, user, { action: 99 }), { message: /no such action/ });
  }));

Deno.test("undo takes back only what it left behind: a value that somebody else changed since stays", () =>
  inOpsWorld(async ({ user, board }) => {
    const id = await add(user, "old", { assignee: "ana" });
    const changes: [Operation, object, Command, RegExp][] = [
      [
        edit as Operation,
        { title: "new" },
        { type: "edit", title: "newer" },
        /title changed again/,
      ],
      [edit as Operation, { priority: 2 }, { type: "reprioritize", priority: 3 }, /priority is 3/],
      [assign as Operation, { assignee: "bob" }, { type: "assign", assignee: null }, /to nobody/],
      [
        schedule as Operation,
        { in_seconds: 60 },
        { type: "schedule", at: null },
        /schedule changed/,
      ],
    ];
    for (const [operation, input, command, reason] of changes) {
      await runOp(operation, user, { task_id: id, ...input });
      await mustCommand(board, id, command);
      await assert.rejects(runOp(undo, user, {}), { code: "refused", message: reason });
    }
    const { title, priority, assignee, not_before } = await getTask(board, id);
    assert.deepEqual([title, priority, assignee, not_before], ["newer", 3, null, null]);
  }));

Deno.test("undo is all or nothing", () =>
  inOpsWorld(async ({ user, board }) => {
    const id = await add(user, "x");
    await runOp(comment, user, { task_id: id, body: "hello" });
    await runOp(edit, user, { task_id: id, title: "y" });
    await assert.rejects(runOp(undo, user, { count: 2 }), {
      message: /others may have read the comment/,
      remedy: /Nothing was undone/,
    });
    assert.equal((await getTask(board, id)).title, "y");
  }));

Deno.test("undo says plainly that an attempt cannot be brought back", () =>
  inOpsWorld(async ({ user, board }) => {
    for (
      const [operation, more] of [[archive, {}], [move, { to: "todo" }], [reclaim, {}]] as const
    ) {
      const id = await add(user, "x");
      await mustCommand(board, id, claim);
      await runOp(operation as unknown as Operation, user, { task_id: id, ...more });
      await assert.rejects(runOp(undo, user, {}), {
        code: "refused",
        message: /ended run \d+, and an attempt cannot be brought back/,
      });
    }
  }));

Deno.test("undo of a completion is refused once a task that it freed was started", () =>
  inOpsWorld(async ({ user, board }) => {
    const parent = await add(user, "parent");
    const child = await add(user, "child", { parents: [parent] });
    await runOp(complete, user, { task_id: parent });
    await mustCommand(board, child, claim);
    await assert.rejects(runOp(undo, user, {}), { message: new RegExp(`${child} was claimed`) });
    assert.equal((await getTask(board, parent)).status, "done");
  }));

Deno.test("undo touches only what people did: an agent's and a change that changed nothing are not remembered", () =>
  inOpsWorld(async ({ user, as, board }) => {
    const id = await add(user, "x", { assignee: "ana" });
    const { runId } = await mustCommand(board, id, claim);
    const worker = await as(workerOf(id, runId));
    await runOp(create, worker, { title: "follow-up", assignee: "bob" });
    await runOp(comment, worker, { task_id: id, body: "found it" });
    await runOp(complete, worker, { task_id: id, summary: "done" });
    await runOp(assign, user, { task_id: id, assignee: "ana" });
    const { actions } = await runOp(undo, user, { list: true });
    assert.deepEqual(actions.map(({ verb, task_id }) => [verb, task_id]), [["create", id]]);
    await assert.rejects(runOp(undo, worker, {}), { code: "forbidden" });
  }));

Deno.test("undo of an archive leaves the idempotency key to the task that has it by now", () =>
  inOpsWorld(async ({ user, board }) => {
    const id = await add(user, "first", { idempotency_key: "k" });
    await runOp(archive, user, { task_id: id });
    const archived = (await runOp(undo, user, { list: true })).actions[0]!.id;
    const heir = await add(user, "second", { idempotency_key: "k" });
    await runOp(undo, user, { action: archived });
    assert.equal((await getTask(board, id)).idempotency_key, null);
    assert.equal((await getTask(board, id)).status, "ready");
    assert.equal((await getTask(board, heir)).idempotency_key, "k");
  }));

Deno.test("undo writes events like everything else, and keeps the last 200 actions", () =>
  inOpsWorld(async ({ user, board }) => {
    const id = await add(user, "x");
    await runOp(move, user, { task_id: id, to: "todo" });
    await runOp(undo, user, {});
    const { events } = await getDetail(board, id);
    const { kind, payload } = events.at(-1)!;
    assert.deepEqual([kind, payload], ["status", { status: "ready", undo: "move" }]);
    for (let priority = 1; priority <= 205; priority++) {
      await runOp(edit, user, { task_id: id, priority });
    }
    assert.equal((await runOp(undo, user, { list: true, limit: 200 })).actions.length, 200);
  }));
