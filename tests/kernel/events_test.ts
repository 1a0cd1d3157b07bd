// Owns: proof of the event log, its readers, comments and subscriptions.

import assert from "node:assert/strict";
import { addComment, commentsOf } from "../../src/kernel/comments.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import {
  advanceSubscription,
  endOfLog,
  pruneEvents,
  readEvents,
  subscribe,
  subscriptions,
  unseenEvents,
  unsubscribe,
} from "../../src/kernel/feed.ts";
import { link, unlink } from "../../src/kernel/graph.ts";
import type { SubscriptionRow } from "../../src/kernel/model/rows.ts";
import { block, claim, complete, type TestBoard, withBoard } from "./board_fixture.ts";

const chat = { platform: "telegram", chatId: "42" };

Deno.test("S-077 unblocked has no payload and no run", () =>
  withBoard(async (t) => {
    const id = await t.in("blocked");
    await t.do(id, { type: "unblock", byHuman: true });
    const { kind, payload, run_id } = await t.last(id);
    assert.deepEqual({ kind, payload, run_id }, { kind: "unblocked", payload: null, run_id: null });
  }));

Deno.test("S-078 blocked carries the reason, and the kind when there is one", () =>
  withBoard(async (t) => {
    const [plain, kind] = [await t.add(), await t.add()];
    await t.do(plain, block("no access"));
    await t.do(kind, { type: "block", reason: null, kind: "needs_input" });
    assert.deepEqual((await t.last(plain)).payload, { reason: "no access" });
    assert.deepEqual((await t.last(kind)).payload, { reason: null, kind: "needs_input" });
  }));

Deno.test("S-079 R-15 reprioritized carries the priority, edited the changed fields", () =>
  withBoard(async (t) => {
    const id = await t.add({ title: "old", body: "same" });
    await t.do(id, { type: "reprioritize", priority: 7 });
    assert.deepEqual((await t.last(id)).payload, { priority: 7 });
    await t.do(id, { type: "edit", title: "new", body: "same", result: "found" });
    assert.deepEqual((await t.last(id)).payload, { fields: ["title", "result"] });
    const before = await t.count("task_events");
    for (
      const what of [{ type: "reprioritize", priority: 7 }, { type: "edit", title: "new" }] as const
    ) {
      assert.equal((await t.do(id, what)).changed, false);
    }
    assert.equal(await t.count("task_events"), before);
  }));

Deno.test("S-029 S-218 a title cannot be edited away", () =>
  withBoard(async (t) => {
    const id = await t.add({ title: "kept" });
    for (const title of ["", " \n"]) {
      await assert.rejects(t.do(id, { type: "edit", title }), {
        code: "invalid",
        message: /title is required/,
      });
    }
    assert.equal((await t.task(id)).title, "kept");
    await t.do(id, { type: "edit", title: "  trimmed " });
    assert.equal((await t.task(id)).title, "trimmed");
  }));

