// Owns: proof that what the planner asks a model is on record, whatever comes of the answer.

import assert from "node:assert/strict";
import { decomposeTask } from "../../src/planner/decompose.ts";
import { specifyTask } from "../../src/planner/specify.ts";
import { readTaskUsage, readUsage } from "../../src/kernel/usage.ts";
import { fanout, type PlannerWorld, withPlanner } from "./planner_world.ts";

const price = { input_per_million: 250_000, output_per_million: 500_000 };

function calls({ t }: PlannerWorld) {
  return t.rows(
    "SELECT task_id, purpose, model, input_tokens, output_tokens, cost_usd FROM model_calls",
  );
}

Deno.test("decompose and specify: each answered call is recorded with its task and cost", () =>
  withPlanner(async (world) => {
    world.config.prices = { m: price };
    const [split, single] = [await world.idea(), await world.idea()];
    await decomposeTask(world.deps(fanout({ title: "one" }, { title: "two" })), split);
    await specifyTask(world.deps({ title: "Clear", body: "words" }), single, null);
    const figures = { model: "m", input_tokens: 1, output_tokens: 1, cost_usd: 0.75 };
    assert.deepEqual((await calls(world)).map((row) => ({ ...row })), [
      { task_id: split, purpose: "decompose", ...figures },
      { task_id: single, purpose: "specify", ...figures },
    ]);
    const { own } = await readTaskUsage(world.t.board, split);
    assert.deepEqual([own.runs, own.calls, own.cost_usd], [0, 1, 0.75]);
  }));

Deno.test("decompose: an answer that is of no use is paid for all the same; no answer is not", () =>
  withPlanner(async (world) => {
    const id = await world.idea();
    assert.equal((await decomposeTask(world.deps("I would rather not."), id)).ok, false);
    assert.equal((await calls(world)).length, 1);
    const deps = world.deps();
    deps.config = { ...deps.config, model: { ...deps.config.model, provider: "" } };
    assert.equal((await decomposeTask(deps, id)).ok, false);
    assert.equal((await calls(world)).length, 1);
  }));

Deno.test("decompose: a price nobody said is unknown, and the answer is as good", () =>
  withPlanner(async (world) => {
    const id = await world.idea();
    const { ok } = await decomposeTask(world.deps(fanout({ title: "one" }, { title: "two" })), id);
    const { total } = await readUsage(world.t.board, "day", { since: 0, taskId: null }, 10);
    assert.deepEqual([ok, total.calls, total.cost_usd, total.unknown_runs], [true, 1, null, 1]);
  }));
