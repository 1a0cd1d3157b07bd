// Owns: the proof that following the board prints as things happen and ends cleanly.

import assert from "node:assert/strict";
import { inWorld, until } from "../harness/program.ts";

Deno.test("S-179 watch --json prints one event a line, from other processes, and Ctrl-C ends it with exit 0", () =>
  inWorld(async ({ json, ok, start }) => {
    await json(["kanban", "create", "before"]);
    const watch = start(["kanban", "watch", "--json", "--kinds", "created,completed"]);
    await until("watch hears of a task", async () => {
      await json(["kanban", "create", "poke"]);
      return watch.output() !== "";
    });
    const { id } = await json(["kanban", "create", "after", "--assignee", "w"]);
    await ok(["kanban", "comment", id, "not shown"]);
    await ok(["kanban", "complete", id, "--summary", "done"]);
    await until("both events are there", () => watch.output().includes('"completed"'));
    watch.signal("SIGINT");
    const { code, stdout, stderr } = await watch.ended;
    assert.deepEqual([code, stderr], [0, ""]);
    const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.ok(events.every(({ title }) => title !== "before"), "starts at the current end");
    assert.deepEqual(
      events.filter(({ task_id }) => task_id === id).map((it) => [it.kind, it.assignee, it.title]),
      [["created", "w", "after"], ["completed", "w", "after"]],
    );
  }));

Deno.test("S-179 tail shows the past of one task and goes on; SIGTERM ends it too", () =>
  inWorld(async ({ json, ok, start, run }) => {
    const { id } = await json(["kanban", "create", "x"]);
    await json(["kanban", "create", "other"]);
    const tail = start(["kanban", "tail", id, "--interval", "0.05"]);
    await until("the past is shown", () => /created/.test(tail.output()));
    await ok(["kanban", "claim", id]);
    await until("the claim is shown", () => /claimed +run 1/.test(tail.output()));
    tail.signal("SIGTERM");
    const { code, stdout } = await tail.ended;
    assert.equal(code, 0);
    assert.equal(stdout.trimEnd().split("\n").length, 2);
    assert.equal((await run(["kanban", "tail", "t_00000000"])).code, 1);
  }));