Deno.test("S-084 run-scoped events carry their run, task-scoped ones none", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const id = await t.add({ parents: [parent] });
    await t.do(parent, complete);
    await t.do(id, { type: "assign", assignee: "ana" });
    await t.do(id, { type: "edit", title: "x" });
    await t.do(id, { type: "reprioritize", priority: 1 });
    const attempts: (() => Promise<unknown>)[] = [
      () => t.do(id, { type: "spawn_failed", error: "e" }),
      () => t.do(id, { type: "crash", pid: 1, error: "e" }),
      () => t.do(id, { type: "reclaim", reason: null }),
      () => t.do(id, block("why")),
    ];
    for (const end of attempts) {
      await t.do(id, claim);
      await t.do(id, { type: "spawned", process: { pid: 1, start: "s", boot: "b" } });
      await t.do(id, { type: "heartbeat", note: null });
      await end();
    }
    await t.do(id, { type: "unblock", byHuman: false });
    t.policy.failureLimit = 1;
    const elapsed = { elapsedSeconds: 9, limitSeconds: 5, sigkill: true };
    await t.do(id, claim);
    await t.do(id, { type: "time_out", pid: 1, ...elapsed });
    await t.do(id, { type: "unblock", byHuman: true });
    t.policy.failureLimit = 9;
    await t.do(id, claim);
    await t.do(id, { type: "time_out", pid: 1, ...elapsed });
    await t.do(id, claim);
    await t.do(id, complete);
    const scoped = new Map<string, boolean>();
    for (const { kind, run_id } of await t.events(id)) scoped.set(kind, run_id !== null);
    const withRun = [...scoped].filter(([, has]) => has).map(([kind]) => kind).sort();
    const without = [...scoped].filter(([, has]) => !has).map(([kind]) => kind).sort();
    assert.deepEqual(withRun, [
      "blocked",
      "claimed",
      "completed",
      "crashed",
      "gave_up",
      "heartbeat",
      "reclaimed",
      "spawn_failed",
      "spawned",
      "timed_out",
    ]);
    assert.deepEqual(without, [
      "assigned",
      "created",
      "edited",
      "promoted",
      "reprioritized",
      "unblocked",
    ]);
  }));

Deno.test("S-085 P-053 every way to read an event returns its run", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await subscribe(t.board, id, chat);
    const run = await t.claimed(id);
    const [subscription] = await subscriptions(t.board, id);
    const reads = [
      (await getDetail(t.board, id)).events,
      (await readEvents(t.board, 0)).events,
      (await readEvents(t.board, 0, 10, id)).events,
      (await unseenEvents(t.board, subscription!, ["claimed"])).events,
    ];
    for (const events of reads) assert.equal(events.at(-1)?.run_id, run);
  }));

Deno.test("S-020 readEvents() goes on from its cursor and stops at the limit", () =>
  withBoard(async (t) => {
    const ids = [await t.add(), await t.add(), await t.add()];
    const one = await readEvents(t.board, 0, 2);
    const two = await readEvents(t.board, one.cursor, 2);
    const end = await readEvents(t.board, two.cursor, 2);
    assert.deepEqual([...one.events, ...two.events].map(({ task_id }) => task_id), ids);
    assert.deepEqual([end.events, end.cursor], [[], two.cursor]);
    assert.equal(await endOfLog(t.board), two.cursor);
  }));

Deno.test("S-081 S-118 a comment is stored and its event carries author and length", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await addComment(t.board, id, " ana ", "looks good");
    const [comment] = await commentsOf(t.board, id);
    assert.deepEqual([comment?.author, comment?.body, comment?.created_at], [
      "ana",
      "looks good",
      t.clock.now(),
    ]);
    const { kind, payload, run_id } = await t.last(id);
    assert.deepEqual({ kind, payload, run_id }, {
      kind: "commented",
      payload: { author: "ana", len: 10 },
      run_id: null,
    });
  }));

Deno.test("S-118 a blank author, a blank body and an unknown task are refused", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await assert.rejects(addComment(t.board, id, " ", "text"), { code: "invalid" });
    await assert.rejects(addComment(t.board, id, "ana", "\n "), { code: "invalid" });
    await assert.rejects(addComment(t.board, "t_nowhere", "ana", "x"), { code: "not_found" });
    assert.deepEqual([await t.count("task_comments"), await t.count("task_events")], [0, 1]);
  }));

