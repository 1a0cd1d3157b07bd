// Owns: the proof of the verbs that set agents to work — dispatch, gateway, chat — as real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../harness/program.ts";
import { withTeam } from "./team.ts";

Deno.test("S-183 S-090 S-091 S-092 dispatch: dry run, limit, and workers that finish after it has returned", () =>
  withTeam(async ({ ok, json }) => {
    const a = await json(["kanban", "create", "Write one", "--assignee", "writer"]);
    const b = await json(["kanban", "create", "Write two", "--assignee", "writer"]);
    const nobody = await json(["kanban", "create", "Nobody's"]);
    const plan = await json(["kanban", "dispatch", "--dry-run"]);
    assert.deepEqual(
      plan.spawned.map((it: { task_id: string }) => it.task_id).sort(),
      [a.id, b.id].sort(),
    );
    assert.deepEqual(plan.skipped_unassigned, [nobody.id]);
    for (const key of ["reclaimed", "promoted", "crashed", "timed_out", "auto_blocked"]) {
      assert.ok(key in plan, key);
    }
    assert.equal((await json(["kanban", "show", a.id])).task.status, "ready", "S-091");
    const one = await json(["kanban", "dispatch", "--max", "1"]);
    assert.equal(one.spawned.length, 1);
    assert.match(one.spawned[0].workspace, /workspaces\/t_/);
    const started = one.spawned[0].task_id;
    const left = started === a.id ? b.id : a.id;
    assert.equal((await json(["kanban", "show", left])).task.status, "ready", "S-092");
    await until("the worker has finished", async () => {
      const { task } = await json(["kanban", "show", started]);
      return task.status === "done";
    });
    assert.match((await ok(["kanban", "log", started])).stdout, /kanban_complete/);
    assert.match((await ok(["kanban", "dispatch", "--max", "0"])).stdout, /nobody assigned: t_/);
  }));

Deno.test("S-088 S-138 gateway start: an idea in triage is finished work a little later; Ctrl-C ends it cleanly", () =>
  withTeam(async ({ json, start, run, home }) => {
    const gateway = start(["gateway", "start"]);
    await until("the gateway is up", () => gateway.output().includes("Press Ctrl-C"));
    assert.ok(gateway.output().includes(home), "says where the board lies");
    assert.match(gateway.output(), /Model: rehearsal \(custom\)/);
    const made = await run(["kanban", "create", "Ready", "--assignee", "writer"]);
    assert.equal(made.stderr, "", "S-104: no warning while a dispatcher runs");
    const ready = /t_[0-9a-f]{8}/.exec(made.stdout)![0];
    const { id } = await json(["kanban", "create", "Compare ways to back up", "--triage"]);
    await until("both are done", async () => {
      const board: { id: string; status: string }[] = await json(["kanban", "list"]);
      return board.filter((it) => [id, ready].includes(it.id)).every((it) => it.status === "done");
    }, 40);
    await until(
      "the last line is there",
      () => /✓ completed +t_\w+ +@default/.test(gateway.output()),
    );
    assert.match(gateway.output(), new RegExp(`◇ planned +${id}`));
    const other = await run(["kanban", "dispatch", "--json"]);
    assert.equal(JSON.parse(other.stdout).skipped_locked, true, "U-036");
    gateway.signal("SIGINT");
    const { code, stderr } = await gateway.ended;
    assert.equal(code, 0);
    assert.doesNotMatch(stderr, /error|uncaught/i);
  }));

Deno.test("S-088 the environment switches the gateway's dispatcher off", () =>
  withTeam(async ({ start, json }) => {
    const env = { HERMES_KANBAN_DISPATCH_IN_GATEWAY: "0" };
    const gateway = start(["gateway", "start"], { env });
    await until("the gateway is up", () => gateway.output().includes("Press Ctrl-C"));
    assert.match(gateway.output(), /Dispatching is switched off/);
    await json(["kanban", "create", "Waits", "--assignee", "writer"]);
    const dispatched = await json(["kanban", "dispatch", "--dry-run"]);
    assert.equal(dispatched.spawned.length, 1);
    gateway.signal("SIGTERM");
    assert.equal((await gateway.ended).code, 0);
  }));

Deno.test("S-192 S-199 chat answers on stdout; without a model it says which lines to add", () =>
  withTeam(async ({ ok, run, home }) => {
    assert.match((await ok(["-p", "writer", "chat", "-q", "Hello?"])).stdout, /scripted/i);
    await Deno.remove(join(home, "config.yaml"));
    const { code, stderr } = await run(["chat", "-q", "Hello?"]);
    assert.equal(code, 1);
    assert.match(stderr, /model[\s\S]*config\.yaml/);
  }));
