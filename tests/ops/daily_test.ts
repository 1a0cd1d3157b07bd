// Owns: the proof of what people do to tasks day by day: schedule, promote, reassign, restore, edit, attach.

import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { getDetail, getTask } from "../../src/kernel/detail.ts";
import {
  advanceSubscription,
  endFinalSubscription,
  subscriptions,
  unseenEvents,
} from "../../src/kernel/feed.ts";
import { archive } from "../../src/ops/tasks/archive.ts";
import { attach, attachments, detach } from "../../src/ops/tasks/attach.ts";
import { block } from "../../src/ops/tasks/block.ts";
import { boardsSetDefaultWorkdir } from "../../src/ops/boards/change.ts";
import { claim } from "../../src/ops/tasks/claim.ts";
import { comment } from "../../src/ops/tasks/comment.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { dispatch } from "../../src/ops/runs/dispatch.ts";
import { edit } from "../../src/ops/tasks/edit.ts";
import { notifyList, notifySubscribe, notifyUnsubscribe } from "../../src/ops/tasks/notify.ts";
import { promote } from "../../src/ops/tasks/promote.ts";
import { reassign } from "../../src/ops/tasks/reassign.ts";
import { runOp } from "../../src/ops/run.ts";
import { schedule } from "../../src/ops/tasks/schedule.ts";
import { show } from "../../src/ops/views/show.ts";
import { addProfile, inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

function failsWith(code: string, message: RegExp, remedy = /./) {
  return (error: unknown) => {
    assert.ok(error instanceof HermesError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.match(error.remedy ?? "(none)", remedy);
    return true;
  };
}

async function add(world: OpsWorld, input: Record<string, unknown> = {}): Promise<string> {
  return (await runOp(create, world.user, { title: "a task", ...input })).task.id;
}

/** The tasks that the dispatcher would start now. */
async function startable({ user }: OpsWorld): Promise<string[]> {
  const { spawned } = await runOp(dispatch, user, { dry_run: true });
  return spawned.map(({ task_id }) => task_id);
}

async function lastEvent(world: OpsWorld, id: string) {
  const { kind, payload } = (await getDetail(world.board, id)).events.at(-1)!;
  return { kind, payload };
}

Deno.test("U-015 schedule keeps a ready task from the dispatcher until its time, and clear lifts the wait", () =>
  inOpsWorld(async (world) => {
    const id = await add(world, { assignee: "default" });
    const now = world.clock.now();
    const set = await runOp(schedule, world.user, { task_id: id, in_seconds: 3600 });
    assert.deepEqual(set, { task_id: id, status: "ready", not_before: now + 3600 });
    assert.deepEqual(await lastEvent(world, id), {
      kind: "scheduled",
      payload: { at: now + 3600 },
    });
    assert.deepEqual(await startable(world), []);
    world.clock.advance(3600);
    assert.deepEqual(await startable(world), [id]);
    const at = world.clock.now() + 5;
    await runOp(schedule, world.user, { task_id: id, not_before: at });
    assert.deepEqual(await startable(world), []);
    await runOp(schedule, world.user, { task_id: id, clear: true });
    assert.deepEqual(await startable(world), [id]);
  }));

Deno.test("U-015 create takes a time or a delay; two times, no time and a time that is over are refused", () =>
  inOpsWorld(async (world) => {
    const now = world.clock.now();
    const delayed = await runOp(create, world.user, { title: "later", in_seconds: 60 });
    assert.deepEqual([delayed.task.status, delayed.task.not_before], ["ready", now + 60]);
    const dated = await runOp(create, world.user, { title: "later", not_before: now + 7 });
    assert.equal(dated.task.not_before, now + 7);
    const both = { title: "x", not_before: now + 7, in_seconds: 7 };
    await assert.rejects(runOp(create, world.user, both), failsWith("usage", /together/));
    const over = { task_id: dated.task.id, not_before: now };
    await assert.rejects(runOp(schedule, world.user, over), failsWith("invalid", /is over/));
    const none = { task_id: dated.task.id };
    await assert.rejects(
      runOp(schedule, world.user, none),
      failsWith("usage", /no time/, /--clear/),
    );
    const mixed = { task_id: dated.task.id, in_seconds: 5, clear: true };
    await assert.rejects(runOp(schedule, world.user, mixed), failsWith("usage", /--clear/));
  }));

Deno.test("U-018 promote starts a parked task, and one with open parents only by force", () =>
  inOpsWorld(async (world) => {
    const parent = await add(world);
    const child = await add(world, { parents: [parent] });
    const plain = { task_id: child };
    await assert.rejects(
      runOp(promote, world.user, plain),
      failsWith("refused", /waits for "a task"/, /--force/),
    );
    const events = (await getDetail(world.board, child)).events.length;
    const dry = await runOp(promote, world.user, { ...plain, force: true, dry_run: true });
    assert.deepEqual(dry, {
      task_id: child,
      status: "ready",
      dry_run: true,
      waived_parents: [parent],
    });
    await assert.rejects(
      runOp(promote, world.user, { ...plain, dry_run: true }),
      failsWith("refused", /waits for/),
    );
    const after = await getDetail(world.board, child);
    assert.deepEqual([after.task.status, after.events.length], ["todo", events], "nothing changed");
    await runOp(promote, world.user, { ...plain, force: true });
    assert.equal((await getTask(world.board, child)).status, "ready");
    assert.deepEqual((await lastEvent(world, child)).payload, {
      status: "ready",
      waived_parents: [parent],
    }, "R-08");
  }));

Deno.test("R-10 U-018 promote does not release a block; each status has a remedy of its own", () =>
  inOpsWorld(async (world) => {
    const id = await add(world);
    await assert.rejects(
      runOp(promote, world.user, { task_id: id, force: true }),
      failsWith("refused", /status is ready/, /It is ready/),
    );
    await runOp(block, world.user, { task_id: id, reason: "wait" });
    await assert.rejects(
      runOp(promote, world.user, { task_id: id, force: true }),
      failsWith("refused", /status is blocked/, /unblock/),
    );
    assert.equal((await getTask(world.board, id)).status, "blocked");
  }));

Deno.test("U-019 S-065 reassign refuses a running task unless it is reclaimed, which ends the attempt with the reason", () =>
  inOpsWorld(async (world) => {
    await addProfile(world.home, "reviewer");
    const id = await add(world, { assignee: "default" });
    const { run_id } = await runOp(claim, world.user, { task_id: id });
    const input = { task_id: id, assignee: "reviewer", reason: "stuck" };
    await assert.rejects(
      runOp(reassign, world.user, input),
      failsWith("refused", /currently running/, /--reclaim/),
    );
    const moved = await runOp(reassign, world.user, { ...input, reclaim: true });
    assert.deepEqual(moved, {
      task_id: id,
      assignee: "reviewer",
      status: "ready",
      reclaimed_run: run_id,
    });
    const { runs, comments, task } = await getDetail(world.board, id);
    assert.deepEqual([runs[0]!.outcome, runs[0]!.error], ["reclaimed", "stuck"]);
    assert.deepEqual([task.assignee, task.current_run_id, comments], ["reviewer", null, []]);
    const again = await runOp(reassign, world.user, { ...input, assignee: null, reclaim: true });
    assert.deepEqual([again.assignee, again.reclaimed_run], [null, null]);
    assert.equal((await getDetail(world.board, id)).comments[0]?.body, "stuck");
  }));

Deno.test("S-044 archive --restore brings a completed task back as done and parks any other", () =>
  inOpsWorld(async (world) => {
    const done = await add(world);
    const child = await add(world, { parents: [done] });
    await runOp(complete, world.user, { task_id: done, result: "made" });
    await runOp(archive, world.user, { task_id: done });
    const back = await runOp(archive, world.user, { task_id: done, restore: true });
    assert.equal(back.status, "done");
    assert.equal((await getTask(world.board, done)).result, "made");
    assert.equal((await getTask(world.board, child)).status, "ready", "R-02: it stays satisfied");
    const open = await add(world);
    await runOp(archive, world.user, { task_id: open });
    assert.equal(
      (await runOp(archive, world.user, { task_id: open, restore: true })).status,
      "todo",
    );
    assert.equal((await getTask(world.board, open)).held, 1, "R-09");
    await assert.rejects(
      runOp(archive, world.user, { task_id: open, restore: true }),
      failsWith("refused", /status is todo/, /none/),
    );
  }));

Deno.test("U-020 R-15 edit corrects the result of a completed task, and of no other", () =>
  inOpsWorld(async (world) => {
    const id = await add(world);
    await assert.rejects(
      runOp(edit, world.user, { task_id: id, result: "x" }),
      failsWith("refused", /status is ready/, /complete/),
    );
    await assert.rejects(runOp(edit, world.user, { task_id: id }), failsWith("usage", /nothing/));
    await runOp(complete, world.user, { task_id: id, result: "one" });
    const { task } = await runOp(edit, world.user, { task_id: id, result: "two", title: "new" });
    assert.deepEqual([task.result, task.title, task.status], ["two", "new", "done"]);
    assert.deepEqual(await lastEvent(world, id), {
      kind: "edited",
      payload: { fields: ["title", "result"] },
    });
  }));

Deno.test("U-058 a worker attaches to its own task only; show and attachments list what is there", () =>
  inOpsWorld(async (world) => {
    const path = join(world.home, "notes.md");
    await Deno.writeTextFile(path, "hello");
    const [id, other] = [await add(world, { assignee: "default" }), await add(world)];
    const { run_id } = await runOp(claim, world.user, { task_id: id });
    const worker = await world.as(workerOf(id, run_id));
    await assert.rejects(
      runOp(attach, worker, { task_id: other, path }),
      failsWith("forbidden", /its own/),
    );
    const { attachment } = await runOp(attach, worker, { task_id: id, path, name: "plan.md" });
    assert.deepEqual([attachment.filename, attachment.uploaded_by], ["plan.md", "writer"]);
    assert.equal(
      attachment.stored_path,
      join(world.home, "kanban", "attachments", id, "plan.md"),
    );
    const listed = (await runOp(attachments, world.user, { task_id: id })).attachments;
    assert.deepEqual(listed.map((each) => ({ ...each })), [{ ...attachment }]);
    const shown = await runOp(show, world.user, { task_id: id, brief: true });
    assert.deepEqual(shown.attachments.map((each) => each.id), [attachment.id]);
    assert.ok(shown.worker_context?.includes(attachment.stored_path));
    const { file_removed } = await runOp(detach, world.user, { attachment_id: attachment.id });
    assert.equal(file_removed, true);
    await assert.rejects(Deno.stat(attachment.stored_path));
  }));

Deno.test("S-119 S-186 R-17 subscriptions: a thread is one of its own, a new one starts at the newest event", () =>
  inOpsWorld(async (world) => {
    const id = await add(world);
    const chat = { task_id: id, platform: "slack", chat_id: "C1" };
    assert.equal((await runOp(notifySubscribe, world.user, chat)).added, true);
    assert.equal((await runOp(notifySubscribe, world.user, chat)).added, false);
    const thread = { ...chat, thread_id: "7", user_id: "ann" };
    assert.equal((await runOp(notifySubscribe, world.user, thread)).added, true);
    const newest = (await getDetail(world.board, id)).events.at(-1)!.id;
    const listed = (await runOp(notifyList, world.user, { task_id: id })).subscriptions;
    assert.deepEqual(
      listed.map(({ thread_id, user_id, last_event_id }) => [
        thread_id,
        user_id,
        last_event_id,
      ]),
      [["", null, newest], ["7", "ann", newest]],
    );
    await runOp(notifyUnsubscribe, world.user, chat);
    assert.equal((await runOp(notifyList, world.user, {})).subscriptions.length, 1);
    await assert.rejects(
      runOp(notifyUnsubscribe, world.user, chat),
      failsWith("not_found", /slack C1/, /notify-list/),
    );
    await assert.rejects(
      runOp(notifySubscribe, world.user, { ...chat, task_id: "t_nope" }),
      failsWith("not_found", /t_nope/),
    );
    await runOp(complete, world.user, { task_id: id });
    const late = await runOp(notifySubscribe, world.user, chat);
    assert.match(late.warning ?? "", /is done/);
  }));

Deno.test("R-19 a subscription ends after the last chosen event of a finished task, and not before", () =>
  inOpsWorld(async (world) => {
    const { board } = world;
    const id = await add(world);
    const kinds = ["completed", "blocked"];
    await runOp(notifySubscribe, world.user, { task_id: id, platform: "x", chat_id: "1" });
    const current = async () => (await subscriptions(board, id))[0]!;
    assert.equal(await endFinalSubscription(board, await current(), kinds), false, "not done");
    await runOp(complete, world.user, { task_id: id });
    assert.equal(await endFinalSubscription(board, await current(), kinds), false, "not told");
    const { cursor } = await unseenEvents(board, await current(), kinds);
    await advanceSubscription(board, await current(), cursor);
    await runOp(comment, world.user, { task_id: id, body: "nice" });
    assert.equal(await endFinalSubscription(board, await current(), kinds), true);
    assert.deepEqual(await subscriptions(board, id), []);
  }));

Deno.test("U-007 a board's folder goes to dir and worktree tasks without one, never to scratch", () =>
  inOpsWorld(async (world) => {
    const made = async (input: Record<string, unknown>) =>
      (await runOp(create, world.user, { title: "x", ...input })).task.workspace_path;
    await assert.rejects(
      made({ workspace_kind: "dir" }),
      failsWith("usage", /needs a folder/, /set-default-workdir default/),
    );
    assert.equal(await made({ workspace_kind: "worktree" }), null);
    await runOp(boardsSetDefaultWorkdir, world.user, { slug: "default", path: world.home });
    assert.equal(await made({ workspace_kind: "dir" }), world.home);
    assert.equal(await made({ workspace_kind: "worktree" }), world.home);
    assert.equal(await made({ workspace_kind: "dir", workspace_path: "/own" }), "/own");
    assert.equal(await made({}), null);
    await runOp(boardsSetDefaultWorkdir, world.user, { slug: "default" });
    assert.equal(await made({ workspace_kind: "worktree" }), null);
  }));
