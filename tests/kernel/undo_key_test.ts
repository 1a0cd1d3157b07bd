// Owns: proof that taking back several steps never gives one idempotency key to two live tasks.

import assert from "node:assert/strict";
import { write } from "../../src/kernel/board.ts";
import { apply } from "../../src/kernel/lifecycle/apply.ts";
import type { Command } from "../../src/kernel/lifecycle/commands.ts";
import { taskById } from "../../src/kernel/queries/tasks.ts";
import { rememberCommands } from "../../src/kernel/undo/remember.ts";
import { undo } from "../../src/kernel/undo/undo.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";

/** Gives a command the way people do. */
async function byPerson(t: TestBoard, id: string, command: Command): Promise<void> {
  await write(t.board, async (tx, env) => {
    const before = await taskById(tx, id);
    const applied = await apply(tx, env, id, command);
    assert.ok(before && applied.ok);
    await rememberCommands(tx, env, "pat", before, [{ command, applied }]);
  });
}

Deno.test("R-21 undo of a move and an archiving does without the key that names another task by now", () =>
  withBoard(async (t) => {
    const id = await t.add({ idempotencyKey: "k" });
    await byPerson(t, id, { type: "move", to: "triage" });
    await byPerson(t, id, { type: "archive" });
    const other = await t.add({ idempotencyKey: "k" });
    assert.notEqual(other, id);
    await undo(t.board, { count: 2 });
    const { status, idempotency_key } = await t.task(id);
    assert.deepEqual([status, idempotency_key], ["ready", null]);
    assert.equal((await t.task(other)).idempotency_key, "k");
  }));

Deno.test("R-21 undo gives the key back as long as it names no other task", () =>
  withBoard(async (t) => {
    const id = await t.add({ idempotencyKey: "k" });
    await byPerson(t, id, { type: "move", to: "triage" });
    await byPerson(t, id, { type: "archive" });
    await undo(t.board, { count: 2 });
    assert.equal((await t.task(id)).idempotency_key, "k");
    assert.equal(await t.add({ idempotencyKey: "k" }), id);
  }));
