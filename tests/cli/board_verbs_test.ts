// Owns: the proof of the verbs that look at and change the board, run as real processes.

import assert from "node:assert/strict";
import { inWorld } from "../harness/program.ts";

Deno.test("S-009 S-166 S-168 S-170 create works on an empty home; list and init say what there is", () =>
  inWorld(async ({ run, ok, home }) => {
    const empty = await ok(["kanban", "list"]);
    assert.equal(empty.stdout, "(no matching tasks)\n");
    const made = await ok(["kanban", "create", "  Write the notes  ", "--assignee", "default"]);
    assert.match(made.stdout, /^Created t_[0-9a-f]{8} {2}\(ready, assignee=default\)\n$/);
    await ok(["kanban", "create", "Idea", "--triage", "--tenant", "acme"]);
    const { stdout } = await ok(["kanban", "ls"]);
    assert.match(stdout, /^▶ {2}t_[0-9a-f]{8} {2}ready +default +Write the notes$/m);
    assert.match(stdout, /^◇ {2}t_[0-9a-f]{8} {2}triage +- +\[acme\] {2}Idea$/m);
    const init = await run(["kanban", "init"]);
    assert.equal(init.code, 0);
    assert.match(init.stdout, new RegExp(`${home}/kanban\\.db`));
    assert.match(init.stdout, /given to: default/);
    assert.match(init.stdout, /hermes gateway start/);
  }));

Deno.test("S-167 S-168 S-172 create --json prints the task object with every field that was given", () =>
  inWorld(async ({ ok, json }) => {
    const parent = await json(["kanban", "create", "First"]);
    const made = await ok([
      ...["kanban", "create", "Second", "--body", "all of it", "--assignee", "w.r@x"],
      ...["--parent", parent.id, "--tenant", "acme", "--workspace", "dir:/tmp/somewhere"],
      ...["--priority", "-7", "--max-runtime", "1.5h", "--created-by", "maria"],
      ...["--skill", "a", "--skill", "b", "--skill", "a", "--idempotency-key", "k", "--json"],
    ]);
    assert.equal(made.stderr, "", "S-104: no warning with --json");
    const task = JSON.parse(made.stdout);
    assert.match(task.id, /^t_[0-9a-f]{8}$/);
    assert.deepEqual(
      [task.title, task.body, task.assignee, task.status, task.priority, task.tenant],
      ["Second", "all of it", "w.r@x", "todo", -7, "acme"],
    );
    assert.deepEqual([task.workspace_kind, task.workspace_path], ["dir", "/tmp/somewhere"]);
    assert.deepEqual(
      [task.max_runtime_seconds, task.created_by, task.skills],
      [5400, "maria", ["a", "b"]],
    );
    assert.deepEqual(parent.skills, [], "R-16");
    const again = await json(["kanban", "create", "Third", "--idempotency-key", "k"]);
    assert.equal(again.id, task.id, "S-034");
    assert.equal(again.title, "Second");
  }));
