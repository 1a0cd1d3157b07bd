// Owns: the proof of who may do what, and of what agents cannot pretend.

import assert from "node:assert/strict";
import { claim } from "../../src/ops/tasks/claim.ts";
import { comment } from "../../src/ops/tasks/comment.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import { block } from "../../src/ops/tasks/block.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { edit } from "../../src/ops/tasks/edit.ts";
import { heartbeat } from "../../src/ops/runs/heartbeat.ts";
import { link } from "../../src/ops/tasks/link.ts";
import type { Operation } from "../../src/ops/define.ts";
import { reclaim } from "../../src/ops/runs/reclaim.ts";
import { runOp } from "../../src/ops/run.ts";
import { show } from "../../src/ops/views/show.ts";
import { unblock } from "../../src/ops/tasks/unblock.ts";
import { recordUsage } from "../../src/ops/runs/record_usage.ts";
import { addProfile, inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

/** A running task and the worker of its run. */
async function runningTask({ user, as }: OpsWorld, env = {}) {
  const { task } = await runOp(create, user, { title: "Work", assignee: "writer" });
  const { run_id } = await runOp(claim, user, { task_id: task.id });
  return { id: task.id, runId: run_id!, worker: await as(workerOf(task.id, run_id), env) };
}

Deno.test("R-13 P-058 complete, block and heartbeat act on the agent's own task only", () =>
  inOpsWorld(async (world) => {
    const { worker } = await runningTask(world);
    const { task: other } = await runOp(create, world.user, { title: "Not yours" });
    for (const operation of [complete, block, heartbeat] as Operation[]) {
      await assert.rejects(
        runOp(operation, worker, { task_id: other.id, summary: "x", reason: "x" }),
        { code: "forbidden", message: /its own is t_/ },
      );
    }
    assert.equal((await runOp(show, world.user, { task_id: other.id })).task.status, "ready");
    const chat = await world.as({ kind: "orchestrator", name: "lead", taskId: null, runId: null });
    await assert.rejects(runOp(complete, chat, { task_id: other.id, summary: "x" }), {
      code: "forbidden",
      message: /no task of its own/,
    });
  }));

Deno.test("R-13 S-207 unblock needs an orchestrator: the configured one, or a profile with the kanban toolset", () =>
  inOpsWorld(async (world) => {
    const { home, user, as } = world;
    await addProfile(home, "lead");
    await addProfile(home, "pm", "toolsets: [kanban]\n");
    await Deno.writeTextFile(`${home}/config.yaml`, "kanban:\n  orchestrator_profile: lead\n");
    const { task } = await runOp(create, user, { title: "Stuck" });
    const stop = () => runOp(block, user, { task_id: task.id, reason: "which?" });
    const { task: own } = await runOp(create, user, { title: "Own", assignee: "writer" });

    await stop();
    const writer = await as(workerOf(own.id, null, "writer"), { HERMES_PROFILE: "writer" });
    await assert.rejects(runOp(unblock, writer, { task_id: task.id }), { code: "forbidden" });
    const lead = await as(workerOf(own.id, null, "lead"), { HERMES_PROFILE: "lead" });
    assert.deepEqual(await runOp(unblock, lead, { task_id: task.id }), {
      task_id: task.id,
      status: "ready",
    });
    await stop();
    const pm = await as(workerOf(own.id, null, "pm"), { HERMES_PROFILE: "pm" });
    assert.equal((await runOp(unblock, pm, { task_id: task.id })).status, "ready");
    await assert.rejects(runOp(edit, writer, { task_id: task.id, title: "Mine now" }), {
      code: "forbidden",
    });
  }));

Deno.test("R-14 P-059 an agent's comments and tasks carry its profile whatever it claims; people may sign freely", () =>
  inOpsWorld(async (world) => {
    const { id, worker } = await runningTask(world, { HERMES_TENANT: "acme" });
    await runOp(comment, worker, { task_id: id, body: "hello", author: "system" });
    await runOp(comment, world.user, { task_id: id, body: "hi", author: "maria" });
    await runOp(comment, world.user, { task_id: id, body: "hi" });
    const { comments } = await runOp(show, world.user, { task_id: id });
    assert.deepEqual(comments.map(({ author }) => author), ["writer", "maria", "user"]);
    const input = { title: "Follow-up", assignee: "writer", created_by: "root" };
    const made = await runOp(create, worker, input);
    assert.equal(made.task.created_by, "writer", "S-036");
    assert.equal(made.task.tenant, "acme", "S-205: tenant of the worker's own task");
    assert.equal((await runOp(create, world.user, input)).task.created_by, "root");
  }));

Deno.test("S-064 P-013 every write of a closed run is refused and changes nothing", () =>
  inOpsWorld(async (world) => {
    const { id, worker, runId } = await runningTask(world);
    const { task: parent } = await runOp(create, world.user, { title: "Parent" });
    await runOp(reclaim, world.user, { task_id: id, reason: "too slow" });
    await runOp(claim, world.user, { task_id: id });
    const before = await runOp(show, world.user, { task_id: id });
    const late: [Operation, Record<string, unknown>][] = [
      [complete, { task_id: id, summary: "done" }],
      [block, { task_id: id, reason: "help" }],
      [heartbeat, { task_id: id }],
      [comment, { task_id: id, body: "late" }],
      [create, { title: "Late", assignee: "writer" }],
      [link, { parent_id: parent.id, child_id: id }],
    ];
    for (const [operation, input] of late) {
      await assert.rejects(runOp(operation, worker, input), {
        code: "fenced",
        message: new RegExp(`run ${runId}`),
      });
    }
    const after = await runOp(show, world.user, { task_id: id });
    assert.deepEqual(after.task, before.task);
    assert.deepEqual(after.comments, []);
    assert.deepEqual(after.parents, []);
    const fresh = after.events.slice(before.events.length);
    assert.ok(fresh.every(({ kind }) => kind === "write_refused"), JSON.stringify(fresh));
  }));

Deno.test("R-13 unblock by an orchestrator whose run is closed is refused", () =>
  inOpsWorld(async (world) => {
    const { home, user, as } = world;
    await addProfile(home, "pm", "toolsets: [kanban]\n");
    const { id, runId } = await runningTask(world);
    const { task } = await runOp(create, user, { title: "Stuck" });
    await runOp(block, user, { task_id: task.id });
    const pm = await as(workerOf(id, runId, "pm"), { HERMES_PROFILE: "pm" });
    await runOp(reclaim, user, { task_id: id });
    await assert.rejects(runOp(unblock, pm, { task_id: task.id }), { code: "fenced" });
    assert.equal((await runOp(show, user, { task_id: task.id })).task.status, "blocked");
  }));

Deno.test("P-060 secrets are gone before anything is written, through every field and by any shape", () =>
  inOpsWorld(async (world) => {
    const key = "sk-proj-abcdefghijklmnop1234";
    const odd = "plain-but-secret-value";
    const { id, worker } = await runningTask(world, { OPENAI_API_KEY: odd });
    await runOp(heartbeat, worker, { task_id: id, note: `using ${key}` });
    await runOp(comment, worker, { task_id: id, body: `the key is ${odd}` });
    await runOp(create, worker, { title: `Rotate ${key}`, assignee: "ops", body: `was ${odd}` });
    await runOp(complete, worker, {
      task_id: id,
      summary: `called with ${key}`,
      result: odd,
      metadata: { header: `Authorization: Bearer ${key}`, list: [odd] },
    });
    const { task } = await runOp(create, world.user, { title: "Blocked" });
    await runOp(block, world.user, { task_id: task.id, reason: `password=${odd}` });
    for (const suffix of ["", "-wal"]) {
      const bytes = await Deno.readFile(`${world.home}/kanban.db${suffix}`);
      const text = new TextDecoder("latin1").decode(bytes);
      assert.ok(!text.includes(key), `the key is in kanban.db${suffix}`);
      assert.ok(!text.includes(odd), `the value is in kanban.db${suffix}`);
    }
  }));

Deno.test("S-027 P-060 what people put into a title and body is stored exactly as typed", () =>
  inOpsWorld(async ({ user }) => {
    const body = "'; DROP TABLE tasks; -- sk-proj-abcdefghijklmnop1234 ‏אבג 🚀";
    const { task } = await runOp(create, user, { title: `T ${body}`, body, assignee: body });
    assert.deepEqual([task.title, task.body, task.assignee], [`T ${body}`, body, body]);
  }));

Deno.test("usage is recorded on the worker's run and refused to anybody else", () =>
  inOpsWorld(async (world) => {
    const { id, worker } = await runningTask(world);
    const input = { model: "m", input_tokens: 10, output_tokens: null, cost_usd: 0.5 };
    await runOp(recordUsage, worker, input);
    const { runs } = await runOp(show, world.user, { task_id: id });
    assert.deepEqual(
      [runs[0]?.model, runs[0]?.input_tokens, runs[0]?.output_tokens, runs[0]?.cost_usd],
      ["m", 10, null, 0.5],
    );
    await assert.rejects(runOp(recordUsage, world.user, input), { code: "forbidden" });
  }));
