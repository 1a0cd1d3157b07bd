// Owns: proof that one gateway serves every board of a home, whenever it comes and goes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../harness/program.ts";
import { inOffice, type Office } from "./office.ts";

const boards = ["kanban", "boards"];

async function doneOn({ json }: Office, board: string): Promise<number> {
  const { counts } = await json([...boards, "show", board]);
  return counts.done ?? 0;
}

Deno.test("U-001 S-002 the gateway works on all boards, on one made while it runs, and stops with one removed", () =>
  inOffice(async (office) => {
    const { ok, json, home } = office;
    await ok([...boards, "create", "before"]);
    const gateway = await office.gateway();
    assert.match(gateway.output(), /all boards of .*: default, before/);
    await ok([...boards, "create", "during"]);
    const task = ["create", "Write a line", "--assignee", "writer"];
    for (const slug of ["default", "before", "during"]) {
      await ok(["kanban", "--board", slug, ...task]);
    }
    for (const slug of ["default", "before", "during"]) {
      await until(`the task of ${slug} is done`, async () => await doneOn(office, slug) === 1);
    }
    const folder = join(home, "kanban", "boards", "during");
    const [done] = await json(["kanban", "--board", "during", "list"]);
    assert.ok(done.workspace_path.startsWith(join(folder, "workspaces")), done.workspace_path);
    await Deno.stat(join(folder, "logs", `${done.id}.log`));
    assert.match(gateway.output(), new RegExp(`during +\\S+ completed +${done.id}`));
    assert.equal(await dispatches(office, "during"), true);
    await ok([...boards, "rm", "during"]);
    await ok([...boards, "create", "during"]);
    const again = await json(["kanban", "--board", "during", ...task]);
    await until("the new board of that name is served too", () => doneOn(office, "during"));
    assert.equal((await json(["kanban", "--board", "during", "list"]))[0].id, again.id);
    gateway.signal("SIGTERM");
    assert.equal((await gateway.ended).code, 0);
  }));

/** Whether somebody holds the board's dispatch lock: then a task is created without a warning. */
async function dispatches({ ok }: Office, board: string): Promise<boolean> {
  const task = ["create", "later", "--assignee", "writer", "--in", "1d"];
  return (await ok(["kanban", "--board", board, ...task])).stderr === "";
}
