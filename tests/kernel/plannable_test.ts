// Owns: proof of which triage tasks are planned without anybody asking.

import assert from "node:assert/strict";
import { addComment } from "../../src/kernel/comments.ts";
import { writePlan } from "../../src/kernel/decomposition.ts";
import { plannableTasks, planningStand } from "../../src/kernel/plannable.ts";
import { discardPlan, keepPlan, type Proposal } from "../../src/kernel/plans.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";

const limits = { maxDepth: 2, quietSeconds: 10 };

const proposal: Proposal = {
  fanout: true,
  rationale: "",
  remarks: [],
  based_on: { title: "a task", body: null },
  tasks: [{ title: "t", body: "", assignee: "writer", parents: [], why: null, runner_up: null }],
};

async function plannable(t: TestBoard, over = {}, limit = 99): Promise<string[]> {
  return (await plannableTasks(t.board, { ...limits, ...over }, limit)).tasks.map(({ id }) => id);
}

async function holdOf(t: TestBoard, id: string) {
  return (await planningStand(t.board, await t.task(id), limits)).hold;
}

/** Splits an idea into one task and lets a worker of that task make another idea. */
async function deeper(t: TestBoard, idea: string): Promise<string> {
  const ids = await writePlan(t.board, {
    rootId: idea,
    orchestrator: "lead",
    author: "ada",
    autoPromote: true,
    children: [{ title: "part", body: "", assignee: "writer", parents: [] }],
  });
  return await t.add({ triage: true, originTaskId: ids![0] });
}

Deno.test("S-142 ideas come in board order, up to the limit, the loop guard's left out", () =>
  withBoard(async (t) => {
    const low = await t.add({ triage: true });
    const high = await t.add({ triage: true, priority: 5 });
    await t.add();
    await t.raw("UPDATE tasks SET loop_guard = 1 WHERE id = ?", [
      await t.add({ triage: true, priority: 9 }),
    ]);
    assert.deepEqual(await plannable(t), [high, low]);
    assert.deepEqual(await plannable(t, {}, 1), [high]);
    assert.equal((await planningStand(t.board, await t.task(low), limits)).ahead, 1);
    assert.equal((await planningStand(t.board, await t.task(high), limits)).ahead, 0);
  }));

Deno.test("an edit or a comment holds an idea back for the quiet time, its creation does not", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    assert.deepEqual(await plannable(t), [id]);
    for (const touch of ["edit", "comment"]) {
      const at = t.clock.now();
      if (touch === "edit") await t.do(id, { type: "edit", body: `typed at ${at}` });
      else await addComment(t.board, id, "maria", "wait");
      assert.deepEqual(await holdOf(t, id), { type: "touched", at }, touch);
      t.clock.advance(9);
      const { tasks, nextAt } = await plannableTasks(t.board, limits, 5);
      assert.deepEqual([tasks, nextAt], [[], at + 10]);
      assert.deepEqual(await plannable(t, { quietSeconds: 0 }), [id]);
      t.clock.advance(1);
      assert.deepEqual(await plannable(t), [id]);
      assert.equal(await holdOf(t, id), null);
    }
  }));

Deno.test("a clock that was set back does not hold an idea for longer than the quiet time", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    t.clock.advance(1000);
    await t.do(id, { type: "edit", body: "x" });
    t.clock.advance(-900);
    const { nextAt } = await plannableTasks(t.board, limits, 5);
    assert.equal(nextAt, t.clock.now() + 10);
  }));

Deno.test("an idea from inside of more decompositions than allowed waits for a person", () =>
  withBoard(async (t) => {
    const first = await deeper(t, await t.add({ triage: true }));
    const second = await deeper(t, first);
    assert.deepEqual(await plannable(t), [second]);
    assert.deepEqual(await plannable(t, { maxDepth: 1 }), []);
    const third = await deeper(t, second);
    assert.deepEqual(await plannable(t), []);
    assert.deepEqual(await holdOf(t, third), { type: "deep", depth: 3 });
    const fresh = await t.add({ triage: true });
    assert.deepEqual(await plannable(t, { maxDepth: 0 }), [fresh], "a person's own idea");
  }));

Deno.test("a worker's idea is no deeper than its task when nothing was split", () =>
  withBoard(async (t) => {
    const origin = await t.add();
    const id = await t.add({ triage: true, originTaskId: origin });
    assert.deepEqual(await plannable(t, { maxDepth: 0 }), [id]);
    await t.raw("UPDATE tasks SET origin_task_id = ? WHERE id = ?", [id, origin]);
    assert.deepEqual(await plannable(t, { maxDepth: 0 }), [id], "a circle of a foreign program");
  }));

Deno.test("an idea with an open proposal is left alone until that is discarded", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    await keepPlan(t.board, id, proposal, "maria");
    assert.deepEqual(await plannable(t), []);
    const hold = { type: "proposed", author: "maria", at: t.clock.now(), tasks: 1 };
    assert.deepEqual(await holdOf(t, id), hold);
    await discardPlan(t.board, id, "maria");
    assert.deepEqual(await plannable(t), [id]);
  }));

Deno.test("ideas behind hundreds that are held back are found all the same", () =>
  withBoard(async (t) => {
    const first = await deeper(t, await t.add({ triage: true }));
    for (let n = 0; n < 120; n++) {
      await t.add({ triage: true, priority: 9, originTaskId: first });
    }
    await deeper(t, first);
    const last = await t.add({ triage: true });
    assert.deepEqual(await plannable(t, { maxDepth: 1 }, 3), [last]);
  }));
