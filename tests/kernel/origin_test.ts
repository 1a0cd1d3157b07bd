// Owns: proof that a task knows the task it came out of, also on boards of earlier releases.

import assert from "node:assert/strict";
import { initBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { writePlan } from "../../src/kernel/decomposition.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";

/** Splits a new triage task in two; returns the ids of the root and its children. */
async function split(t: TestBoard): Promise<[string, string, string]> {
  const root = await t.in("triage", { title: "an idea" });
  const child = { body: "", assignee: "ada", parents: [] };
  const ids = await writePlan(t.board, {
    rootId: root,
    orchestrator: "ada",
    children: [{ ...child, title: "one" }, { ...child, title: "two" }],
    author: "planner",
    autoPromote: true,
  });
  return [root, ids![0]!, ids![1]!];
}

Deno.test("createTask() by a worker comes out of the worker's task, by a person out of none", () =>
  withBoard(async (t) => {
    const id = await t.add({ assignee: "ada" });
    const run = await t.claimed(id);
    const { task } = await createTask(t.board, { title: "a follow-up" }, run);
    assert.equal(task.origin_task_id, id);
    assert.equal((await t.task(id)).origin_task_id, null);
  }));

Deno.test("writePlan() children come out of the root", () =>
  withBoard(async (t) => {
    const [root, one, two] = await split(t);
    assert.equal((await t.task(one)).origin_task_id, root);
    assert.equal((await t.task(two)).origin_task_id, root);
    assert.equal((await t.task(root)).origin_task_id, null);
  }));

Deno.test("S-024 what an earlier release split is found in its events; broken ones cost nobody the board", () =>
  withBoard(async (t) => {
    const [root, one, two] = await split(t);
    const other = await t.add();
    await t.raw("UPDATE tasks SET origin_task_id = NULL");
    for (
      const payload of ["{broken", "[]", '{"child_ids":7}', `{"child_ids":["${other}", null]}`]
    ) {
      await t.raw(
        `INSERT INTO task_events (task_id, kind, payload, created_at)
         VALUES (?, 'decomposed', ?, 1)`,
        [other, payload],
      );
    }
    await initBoard(t.board);
    const origins = await Promise.all([root, one, two, other].map((id) => t.task(id)));
    assert.deepEqual(origins.map((it) => it.origin_task_id), [null, root, root, null]);
  }));
