// Owns: proof of `usage`, of budgets as people give them, and of what `show` tells of money.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { readTotal, recordModelCall } from "../../src/kernel/usage.ts";
import { boardsCreate } from "../../src/ops/boards/create.ts";
import { claim } from "../../src/ops/tasks/claim.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { edit } from "../../src/ops/tasks/edit.ts";
import { recordUsage } from "../../src/ops/runs/record_usage.ts";
import { runOp } from "../../src/ops/run.ts";
import { show } from "../../src/ops/views/show.ts";
import { undo } from "../../src/ops/tasks/undo.ts";
import { usage } from "../../src/ops/runs/usage.ts";
import { why } from "../../src/ops/views/why.ts";
import { addProfile, inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

/** A task of which an attempt has used something. */
async function worked(
  world: OpsWorld,
  used: { model?: string; cost_usd: number | null },
  input: Record<string, unknown> = {},
): Promise<{ id: string; worker: Awaited<ReturnType<OpsWorld["as"]>> }> {
  const { task } = await runOp(create, world.user, { title: "x", assignee: "writer", ...input });
  const { run_id } = await runOp(claim, world.user, { task_id: task.id });
  const worker = await world.as(workerOf(task.id, run_id));
  const figures = { model: "m", input_tokens: 1000, output_tokens: 10, ...used };
  await runOp(recordUsage, worker, figures);
  return { id: task.id, worker };
}

Deno.test("usage adds up by profile unless told otherwise, and by task when one is named", () =>
  inOpsWorld(async (world) => {
    const { id } = await worked(world, { cost_usd: 0.25 });
    await worked(world, { cost_usd: null });
    const board = await runOp(usage, world.user, {});
    assert.deepEqual([
      board.by,
      board.rows.map(({ key, cost_usd, unknown_runs }) => [
        key,
        cost_usd,
        unknown_runs,
      ]),
    ], ["profile", [["writer", 0.25, 1]]]);
    assert.deepEqual(board.total, {
      runs: 2,
      calls: 0,
      input_tokens: 2000,
      output_tokens: 20,
      cost_usd: 0.25,
      unknown_runs: 1,
      unknown_token_runs: 0,
    });
    const task = await runOp(usage, world.user, { task_id: id });
    assert.deepEqual([task.by, task.rows.map(({ key }) => key)], ["task", [id]]);
  }));

Deno.test("usage by day names days, and counts since a duration, a date or a time", () =>
  inOpsWorld(async (world) => {
    await worked(world, { cost_usd: 1 });
    world.clock.advance(3 * 86_400);
    await worked(world, { cost_usd: 2 });
    const days = await runOp(usage, world.user, { by: "day" });
    assert.deepEqual(days.rows.map(({ key, cost_usd }) => [key, cost_usd]), [
      ["2023-11-14", 1],
      ["2023-11-17", 2],
    ]);
    for (const since of ["1d", "2023-11-16", "2023-11-16T10:00:00Z"]) {
      assert.equal((await runOp(usage, world.user, { since })).total.cost_usd, 2, since);
    }
    const nothing = await runOp(usage, world.user, { since: "2030-01-01" });
    assert.deepEqual([nothing.rows, nothing.total.cost_usd], [[], null]);
    await assert.rejects(runOp(usage, world.user, { since: "soon" }), { code: "usage" });
  }));

Deno.test("usage by board counts every board; a task is on one", () =>
  inOpsWorld(async (world) => {
    await worked(world, { cost_usd: 1 });
    await runOp(boardsCreate, world.user, { slug: "side" });
    await runOp(boardsCreate, world.user, { slug: "empty" });
    const path = join(world.home, "kanban", "boards", "side", "kanban.db");
    const side = await openBoard({ slug: "side", path, clock: world.clock });
    await recordModelCall(side, {
      purpose: "decompose",
      taskId: null,
      profile: null,
      model: "m",
      inputTokens: 1,
      outputTokens: 1,
      costUsd: 2,
    });
    assert.equal((await readTotal(side, 0)).cost_usd, 2);
    await side.close();
    const { rows, total } = await runOp(usage, world.user, { by: "board" });
    assert.deepEqual(rows.map(({ key, cost_usd, runs, calls }) => [key, cost_usd, runs, calls]), [
      ["side", 2, 0, 1],
      ["default", 1, 1, 0],
    ]);
    assert.equal(total.cost_usd, 3);
    const named = { by: "board", task_id: "t_1" };
    await assert.rejects(runOp(usage, world.user, named), { code: "usage" });
  }));

Deno.test("usage of a task that is not there is refused", () =>
  inOpsWorld(async (world) => {
    await assert.rejects(runOp(usage, world.user, { task_id: "t_none" }), { code: "not_found" });
  }));

Deno.test("show tells what a task used, alone and with its graph; a worker's brief does not", () =>
  inOpsWorld(async (world) => {
    const { id, worker } = await worked(world, { cost_usd: 0.25 });
    await runOp(create, worker, { title: "follow-up", assignee: "writer" });
    const { usage: told } = await runOp(show, world.user, { task_id: id });
    assert.deepEqual([told?.cost_usd, told?.graph.cost_usd, told?.runs], [0.25, 0.25, 1]);
    const brief = await runOp(show, worker, { task_id: id, brief: true });
    assert.equal(brief.usage, undefined);
  }));

Deno.test("record-usage tells a worker that the budget above it is used up, the nearest first", () =>
  inOpsWorld(async (world) => {
    const { id, worker } = await worked(world, { cost_usd: 0.1 }, { max_cost_usd: 0.5 });
    const figures = { model: "m", input_tokens: 1, output_tokens: 1 };
    const some = await runOp(recordUsage, worker, { ...figures, cost_usd: 0.49 });
    assert.equal(some.used_up, null);
    const all = await runOp(recordUsage, worker, { ...figures, cost_usd: 0.5 });
    assert.deepEqual(all.used_up, { task_id: id, limit_usd: 0.5, spent_usd: 0.5 });
    await runOp(edit, world.user, { task_id: id, max_cost_usd: null });
    const free = await runOp(recordUsage, worker, { ...figures, cost_usd: 9 });
    assert.equal(free.used_up, null);
  }));

Deno.test("create and edit set a budget; undo takes a change back; nobody gets money by asking an agent", () =>
  inOpsWorld(async (world) => {
    const { task } = await runOp(create, world.user, { title: "x", max_cost_usd: 0.5 });
    assert.equal(task.max_cost_usd, 0.5);
    const raised = await runOp(edit, world.user, { task_id: task.id, max_cost_usd: 2 });
    assert.deepEqual([raised.task.max_cost_usd, raised.changed], [2, true]);
    const same = await runOp(edit, world.user, { task_id: task.id, max_cost_usd: 2 });
    assert.equal(same.changed, false);
    await runOp(undo, world.user, {});
    const { task: back } = await runOp(show, world.user, { task_id: task.id });
    assert.equal(back.max_cost_usd, 0.5);
    for (const max_cost_usd of [0, -1, "much"]) {
      const wrong = { task_id: task.id, max_cost_usd };
      await assert.rejects(runOp(edit, world.user, wrong), { code: "usage" });
    }
    const agent = await world.as({ ...workerOf(task.id, null), kind: "orchestrator" });
    await assert.rejects(runOp(edit, agent, { task_id: task.id, max_cost_usd: 9 }), {
      code: "forbidden",
    });
  }));

Deno.test("create and edit warn of a budget that cannot be kept, because nobody says what the model costs", () =>
  inOpsWorld(async (world) => {
    const config = (provider: string, model: string, more = "") =>
      `model: {provider: ${provider}, default: "${model}"}\n${more}`;
    await addProfile(world.home, "local", config("ollama", "qwen3:30b"));
    await addProfile(
      world.home,
      "free",
      config(
        "ollama",
        "qwen3:30b",
        "prices: {qwen3*: {input_per_million: 0, output_per_million: 0}}",
      ),
    );
    await addProfile(world.home, "paid", config("openai", "gpt-5", ""));
    await addProfile(world.home, "router", config("openrouter", "any/model", ""));
    const keys = { OPENAI_API_KEY: "k", OPENROUTER_API_KEY: "k" };
    const user = await world.as(world.user.actor, keys);
    const warningFor = async (assignee: string, more: Record<string, unknown> = {}) => {
      const input = { title: "x", assignee, max_cost_usd: 1, ...more };
      const { warning = "" } = await runOp(create, user, input);
      return /Nobody says what model "([^"]+)" of (\w+) costs/.exec(warning)?.slice(1) ?? null;
    };
    assert.deepEqual(await warningFor("local"), ["qwen3:30b", "ollama"]);
    assert.equal(await warningFor("local", { max_cost_usd: null }), null);
    for (const assignee of ["free", "paid", "router"]) {
      assert.equal(await warningFor(assignee), null, assignee);
    }
    const { task } = await runOp(create, user, { title: "x", assignee: "local" });
    const edited = await runOp(edit, user, { task_id: task.id, max_cost_usd: 1 });
    assert.match(edited.warning ?? "", /prices:/);
    const lifted = await runOp(edit, user, { task_id: task.id, max_cost_usd: null });
    assert.equal(lifted.warning, undefined);
  }));

Deno.test("why names a used-up budget with the command that raises it", () =>
  inOpsWorld(async (world) => {
    await addProfile(world.home, "writer");
    const { task } = await runOp(create, world.user, {
      title: "x",
      assignee: "writer",
      max_cost_usd: 0.5,
    });
    const used = { profile: null, model: "m", inputTokens: null, outputTokens: null };
    const spend = (costUsd: number | null) =>
      recordModelCall(world.board, { ...used, purpose: "judge", taskId: task.id, costUsd });
    await spend(null);
    const before = await runOp(why, world.user, { task_id: task.id });
    assert.deepEqual(before.notes, [
      "Its budget: ≥ $0.00 of $0.50 spent; 1 run of unknown cost does not count.",
    ]);
    await spend(0.6);
    const { gates } = await runOp(why, world.user, { task_id: task.id });
    const gate = gates.find(({ gate }) => gate === "over_budget");
    assert.equal(gate?.remedy, `hermes kanban edit ${task.id} --max-cost 1.10`);
  }));