Deno.test("S-119 S-022 a distinct thread is a distinct subscription, a repeated one is not", () =>
  withBoard(async (t) => {
    const id = await t.add();
    assert.equal(await subscribe(t.board, id, chat), true);
    assert.equal(await subscribe(t.board, id, { ...chat, userId: "u" }), false);
    assert.equal(await subscribe(t.board, id, { ...chat, threadId: "7" }), true);
    const found = await subscriptions(t.board, id);
    assert.deepEqual(found.map(({ thread_id, user_id }) => [thread_id, user_id]), [
      ["", null],
      ["7", null],
    ]);
    assert.equal((await subscriptions(t.board)).length, 2);
    assert.equal(await unsubscribe(t.board, id, { ...chat, threadId: "7" }), true);
    assert.equal(await unsubscribe(t.board, id, { ...chat, threadId: "7" }), false);
    assert.equal((await subscriptions(t.board, id)).length, 1);
    await assert.rejects(subscribe(t.board, "t_nowhere", chat), { code: "not_found" });
  }));

Deno.test("R-17 P-079 a subscription starts at the newest event, or at 0 when made with the task", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    await subscribe(t.board, id, chat);
    await subscribe(t.board, id, { ...chat, threadId: "new" }, true);
    const [late, early] = await subscriptions(t.board, id);
    assert.deepEqual([late?.last_event_id, early?.last_event_id], [await endOfLog(t.board), 0]);
    assert.deepEqual(await unseen(t, late!, ["created", "claimed"]), []);
    assert.deepEqual(await unseen(t, early!, ["created", "claimed"]), ["created", "claimed"]);
  }));

Deno.test("S-119 unseen events are those of the chosen kinds and task after the cursor", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await subscribe(t.board, id, chat);
    await t.in("done");
    await t.do(id, claim);
    await t.do(id, complete);
    const [subscription] = await subscriptions(t.board, id);
    assert.deepEqual(await unseen(t, subscription!, ["completed", "blocked"]), ["completed"]);
    const { cursor } = await unseenEvents(t.board, subscription!, ["completed"]);
    assert.equal(cursor, (await t.last(id)).id);
    assert.deepEqual(
      await unseenEvents(t.board, subscription!, []),
      { events: [], cursor: subscription!.last_event_id },
    );
  }));

Deno.test("S-119 a cursor moves forward once: of two readers the second is told that it lost", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await subscribe(t.board, id, chat, true);
    const [subscription] = await subscriptions(t.board, id);
    assert.equal(await advanceSubscription(t.board, subscription!, 5), true);
    assert.equal(await advanceSubscription(t.board, subscription!, 5), false);
    assert.equal(await advanceSubscription(t.board, subscription!, 3), false);
    assert.equal((await subscriptions(t.board, id))[0]?.last_event_id, 5);
  }));

Deno.test("S-120 old events of done and archived tasks are pruned, all others stay", () =>
  withBoard(async (t) => {
    const finished = [await t.in("done"), await t.in("archived")];
    const open = [await t.in("ready"), await t.in("blocked"), await t.in("running")];
    t.clock.advance(31 * 86_400);
    const young = await t.in("done");
    assert.equal(await pruneEvents(t.board, 30), 4);
    for (const id of finished) assert.deepEqual(await t.kinds(id), []);
    for (const id of [...open, young]) assert.notDeepEqual(await t.kinds(id), []);
    assert.equal(await pruneEvents(t.board, 30), 0);
  }));

Deno.test("S-081 linking and unlinking are noted on the child, not on the parent", () =>
  withBoard(async (t) => {
    const [parent, child] = [await t.in("done"), await t.add()];
    await link(t.board, parent, child);
    await unlink(t.board, parent, child);
    assert.deepEqual(await t.kinds(child), ["created", "linked", "unlinked"]);
    assert.deepEqual(await t.kinds(parent), ["created", "completed"]);
  }));

Deno.test("a payload that another program wrote as plain text is shown as it is", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.raw("UPDATE task_events SET payload = 'not { json'");
    assert.equal((await t.last(id)).payload, "not { json");
  }));

async function unseen(
  t: TestBoard,
  subscription: SubscriptionRow,
  kinds: string[],
): Promise<string[]> {
  return (await unseenEvents(t.board, subscription, kinds)).events.map(({ kind }) => kind);
}
