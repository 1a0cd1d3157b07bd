// Owns: the proof that events are followed as commits come in, by this process and by others.

import assert from "node:assert/strict";
import { openBoard } from "../../src/kernel/board.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { createTask } from "../../src/kernel/create.ts";
import { comment } from "../../src/ops/tasks/comment.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { followOp, runOp } from "../../src/ops/run.ts";
import { tail } from "../../src/ops/views/tail.ts";
import { watch } from "../../src/ops/views/watch.ts";
import { until } from "../harness/program.ts";
import { inOpsWorld } from "./world.ts";

/** A stream that is being read; `end` stops it and waits until it is over. */
function reading<T>(stream: (signal: AbortSignal) => AsyncIterable<T>) {
  const stop = new AbortController();
  const items: T[] = [];
  const over = (async () => {
    for await (const item of stream(stop.signal)) items.push(item);
  })();
  return {
    items,
    async end() {
      stop.abort();
      await over;
    },
  };
}

/** Waits until the stream has heard of something, which `poke` makes happen again and again. */
async function untilHeard(items: unknown[], poke: () => Promise<unknown>): Promise<void> {
  await until("the stream hears", async () => {
    await poke();
    return items.length > 0;
  });
}

Deno.test("S-179 watch starts at the current end and tells task, assignee and tenant with each event", () =>
  inOpsWorld(async ({ user }) => {
    await runOp(create, user, { title: "before" });
    const { items, end } = reading((signal) => followOp(watch, user, {}, signal));
    await untilHeard(items, () => runOp(create, user, { title: "poke" }));
    const { task } = await runOp(create, user, { title: "new", assignee: "w", tenant: "acme" });
    await runOp(complete, user, { task_id: task.id, summary: "s" });
    await until("both are told", () => items.filter((it) => it.title === "new").length === 2);
    await end();
    assert.ok(items.every(({ title }) => title !== "before"));
    assert.deepEqual(
      items.filter(({ title }) => title === "new").map((
        { kind, title, assignee, tenant },
      ) => [kind, title, assignee, tenant]),
      [["created", "new", "w", "acme"], ["completed", "new", "w", "acme"]],
    );
    assert.equal(typeof items.at(-1)?.run_id, "number", "S-085");
  }));

Deno.test("S-179 watch filters by assignee, tenant and kinds, and refuses an unknown kind", () =>
  inOpsWorld(async ({ user }) => {
    const filter = { assignee: "w", tenant: "acme", kinds: "completed, blocked" };
    const done = async (title: string, more: Record<string, unknown>) => {
      const { task } = await runOp(create, user, { title, ...more });
      await runOp(complete, user, { task_id: task.id });
    };
    const both = { assignee: "w", tenant: "acme" };
    const { items, end } = reading((signal) => followOp(watch, user, filter, signal));
    await untilHeard(items, () => done("poke", both));
    await done("only assignee", { assignee: "w" });
    await done("only tenant", { tenant: "acme" });
    await done("last", both);
    await until("the last one is told", () => items.some(({ title }) => title === "last"));
    await end();
    assert.deepEqual([...new Set(items.map(({ title }) => title))], ["poke", "last"]);
    assert.deepEqual([...new Set(items.map(({ kind }) => kind))], ["completed"]);
    const wrong = followOp(watch, user, { kinds: "compleated" }, new AbortController().signal);
    await assert.rejects(wrong[Symbol.asyncIterator]().next(), { code: "usage" });
  }));

Deno.test("S-179 tail shows the task's past, then what another connection commits, in order", () =>
  inOpsWorld(async ({ user, clock }) => {
    const { task } = await runOp(create, user, { title: "x" });
    await runOp(comment, user, { task_id: task.id, body: "one" });
    const foreign = await openBoard({ slug: "default", path: user.boardPaths.db, clock });
    const input = { task_id: task.id, lines: 1 };
    const { items, end } = reading((signal) => followOp(tail, user, input, signal));
    await until("the past is told", () => items.length > 0);
    await createTask(foreign, { title: "another task" });
    await addComment(foreign, task.id, "elsewhere", "two");
    await until("the foreign commit is told", () => items.length > 1);
    await end();
    await foreign.close();
    assert.deepEqual(items.map(({ payload }) => (payload as { author: string }).author), [
      "user",
      "elsewhere",
    ]);
    const unknown = followOp(tail, user, { task_id: "t_x" }, new AbortController().signal);
    await assert.rejects(unknown[Symbol.asyncIterator]().next(), { code: "not_found" });
  }));

Deno.test("S-179 watch --since and --after begin in the past; both together, and nonsense, are refused", () =>
  inOpsWorld(async ({ user, clock }) => {
    await runOp(create, user, { title: "old" });
    clock.advance(3600);
    const { task } = await runOp(create, user, { title: "new" });
    clock.advance(60);
    const titles = async (input: object) => {
      const { items, end } = reading((signal) => followOp(watch, user, input, signal));
      await until("the newest is told", () => items.some(({ task_id }) => task_id === task.id));
      await end();
      return items.map(({ title }) => title);
    };
    assert.deepEqual(await titles({ since: "30m" }), ["new"]);
    assert.deepEqual(await titles({ since: "2h" }), ["old", "new"]);
    assert.deepEqual(await titles({ since: String(clock.now() - 60) }), ["new"]);
    assert.deepEqual(await titles({ after: 0 }), ["old", "new"]);
    assert.deepEqual(await titles({ after: 1 }), ["new"]);
    for (const input of [{ since: "2h", after: 1 }, { since: "soon" }]) {
      const wrong = followOp(watch, user, input, new AbortController().signal);
      await assert.rejects(wrong[Symbol.asyncIterator]().next(), { code: "usage" });
    }
  }));

Deno.test("S-179 tail shows only the kinds that are asked for, past and to come, and begins where it is told", () =>
  inOpsWorld(async ({ user, clock }) => {
    const { task } = await runOp(create, user, { title: "x" });
    await runOp(comment, user, { task_id: task.id, body: "one" });
    clock.advance(100);
    await runOp(comment, user, { task_id: task.id, body: "two" });
    const kinds = "commented,completed";
    const told = async (input: object, count: number) => {
      const all = { task_id: task.id, ...input };
      const { items, end } = reading((signal) => followOp(tail, user, all, signal));
      await until("all are told", () => items.length >= count);
      await end();
      return items.map(({ id, kind }) => `${kind} ${id}`);
    };
    assert.deepEqual(await told({ kinds }, 2), ["commented 2", "commented 3"]);
    assert.deepEqual(await told({ kinds, lines: 1 }, 1), ["commented 3"]);
    assert.deepEqual(await told({ since: "50s" }, 1), ["commented 3"]);
    assert.deepEqual(await told({ after: 1, kinds }, 2), ["commented 2", "commented 3"]);
    const { items, end } = reading((signal) =>
      followOp(tail, user, { task_id: task.id, lines: 0, kinds: "completed" }, signal)
    );
    await runOp(comment, user, { task_id: task.id, body: "three" });
    await runOp(complete, user, { task_id: task.id });
    await until("the completion is told", () => items.length > 0);
    await end();
    assert.deepEqual(items.map(({ kind }) => kind), ["completed"]);
  }));
