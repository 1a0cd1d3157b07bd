// Owns: the proof of `why` as a command.

import assert from "node:assert/strict";
import { inWorld } from "../harness/program.ts";

Deno.test("why names each gate, its owner, the next look and the remedy", () =>
  inWorld(async ({ run, ok, json }) => {
    const parent = await json(["kanban", "create", "First", "--assignee", "default"]);
    const child = await json(["kanban", "create", "Second", "--parent", parent.id]);
    const { stdout } = await ok(["kanban", "why", child.id]);
    assert.match(
      stdout,
      new RegExp(`^◻ ${child.id} {2}Second {2}\\(todo\\)\\nwaiting: .*${parent.id}`),
    );
    assert.match(stdout, /looked at when t_[0-9a-f]{8} is done, in the same moment/);
    assert.match(stdout, /Nobody is assigned/);
    assert.match(stdout, /remedy +hermes gateway start/);
    const said = await json(["kanban", "why", parent.id]);
    assert.deepEqual([said.verdict, said.gates[0].gate], ["waiting", "no_dispatcher"]);
    const unknown = await run(["kanban", "why", "t_ffffffff"]);
    assert.equal(unknown.code, 1);
  }));
