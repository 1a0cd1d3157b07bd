// Owns: proof that helpers of a worker read the board and write nothing, and that a run knows its conversation.

import assert from "node:assert/strict";
import { isWorkerOrder } from "../../src/agent/start.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import { actorFrom } from "../../src/ops/context.ts";
import type { Operation } from "../../src/ops/define.ts";
import { isStream } from "../../src/ops/define.ts";
import { mayDelegate } from "../../src/ops/delegated.ts";
import { recordSession } from "../../src/ops/runs/record_session.ts";
import { registry } from "../../src/ops/registry.ts";
import { runOp } from "../../src/ops/run.ts";
import { show } from "../../src/ops/views/show.ts";
import { boardTools } from "../../src/ops/tool.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { claim } from "../../src/ops/tasks/claim.ts";
import { inWorld, programCommand } from "../harness/program.ts";
import { inOpsWorld, workerOf } from "./world.ts";

Deno.test("U-053 a helper is denied every operation of the board that changes anything", () =>
  inOpsWorld(async ({ user, as, board }) => {
    const { task } = await runOp(create, user, { title: "Work", assignee: "writer" });
    const { run_id } = await runOp(claim, user, { task_id: task.id });
    const helper = await as({ ...workerOf(task.id, run_id), delegated: true });
    const before = JSON.stringify(await getDetail(board, task.id));
    let denied = 0;
    for (const entry of registry.filter(({ group }) => group.startsWith("kanban"))) {
      if (mayDelegate(entry.verb)) continue;
      const operation = await entry.load();
      // A stream checks who asks before its first item.
      if (isStream(operation)) continue;
      await assert.rejects(runOp(operation as Operation, helper, { task_id: task.id }), {
        code: "forbidden",
        message: /a helper that a worker started may only read/,
      }, entry.verb);
      denied++;
    }
    assert.ok(denied > 25, `${denied} operations`);
    assert.equal((await runOp(show, helper, { task_id: task.id })).task.id, task.id);
    assert.deepEqual((await boardTools(helper)).map(({ name }) => name), ["kanban_show"]);
    assert.equal(JSON.stringify(await getDetail(board, task.id)), before);
  }));

Deno.test("U-053 the environment tells a worker, its commands and their helpers apart", () => {
  const env = { HERMES_KANBAN_TASK: "t_1", HERMES_KANBAN_RUN_ID: "7" };
  const at = (depth: string) => ({ ...env, HERMES_KANBAN_TERMINAL: depth });
  assert.equal(actorFrom(env, "user").delegated, undefined);
  assert.equal(actorFrom(at("1"), "user").delegated, undefined);
  assert.equal(actorFrom(at("2"), "user").delegated, true);
  const order = "work kanban task t_1";
  assert.equal(isWorkerOrder(env, order), true);
  assert.equal(isWorkerOrder(at("1"), order), false, "no second worker of one run");
});

Deno.test("U-053 P-068 commands below a helper are refused by the program", () =>
  inWorld(async ({ json, run, ok }) => {
    const { id } = await json(["kanban", "create", "Work", "--assignee", "ops", "--goal"]);
    await ok(["kanban", "claim", id]);
    const { runs } = await json(["kanban", "show", id]);
    const worker = { HERMES_KANBAN_TASK: id, HERMES_KANBAN_RUN_ID: String(runs[0].id) };
    const ended = ["kanban", "complete", id, "--summary", "done"];
    const helper = { ...worker, HERMES_KANBAN_TERMINAL: "2" };
    const denied = await run(ended, { env: helper });
    assert.deepEqual([denied.code, /a helper/.test(denied.stderr)], [1, true]);
    assert.match((await ok(["kanban", "show", id], { env: helper })).stdout, /Work/);
    const inTerminal = await run(ended, { env: { ...worker, HERMES_KANBAN_TERMINAL: "1" } });
    assert.deepEqual([inTerminal.code, /cannot ask the judge/.test(inTerminal.stderr)], [1, true]);
    const { HERMES_KANBAN_RUN_ID: _hidden, ...bare } = worker;
    const hidden = await run(ended, { env: { ...bare, HERMES_KANBAN_TERMINAL: "1" } });
    assert.equal(hidden.code, 1);
    assert.equal((await json(["kanban", "show", id])).task.status, "running");
  }));

Deno.test("U-051 a worker's conversation has a name on its run, and only a worker gives one", () =>
  inOpsWorld(async ({ user, as, board }) => {
    const { task } = await runOp(create, user, { title: "Work", assignee: "writer" });
    const { run_id } = await runOp(claim, user, { task_id: task.id });
    await assert.rejects(runOp(recordSession, user, { session: "x" }), { code: "forbidden" });
    const bare = await as(workerOf(task.id, null));
    await assert.rejects(runOp(recordSession, bare, { session: "x" }), /has no run/);
    const worker = await as(workerOf(task.id, run_id));
    await runOp(recordSession, worker, { session: `${task.id}.${run_id}` });
    assert.equal(
      (await getDetail(board, task.id)).runs[0]?.worker_session_id,
      `${task.id}.${run_id}`,
    );
  }));

Deno.test("P-068 a worker's command that forgets its task is still that worker's, a person's is not", () =>
  inWorld(async ({ json, ok, home }) => {
    const { id } = await json(["kanban", "create", "Work", "--goal"]);
    await ok(["kanban", "claim", id]);
    const { runs } = await json(["kanban", "show", id]);
    const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(" ");
    const keep = ["PATH", "DENO_DIR", "HOME", "HERMES_BIN"].map((name) => `${name}="$${name}"`);
    const below = async (run: number, ...words: string[]) => {
      const program = quoted([...programCommand(), "kanban", ...words]);
      const script = `env -i ${keep.join(" ")} HERMES_HOME='${home}' ${program}; exit $?`;
      const { code, stderr } = await new Deno.Command("sh", {
        args: ["-c", script],
        env: {
          DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
          HERMES_RUN_MARKER: `hermes:${home}/kanban.db:${run}`,
        },
      }).output();
      return { code, stderr: new TextDecoder().decode(stderr) };
    };
    const ways = [["complete", id], ["block", id, "why"], ["archive", id], ["move", id, "todo"]];
    for (const way of ways) {
      const { code, stderr } = await below(runs[0].id, ...way);
      assert.equal(code, 1, `${way[0]}: ${stderr}`);
      assert.match(stderr, /judge|goal mode/, way[0]);
    }
    assert.equal((await json(["kanban", "show", id])).task.status, "running");
    assert.equal((await below(runs[0].id + 1, "complete", id)).code, 0, "another run's command");
  }));
