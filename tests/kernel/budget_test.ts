// Owns: proof that what has no money left is not offered to be started, and takes nobody's place.

import assert from "node:assert/strict";
import {
  dayStart,
  isUsedUp,
  nextDay,
  readBudgets,
  readDayBudget,
} from "../../src/kernel/budget.ts";
import { dispatchView } from "../../src/kernel/dispatch_view.ts";
import type { NewTask } from "../../src/kernel/create.ts";
import { recordModelCall } from "../../src/kernel/usage.ts";
import { complete, type TestBoard, withBoard } from "./board_fixture.ts";

/** A ready task of ada's. */
function add(t: TestBoard, input: Partial<NewTask> = {}): Promise<string> {
  return t.add({ assignee: "ada", ...input });
}

/** An ended attempt of known cost; null = unknown. It began `ago` seconds ago. */
async function spend(
  t: TestBoard,
  taskId: string | null,
  costUsd: number | null,
  ago = 0,
): Promise<void> {
  const at = t.clock.now() - ago;
  await t.raw(
    `INSERT INTO task_runs (task_id, status, worker_pid, started_at, ended_at, outcome, cost_usd)
     VALUES (?, 'crashed', 7, ?, ?, 'crashed', ?)`,
    [taskId, at, at, costUsd],
  );
}

/** What may start and what waits for money, sorted. */
async function offered(
  t: TestBoard,
  { limit = 10, perDay = 0 } = {},
): Promise<{ ready: string[]; over: string[] }> {
  const view = await dispatchView(t.board, ["ada"], limit, perDay);
  return { ready: view.ready.map(({ id }) => id), over: view.overBudget.toSorted() };
}

Deno.test("a task whose budget is used up is not offered; one with something left is", () =>
  withBoard(async (t) => {
    const spent = await add(t, { maxCostUsd: 0.5 });
    const left = await add(t, { maxCostUsd: 0.5 });
    const free = await add(t);
    await spend(t, spent, 0.3);
    await spend(t, spent, 0.2);
    await spend(t, left, 0.49);
    await spend(t, free, 100);
    assert.deepEqual(await offered(t), { ready: [left, free], over: [spent] });
  }));

Deno.test("unknown costs do not count towards a budget, and are told", () =>
  withBoard(async (t) => {
    const id = await add(t, { maxCostUsd: 0.5 });
    for (let run = 0; run < 3; run++) await spend(t, id, null);
    await spend(t, id, 0.1);
    assert.deepEqual((await offered(t)).ready, [id]);
    assert.deepEqual(await readBudgets(t.board, id), [
      { taskId: id, limitUsd: 0.5, spentUsd: 0.1, unknownRuns: 3 },
    ]);
  }));

Deno.test("the budget of a root counts its whole graph, model calls too, and keeps all of it", () =>
  withBoard(async (t) => {
    const root = await add(t, { maxCostUsd: 1 });
    const child = await add(t, { originTaskId: root });
    const grandchild = await add(t, { originTaskId: child });
    const other = await add(t);
    await spend(t, grandchild, 0.5);
    assert.deepEqual((await offered(t)).over, []);
    await recordModelCall(t.board, {
      purpose: "decompose",
      taskId: child,
      profile: null,
      model: "m",
      inputTokens: 1,
      outputTokens: 1,
      costUsd: 0.5,
    });
    const { ready, over } = await offered(t);
    assert.deepEqual([ready, over], [[other], [root, child, grandchild].toSorted()]);
    const [budget] = await readBudgets(t.board, grandchild);
    assert.deepEqual([budget?.taskId, budget?.spentUsd], [root, 1]);
  }));

Deno.test("each of several budgets above a task can keep it, the nearest is told first", () =>
  withBoard(async (t) => {
    const root = await add(t, { maxCostUsd: 1 });
    const child = await add(t, { originTaskId: root, maxCostUsd: 0.2 });
    const sister = await add(t, { originTaskId: root });
    await spend(t, child, 0.2);
    assert.deepEqual((await offered(t)).over, [child]);
    await spend(t, sister, 0.8);
    assert.deepEqual((await offered(t)).over, [root, child, sister].toSorted());
    const names = (await readBudgets(t.board, child)).map(({ taskId }) => taskId);
    assert.deepEqual(names, [child, root]);
  }));

Deno.test("a root that is done goes on to limit what came out of it", () =>
  withBoard(async (t) => {
    const root = await add(t, { maxCostUsd: 1 });
    await spend(t, root, 1);
    await t.do(root, complete);
    const late = await add(t, { originTaskId: root });
    assert.deepEqual(await offered(t), { ready: [], over: [late] });
  }));

