// Owns: proof that a board with drifted ids and times can be looked at and worked on from the command line.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inWorld } from "../harness/program.ts";

Deno.test("S-013 P-046 P-052 a drifted board of another program is listed, shown and worked on; the other program goes on", () =>
  inWorld(async (world) => {
    await Deno.mkdir(world.home, { recursive: true });
    const path = join(world.home, "kanban.db");
    const dump = new URL("../kernel/dumps/drifted_layout.sql", import.meta.url);
    const other = new DatabaseSync(path);
    other.exec(await Deno.readTextFile(dump));
    const list = await world.ok(["kanban", "list"]);
    for (
      const title of ["old and done", "nobody knows when", "without a name", "points to the past"]
    ) {
      assert.ok(list.stdout.includes(title), title);
    }
    const shown = await world.ok(["kanban", "show", "t_00000f03"]);
    assert.match(shown.stdout, /Created +- by -/);
    assert.match(shown.stdout, /^ *- +promoted +not json$/m);
    // The other program still has the file open and knows nothing of what happened to it.
    other.exec(`INSERT INTO task_comments (id, task_id, author, body, created_at, mood)
      VALUES (NULL, 't_00000f02', 'other', 'still here', '2025-05-02T00:00:00Z', 'fine');
      UPDATE tasks SET status = 'review', sprint = 'q3' WHERE id = 't_00000f04'`);
    const after = await world.ok(["kanban", "show", "t_00000f02"]);
    assert.match(after.stdout, /still here/);
    assert.match((await world.ok(["kanban", "list"])).stdout, /t_00000f04 +review/);
    await world.ok(["kanban", "complete", "t_00000f05", "--summary", "fine in the end"]);
    const [row] = other.prepare("SELECT status, sprint FROM tasks WHERE id = 't_00000f05'").all();
    assert.deepEqual({ ...row }, { status: "done", sprint: null });
    other.close();
  }));
