// Owns: proof of the progress of graphs.

import assert from "node:assert/strict";
import { mustCommand } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { writePlan } from "../../src/kernel/decomposition.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import { complete, withBoard } from "./board_fixture.ts";

Deno.test("R-06 progress of a decomposed root counts the tasks it was split into", () =>
  withBoard(async ({ board }) => {
    const before = await createTask(board, { title: "not of the plan" });
    const root = await createTask(board, {
      title: "root",
      triage: true,
      parents: [before.task.id],
    });
    const child = (title: string) => ({ title, body: "", assignee: "w", parents: [] });
    const children = [child("one"), child("two")];
    const plan = {
      rootId: root.task.id,
      orchestrator: "o",
      author: "a",
      autoPromote: true,
      children,
    };
    const [one] = await writePlan(board, plan) ?? [];
    assert.deepEqual((await getDetail(board, root.task.id)).progress, { done: 0, total: 2 });
    await mustCommand(board, one!, complete);
    assert.deepEqual((await getDetail(board, root.task.id)).progress, { done: 1, total: 2 });
  }));

Deno.test("R-06 R-02 progress of any other task counts its children, completed ones also when archived", () =>
  withBoard(async ({ board }) => {
    const parent = (await createTask(board, { title: "parent" })).task.id;
    assert.equal((await getDetail(board, parent)).progress, null);
    const made = [];
    for (const title of ["a", "b", "c"]) {
      made.push((await createTask(board, { title, parents: [parent] })).task.id);
    }
    await mustCommand(board, parent, complete);
    await mustCommand(board, made[0]!, complete);
    await mustCommand(board, made[0]!, { type: "archive" });
    await mustCommand(board, made[1]!, { type: "archive" });
    assert.deepEqual((await getDetail(board, parent)).progress, { done: 1, total: 3 });
  }));
