// Owns: the proof of `undo` as a command.

import assert from "node:assert/strict";
import { inWorld } from "../harness/program.ts";

Deno.test("undo takes back the last actions, lists what there is, and exits 1 when it cannot", () =>
  inWorld(async ({ run, ok, json }) => {
    const { id } = await json(["kanban", "create", "Write the notes"]);
    await ok(["kanban", "edit", id, "--title", "Write the novel", "--priority", "3"]);
    const list = await ok(["kanban", "undo", "--list"]);
    assert.match(list.stdout, new RegExp(`edit +${id} +changed title, priority 0 → 3`));
    assert.match(list.stdout, /cannot be undone/);
    const undone = await ok(["kanban", "undo"]);
    assert.match(undone.stdout, new RegExp(`^Undone: edit ${id} .*Write the notes\\n$`));
    const { task } = await json(["kanban", "show", id]);
    assert.deepEqual([task.title, task.priority], ["Write the notes", 0]);
    await ok(["kanban", "claim", id]);
    const refused = await run(["kanban", "undo"]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, new RegExp(`Cannot undo action 1 .*${id} was claimed since`));
    assert.match(refused.stderr, /undo --list/);
    const actions = await json(["kanban", "undo", "--list"]);
    assert.deepEqual(actions.map(({ verb }: { verb: string }) => verb), ["create"]);
    assert.equal((await run(["kanban", "undo", "0"])).code, 2);
  }));
