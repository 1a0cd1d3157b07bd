// Owns: proof that the promotion pass reads each part of the log once.

import assert from "node:assert/strict";
import { addComment } from "../../src/kernel/comments.ts";
import { createTask } from "../../src/kernel/create.ts";
import { findPromotable, promoteWaiting } from "../../src/kernel/promote.ts";
import { withBoard } from "./board_fixture.ts";

Deno.test("S-056 a pass that looks at many waiting tasks moves on, so that the next one does not", () =>
  withBoard(async ({ board }) => {
    const parent = (await createTask(board, { title: "parent" })).task.id;
    const child = (index: number) => createTask(board, { title: `${index}`, parents: [parent] });
    await Promise.all(Array.from({ length: 250 }, (_, index) => child(index)));
    assert.equal((await board.engine.read(findPromotable)).looked, 250);
    assert.deepEqual(await promoteWaiting(board), []);
    assert.equal((await board.engine.read(findPromotable)).looked, 0);
  }));

Deno.test("S-056 a sign of life of a parent makes nobody look at its children", () =>
  withBoard(async ({ board }) => {
    const parent = (await createTask(board, { title: "parent" })).task.id;
    const child = (index: number) => createTask(board, { title: `${index}`, parents: [parent] });
    await Promise.all(Array.from({ length: 250 }, (_, index) => child(index)));
    await promoteWaiting(board);
    await addComment(board, parent, "user", "how is it going?");
    assert.equal((await board.engine.read(findPromotable)).looked, 0);
  }));
