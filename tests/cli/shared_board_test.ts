// Owns: proof that the board is one for all profiles of a home.

import assert from "node:assert/strict";
import { inWorld } from "../harness/program.ts";

Deno.test("S-253 every profile of a home sees the one board; a relative workspace is stored with a warning", () =>
  inWorld(async (world) => {
    await world.ok(["profile", "create", "ana"]);
    await world.ok(["profile", "create", "bob"]);
    const made = await world.json(["-p", "ana", "kanban", "create", "For all to see"]);
    const seen = await world.json(["-p", "bob", "kanban", "show", made.id]);
    assert.equal(seen.task.title, "For all to see");
    await world.ok(["-p", "bob", "kanban", "comment", made.id, "Seen."]);
    const { comments } = await world.json(["-p", "ana", "kanban", "show", made.id]);
    assert.equal(comments.length, 1);
    const { stderr } = await world.ok([
      "kanban",
      "create",
      "Where?",
      "--workspace",
      "dir:some/where",
    ]);
    assert.match(stderr, /some\/where" is relative: no worker can be started there/);
  }));
