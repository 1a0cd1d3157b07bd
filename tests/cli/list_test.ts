// Owns: the proof of `list` as a command: searching, sorting, paging.

import assert from "node:assert/strict";
import { inWorld } from "../harness/program.ts";

Deno.test("S-170 list searches, sorts and pages, and says how to see the rest", () =>
  inWorld(async ({ run, ok, json }) => {
    for (const title of ["one 東京", "two 東京", "three"]) await ok(["kanban", "create", title]);
    const page = await ok(["kanban", "list", "--limit", "1", "--sort", "title"]);
    assert.match(page.stdout, /one 東京\n\(2 more: --offset 1\)\n$/);
    const rest = await ok(["kanban", "list", "--limit", "2", "--offset", "1", "--sort", "title"]);
    assert.match(rest.stdout, /three\n.*two 東京\n$/);
    const found = await json(["kanban", "list", "--search", "東京", "--sort", "title"]);
    assert.deepEqual(found.map((task: { title: string }) => task.title), ["one 東京", "two 東京"]);
    assert.equal(
      (await ok(["kanban", "list", "--search", "four"])).stdout,
      "(no matching tasks)\n",
    );
    assert.equal((await ok(["kanban", "list", "--mine"])).stdout, "(no matching tasks)\n");
    const wrong = await run(["kanban", "list", "--sort", "colour"]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /priority.*title/);
    assert.equal((await run(["kanban", "list", "--search", " "])).code, 1);
  }));
