// Owns: proof that a worker stops between two turns when the money is used up, and says so on the board.

import assert from "node:assert/strict";
import { BudgetStop } from "../../src/agent/budget.ts";
import { workerBoard } from "../../src/agent/kanban_board.ts";
import { runWorker, workerExit } from "../../src/agent/worker.ts";
import { silentLog } from "../../src/base/log.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import type { ModelReply } from "../../src/llm/messages.ts";
import { claim } from "../../src/ops/tasks/claim.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { runOp } from "../../src/ops/run.ts";
import { show } from "../../src/ops/views/show.ts";
import { usage } from "../../src/ops/runs/usage.ts";
import { inOpsWorld, type OpsWorld, workerOf } from "../ops/world.ts";

const usedUp = { task_id: "t_1", limit_usd: 0.5, spent_usd: 0.52 };

Deno.test("BudgetStop blocks once the board says that nothing is left, naming both amounts", async () => {
  const reasons: string[] = [];
  const stop = new BudgetStop("t_1", (reason) => {
    reasons.push(reason);
    return Promise.resolve();
  });
  assert.equal(await stop.ends(), false);
  stop.note(null);
  assert.equal(await stop.ends(), false);
  stop.note(usedUp);
  assert.equal(await stop.ends(), true);
  stop.note({ ...usedUp, task_id: "t_root" });
  await stop.ends();
  assert.deepEqual(reasons, [
    "budget used: $0.52 of $0.50. Give it more with: hermes kanban edit t_1 --max-cost <dollars>",
    "budget used: $0.52 of $0.50 (the budget of t_root and all that came out of it). " +
    "Give it more with: hermes kanban edit t_root --max-cost <dollars>",
  ]);
});

/** One task of writer's with a budget, worked on by a model whose every turn costs 20 cents. */
async function workOn(
  world: OpsWorld,
  tools: (turn: number) => string,
  input: Record<string, unknown> = {},
): Promise<{ id: string; exit: number; turns: number }> {
  const { task } = await runOp(create, world.user, { title: "x", assignee: "writer", ...input });
  const { run_id } = await runOp(claim, world.user, { task_id: task.id });
  const context = await world.as(workerOf(task.id, run_id));
  let turns = 0;
  const chat = (): Promise<ModelReply> => {
    turns++;
    const call = { id: `c${turns}`, name: tools(turns), arguments: '{"summary":"done"}' };
    const counted = { inputTokens: 100_000, outputTokens: 0 };
    return Promise.resolve({
      text: "",
      toolCalls: [call],
      usage: counted,
      model: "m",
      finishReason: "tool_calls",
    });
  };
  const exit = await runWorker({
    taskId: task.id,
    runId: run_id!,
    profile: "writer",
    persona: null,
    skills: [],
    board: await workerBoard(context, task.id, run_id!),
    client: { chat },
    model: "m",
    workspace: world.home,
    logsRoot: `${world.home}/logs`,
    agent: { ...defaultConfig.agent, max_turns: 20 },
    prices: () => ({ input_per_million: 2, output_per_million: 0 }),
    commandEnv: {},
    toolsets: [],
    skillTool: null,
    secrets: [],
    clock: world.clock,
    log: silentLog,
    signal: new AbortController().signal,
  });
  return { id: task.id, exit, turns };
}

Deno.test("a worker blocks its task for input at the turn at which the budget is used up", () =>
  inOpsWorld(async (world) => {
    const { id, exit, turns } = await workOn(world, () => "kanban_show", { max_cost_usd: 0.5 });
    assert.deepEqual([exit, turns], [workerExit.done, 3]);
    const { task, runs, comments } = await runOp(show, world.user, { task_id: id });
    assert.deepEqual([task.status, task.block_kind], ["blocked", "needs_input"]);
    assert.deepEqual([runs.length, runs[0]?.outcome], [1, "blocked"]);
    assert.match(comments.at(-1)!.body, /budget used: \$0\.60 of \$0\.50\. .*--max-cost/);
    const { total } = await runOp(usage, world.user, { task_id: id });
    assert.equal(total.cost_usd?.toFixed(2), "0.60");
  }));

Deno.test("a worker that hands over with its last money has handed over", () =>
  inOpsWorld(async (world) => {
    const tools = (turn: number) => turn === 3 ? "kanban_complete" : "kanban_show";
    const { id, turns } = await workOn(world, tools, { max_cost_usd: 0.5 });
    const { task } = await runOp(show, world.user, { task_id: id });
    assert.deepEqual([task.status, turns], ["done", 3]);
  }));

Deno.test("a worker without a budget goes on to its limit of turns", () =>
  inOpsWorld(async (world) => {
    const { exit, turns } = await workOn(world, () => "kanban_show");
    assert.deepEqual([exit, turns], [workerExit.failed, 20]);
  }));
