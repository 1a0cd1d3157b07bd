// Owns: the proof that `why` gathers its facts from the board, the configuration, the profiles and the lock.

import assert from "node:assert/strict";
import { join } from "node:path";
import { lockDispatch } from "../../src/dispatcher/lock.ts";
import { mustCommand } from "../../src/kernel/board.ts";
import { block } from "../../src/ops/tasks/block.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { move } from "../../src/ops/tasks/move.ts";
import { runOp } from "../../src/ops/run.ts";
import { unblock } from "../../src/ops/tasks/unblock.ts";
import { undo } from "../../src/ops/tasks/undo.ts";
import { why } from "../../src/ops/views/why.ts";
import { addProfile, inOpsWorld, type OpsWorld } from "./world.ts";

async function gatesOf({ user }: OpsWorld, task_id: string): Promise<string[]> {
  return (await runOp(why, user, { task_id })).gates.map(({ gate }) => gate);
}

async function add({ user }: OpsWorld, more = {}): Promise<string> {
  return (await runOp(create, user, { title: "x", ...more })).task.id;
}

Deno.test("why knows profiles, the dispatch lock, limits and the place in the queue", () =>
  inOpsWorld(async (world) => {
    const { home, user, board, clock } = world;
    await Deno.writeTextFile(
      join(home, "config.yaml"),
      "kanban:\n  max_in_progress: 2\n  max_in_progress_per_profile: 1\n",
    );
    await addProfile(home, "writer");
    const nobody = await add(world);
    const typo = await add(world, { assignee: "wrtier" });
    clock.advance(1);
    const first = await add(world, { assignee: "writer", priority: 3 });
    const second = await add(world, { assignee: "writer" });
    assert.deepEqual(await gatesOf(world, nobody), ["unassigned", "no_dispatcher"]);
    assert.deepEqual(await gatesOf(world, typo), ["no_profile", "no_dispatcher"]);
    const held = await lockDispatch(user.boardPaths);
    try {
      const third = await runOp(why, user, { task_id: second });
      assert.equal(third.verdict, "starting");
      assert.match(third.text, /2 tasks go before it/, "the misspelt one and the urgent one");
      const command = { type: "claim", lock: "h:1", ttlSeconds: 60, lane: "builtin" } as const;
      await mustCommand(board, first, command);
      assert.deepEqual(await gatesOf(world, second), ["profile_full"]);
      const { verdict, text } = await runOp(why, user, { task_id: first });
      assert.equal(verdict, "running");
      assert.match(text, /Run 1 of writer.*claimed by h:1/);
    } finally {
      held?.release();
    }
    await assert.rejects(runOp(why, user, { task_id: "t_x" }), { code: "not_found" });
  }));

Deno.test("why tells a schedule from a cool-down", () =>
  inOpsWorld(async (world) => {
    const { board, clock } = world;
    const id = await add(world);
    await mustCommand(board, id, { type: "claim", lock: "h:1", ttlSeconds: 60, lane: "builtin" });
    await mustCommand(board, id, { type: "rate_limit", error: "429", cooldownSeconds: 300 });
    assert.ok((await gatesOf(world, id)).includes("cool_down"));
    await mustCommand(board, id, { type: "schedule", at: clock.now() + 60 });
    assert.ok((await gatesOf(world, id)).includes("scheduled"));
    clock.advance(61);
    assert.deepEqual(await gatesOf(world, id), ["unassigned", "no_dispatcher"]);
  }));

Deno.test("why tells what blocked a task last: a person, the breaker, or a move by hand", () =>
  inOpsWorld(async (world) => {
    const { user, board } = world;
    const id = await add(world);
    const first = async () => (await runOp(why, user, { task_id: id })).gates[0]!;
    await runOp(block, user, { task_id: id, reason: "which logo?" });
    assert.match((await first()).text, /which logo\?/);
    await runOp(unblock, user, { task_id: id });
    await runOp(undo, user, {});
    assert.match((await first()).text, /which logo\?/, "the block holds again");
    await runOp(unblock, user, { task_id: id });
    await runOp(move, user, { task_id: id, to: "blocked" });
    assert.match((await first()).text, /without a reason/);
    await runOp(unblock, user, { task_id: id });
    for (let failures = 1; failures <= 3; failures++) {
      await mustCommand(board, id, { type: "claim", lock: "h:1", ttlSeconds: 60, lane: "builtin" });
      await mustCommand(board, id, { type: "crash", pid: 7, error: "boom" });
    }
    assert.equal((await first()).gate, "gave_up");
    assert.match((await first()).text, /3 failed attempts \(limit 3\).*boom/);
  }));

Deno.test("why reads whether triage is planned by itself, and with which model", () =>
  inOpsWorld(async (world) => {
    const { home, as, user } = world;
    const id = await add(world, { triage: true });
    assert.deepEqual(await gatesOf(world, id), ["no_planner_model", "no_dispatcher"]);
    const file = join(home, "config.yaml");
    await Deno.writeTextFile(file, "model:\n  provider: ollama\n  default: tiny\n");
    const configured = await as(user.actor);
    assert.deepEqual(await gatesOf({ ...world, user: configured }, id), [
      "planning",
      "no_dispatcher",
    ]);
    await Deno.writeTextFile(file, "kanban:\n  auto_decompose: false\n");
    const off = await as(user.actor);
    assert.deepEqual(await gatesOf({ ...world, user: off }, id), ["planning_off", "no_dispatcher"]);
  }));
