// Owns: the proof of `graph` as a command.

import assert from "node:assert/strict";
import { inWorld } from "../harness/program.ts";

Deno.test("graph draws what waits for what in four formats", () =>
  inWorld(async ({ run, ok, json }) => {
    const make = async (...words: string[]) => (await json(["kanban", "create", ...words])).id;
    const first = await make("first");
    const second = await make("second", "--parent", first);
    const last = await make("last", "--parent", first, "--parent", second);
    await make("alone");
    const { stdout } = await ok(["kanban", "graph", second]);
    assert.match(stdout, new RegExp(`^▶ +${first} \\*.*\\n◻ +${second} \\*.*\\n◻ +${last} \\*`));
    assert.match((await ok(["kanban", "graph"])).stdout, /1 task without links left out/);
    assert.match((await ok(["kanban", "graph", "--format", "dot"])).stdout, /^digraph kanban \{\n/);
    const mermaid = await ok(["kanban", "graph", last, "--format", "mermaid"]);
    assert.match(mermaid.stdout, /^flowchart TD\n.*first/);
    const asJson = JSON.parse((await ok(["kanban", "graph", last, "--format", "json"])).stdout);
    assert.deepEqual(asJson.critical_path, [first, second, last]);
    const { edges } = await json(["kanban", "graph", last]);
    assert.deepEqual(edges.filter(({ implied }: { implied: boolean }) => implied).length, 1);
    assert.equal((await run(["kanban", "graph", "t_x"])).code, 1);
    assert.equal((await run(["kanban", "graph", "--format", "png"])).code, 2);
  }));