Deno.test("raising or lifting a budget frees the tasks", () =>
  withBoard(async (t) => {
    const root = await add(t, { maxCostUsd: 1 });
    const child = await add(t, { originTaskId: root });
    await spend(t, child, 1);
    assert.deepEqual((await offered(t)).ready, []);
    await t.do(root, { type: "edit", max_cost_usd: 1.01 });
    assert.deepEqual((await offered(t)).ready, [root, child]);
    await spend(t, child, 1);
    assert.deepEqual((await offered(t)).ready, []);
    await t.do(root, { type: "edit", max_cost_usd: null });
    assert.deepEqual((await offered(t)).ready, [root, child]);
    assert.deepEqual((await t.events(root, "edited")).map(({ payload }) => payload), [
      { fields: ["max_cost_usd"] },
      { fields: ["max_cost_usd"] },
    ]);
  }));

Deno.test("tasks without money at the top of the queue do not starve those below", () =>
  withBoard(async (t) => {
    const root = await t.add({ maxCostUsd: 1 });
    await spend(t, root, 1);
    const stopped: string[] = [];
    for (let i = 0; i < 60; i++) {
      stopped.push(await add(t, { originTaskId: root, priority: 9 }));
    }
    const ids = [await add(t), await add(t), await add(t)];
    const { ready, over } = await offered(t, { limit: 2 });
    assert.deepEqual(ready, ids.slice(0, 2));
    assert.deepEqual(over, stopped.toSorted());
  }));

Deno.test("a waiting task that nothing but money keeps is reported with the ready ones", () =>
  withBoard(async (t) => {
    const parent = await add(t);
    const waiting = await add(t, { parents: [parent], maxCostUsd: 1 });
    await spend(t, waiting, 2);
    assert.deepEqual((await offered(t)).over, []);
    await t.raw("UPDATE tasks SET status = 'done', completed_at = 1 WHERE id = ?", [parent]);
    await t.raw(
      "INSERT INTO task_events (task_id, kind, created_at) VALUES (?, 'completed', 1)",
      [parent],
    );
    assert.deepEqual(await offered(t), { ready: [], over: [waiting] });
  }));

Deno.test("budgets end although another program made tasks come out of one another in a circle", () =>
  withBoard(async (t) => {
    const [a, b] = [await add(t, { maxCostUsd: 1 }), await add(t)];
    await t.raw("UPDATE tasks SET origin_task_id = ? WHERE id = ?", [b, a]);
    await t.raw("UPDATE tasks SET origin_task_id = ? WHERE id = ?", [a, b]);
    await spend(t, b, 1);
    assert.deepEqual((await offered(t)).over, [a, b].toSorted());
  }));

Deno.test("a board that has used up its day offers nothing until the next day of UTC", () =>
  withBoard(async (t) => {
    const id = await add(t);
    const intoDay = t.clock.now() - dayStart(t.clock.now());
    await spend(t, id, 100, intoDay + 1);
    await spend(t, id, 1.5);
    assert.deepEqual((await offered(t, { perDay: 2 })).ready, [id]);
    await spend(t, id, 0.5);
    assert.deepEqual(await offered(t, { perDay: 2 }), { ready: [], over: [id] });
    assert.deepEqual((await offered(t, { perDay: 2.5 })).ready, [id]);
    assert.deepEqual((await offered(t)).ready, [id], "0 is no limit");
    const day = await readDayBudget(t.board, 2);
    assert.deepEqual(day, { taskId: null, limitUsd: 2, spentUsd: 2, unknownRuns: 0 });
    t.clock.advance(nextDay(t.clock.now()) - t.clock.now());
    assert.deepEqual((await offered(t, { perDay: 2 })).ready, [id]);
  }));

Deno.test("the model calls of a day count towards its budget, those for no task too", () =>
  withBoard(async (t) => {
    const id = await add(t);
    const call = { profile: null, model: "m", inputTokens: null, outputTokens: null, costUsd: 1 };
    await recordModelCall(t.board, { ...call, purpose: "describe", taskId: null });
    assert.deepEqual((await offered(t, { perDay: 1 })).over, [id]);
  }));

Deno.test("isUsedUp() is not deceived by what is left of adding binary fractions", () => {
  const spentUsd = Array<number>(10).fill(0.1).reduce((sum, each) => sum + each);
  assert.ok(spentUsd < 1);
  assert.equal(isUsedUp({ taskId: null, limitUsd: 1, spentUsd }), true);
  assert.equal(isUsedUp({ taskId: null, limitUsd: 1, spentUsd: 0.9999 }), false);
});

Deno.test("dayStart() and nextDay() are the bounds of a day of UTC", () => {
  const noon = Date.UTC(2030, 0, 31, 12) / 1000;
  assert.equal(dayStart(noon), Date.UTC(2030, 0, 31) / 1000);
  assert.equal(nextDay(noon), Date.UTC(2030, 1, 1) / 1000);
  assert.equal(dayStart(nextDay(noon)), nextDay(noon));
});
