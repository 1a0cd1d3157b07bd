// Owns: tests of promotion by the dispatcher, rows that foreign programs changed included.

import assert from "node:assert/strict";
import { inWorld, until, type World } from "./world.ts";

/** Completes a task the way a program that knows neither links nor events would. */
const completeBehindTheLog = "UPDATE tasks SET status = 'done', completed_at = 1 WHERE id = ?";

/** Lets promotion believe that it has read every event so far. */
async function readWholeLog(world: World): Promise<void> {
  await world.raw(`INSERT INTO board_cursors (name, value)
    SELECT 'promotion', MAX(id) FROM task_events WHERE true
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
}

Deno.test("S-055 S-056 a pass promotes what waits for nothing any more and starts it", () =>
  inWorld(async (world) => {
    const parent = await world.add({ assignee: null });
    const child = await world.add({ parents: [parent] });
    assert.deepEqual((await world.dispatch()).promoted, 0);
    await world.raw(completeBehindTheLog, [parent]);
    await world.do(parent, { type: "edit", title: "leaves an event" });
    const { promoted, spawned } = await world.dispatch();
    assert.deepEqual([promoted, spawned.map((spawn) => spawn.task_id)], [1, [child]]);
    const [event] = await world.events(child, "promoted");
    assert.deepEqual([event?.run_id, event?.payload], [null, null]);
  }));

Deno.test("S-056 one call finds rows that a foreign program changed without an event, however many wait", () =>
  inWorld(async (world) => {
    const parent = await world.add({ assignee: null });
    for (let index = 0; index < 450; index++) {
      await world.add({ parents: [parent], assignee: "carol" });
    }
    const other = await world.add({ assignee: null });
    const child = await world.add({ parents: [other] });
    await readWholeLog(world);
    await world.raw(completeBehindTheLog, [other]);
    const { promoted, spawned } = await world.dispatch();
    assert.deepEqual([promoted, spawned.map((spawn) => spawn.task_id)], [1, [child]]);
  }));

Deno.test("S-056 a service that starts finds rows that a foreign program changed without an event", () =>
  inWorld(async (world) => {
    const parent = await world.add({ assignee: null });
    const child = await world.add({ parents: [parent] });
    await readWholeLog(world);
    await world.raw(completeBehindTheLog, [parent]);
    await world.dispatching(async () => {
      await until("the child runs", async () => (await world.task(child)).worker_pid);
    });
  }));

Deno.test("S-055 R-09 parked tasks and children of open parents stay in todo", () =>
  inWorld(async (world) => {
    const parked = await world.add({ held: true });
    const parent = await world.add({ assignee: null });
    const child = await world.add({ parents: [parent] });
    assert.deepEqual((await world.dispatch()).spawned, []);
    for (const id of [parked, child]) assert.equal((await world.task(id)).status, "todo");
  }));

Deno.test("P-026 U-040 a row set to ready by hand over an open parent is sent back instead of started", () =>
  inWorld(async (world) => {
    const parent = await world.add({ assignee: null });
    const child = await world.add({ parents: [parent] });
    await world.raw("UPDATE tasks SET status = 'ready' WHERE id = ?", [child]);
    const { spawned, spawn_failed } = await world.dispatch();
    assert.deepEqual([spawned, spawn_failed], [[], []]);
    assert.equal((await world.task(child)).status, "todo");
    const [event] = await world.events(child, "claim_rejected");
    assert.deepEqual(event?.payload, { reason: "parents_not_done", parents: [parent] });
    assert.deepEqual(await world.runs(child), []);
  }));

Deno.test("S-138 when the last child completes, the root of a decomposition is started next", () =>
  inWorld(async (world) => {
    const child = await world.add({ assignee: "bob" });
    const root = await world.add({ parents: [child], assignee: "ada" });
    await world.dispatching(async () => {
      await until("the child runs", async () => (await world.task(child)).worker_pid);
      assert.equal((await world.task(root)).status, "todo");
      await world.complete(child);
      await until("the root runs", async () => (await world.task(root)).worker_pid);
    });
  }));

Deno.test("the read position of promotion moves on although nothing is promoted", () =>
  inWorld(async (world) => {
    const id = await world.add({ assignee: null });
    for (let priority = 1; priority <= 600; priority++) {
      await world.do(id, { type: "reprioritize", priority });
    }
    await world.dispatch();
    const [cursor] = await world.rows<{ value: number }>("SELECT value FROM board_cursors");
    assert.ok((cursor?.value ?? 0) >= 600, "the next pass does not read the whole log again");
  }));
