// Owns: proof that money keeps the dispatcher from starting workers, that it says so, and that more money wakes it.

import assert from "node:assert/strict";
import { createLog } from "../../src/base/log.ts";
import { BudgetWatch } from "../../src/dispatcher/budget_watch.ts";
import { budgetDeadline, withinBudget } from "../../src/dispatcher/rules/over_budget.ts";
import type { Budget, CountedBudget } from "../../src/kernel/budget.ts";
import { nextDay } from "../../src/kernel/budget.ts";
import { recordModelCall } from "../../src/kernel/usage.ts";
import { budgetGates, budgetNotes } from "../../src/dispatcher/why/budget_gates.ts";
import type { WhyFacts } from "../../src/dispatcher/why/gate.ts";
import { now, planFor, starts, taskRow } from "./plan_fixture.ts";
import { inWorld, until, type World } from "./world.ts";

const day: Budget = { taskId: null, limitUsd: 2, spentUsd: 2 };

Deno.test("withinBudget() takes out what has no money, keeps the order, and lists at most 100", () => {
  const ids = (names: string[]) => names.map((id) => ({ id }));
  assert.deepEqual(withinBudget(ids(["a", "b", "c"]), ["b", "z"]), {
    within: ids(["a", "c"]),
    over: ["b", "z"],
  });
  const many = Array.from({ length: 500 }, (_, index) => `t_${index}`);
  assert.equal(withinBudget([], many).over.length, 100);
});

Deno.test("budgetDeadline() looks again soon on a spent day that something waits for, at midnight at the latest", () => {
  assert.equal(budgetDeadline([day], ["a"], now), now + 10);
  const late = nextDay(now) - 3;
  assert.equal(budgetDeadline([day], ["a"], late), nextDay(now));
  assert.equal(budgetDeadline([day], [], now), null);
  assert.equal(budgetDeadline([{ ...day, taskId: "t_1" }], ["a"], now), null);
});

Deno.test("the plan starts what has money and reports what has not, promoted tasks too", () => {
  const [rich, poor, promoted] = ["t_rich", "t_poor", "t_promoted"].map((id) => taskRow({ id }));
  const { actions, skipped, nextDeadline } = planFor({
    ready: [rich!],
    promotable: [promoted!],
    overBudget: ["t_promoted", poor!.id],
    usedUp: [{ taskId: "t_poor", limitUsd: 1, spentUsd: 1 }],
  });
  assert.deepEqual(starts(actions), ["t_rich"]);
  assert.deepEqual(skipped.overBudget, ["t_promoted", "t_poor"]);
  assert.deepEqual(actions.filter(({ type }) => type === "promote").length, 1);
  assert.equal(nextDeadline, null);
});

Deno.test("BudgetWatch says once that a budget is used up, and again after it was raised", () => {
  const lines: string[] = [];
  const log = createLog((level, message, fields) =>
    lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  );
  const watch = new BudgetWatch();
  const task = { taskId: "t_1", limitUsd: 0.5, spentUsd: 0.52 };
  watch.note([task], 0, log);
  assert.deepEqual(lines, [], "nothing waits");
  for (let pass = 0; pass < 3; pass++) watch.note([task, day], 1, log);
  assert.equal(lines.length, 2);
  assert.match(lines[0]!, /^warn a budget is used up.*"t_1".*\$0\.52.*\$0\.50.*--max-cost/);
  assert.match(lines[1]!, /^warn the day's budget is used up.*00:00 UTC.*\$2\.00/);
  watch.note([], 1, log);
  watch.note([task], 1, log);
  watch.note([{ ...task, limitUsd: 0.51 }], 1, log);
  assert.equal(lines.length, 4);
});

/** The facts of a task whose budgets are given. */
function money(budgets: CountedBudget[], board: CountedBudget | null = null): WhyFacts {
  return { now, task: taskRow(), money: { budgets, day: board } } as unknown as WhyFacts;
}

const used = { taskId: "t_1", limitUsd: 0.5, spentUsd: 0.52, unknownRuns: 0 };

Deno.test("why: a used-up budget is a gate with what was spent, what is not known, and the way out", () => {
  const [own] = budgetGates(money([used]));
  assert.deepEqual([own?.gate, own?.owner, own?.owner_name], [
    "over_budget",
    "limit",
    "budget of t_1",
  ]);
  assert.equal(own?.text, "Its budget is used up: $0.52 of $0.50 spent.");
  assert.equal(own?.remedy, "hermes kanban edit t_1 --max-cost 1.02");
  const [root] = budgetGates(money([{ ...used, taskId: "t_root", unknownRuns: 2 }]));
  assert.equal(
    root?.text,
    "The budget of t_root, which it came out of, is used up: ≥ $0.52 of $0.50 spent; " +
      "2 runs of unknown cost do not count.",
  );
});

Deno.test("why: a spent day ends at midnight of UTC", () => {
  const [gate] = budgetGates(money([], { ...day, unknownRuns: 1 }));
  assert.deepEqual([gate?.gate, gate?.owner_name, gate?.next_look_at], [
    "over_day_budget",
    "kanban.max_cost_per_day",
    nextDay(now),
  ]);
  assert.match(
    gate!.text,
    /^The board's budget for today \(UTC\) is used up: ≥ \$2\.00 of \$2\.00/,
  );
  assert.match(gate!.next_look, /^at 00:00 UTC, in /);
});

Deno.test("why: a budget that has something left is a note; unknown costs are told there too", () => {
  const left = { taskId: "t_1", limitUsd: 0.5, spentUsd: 0, unknownRuns: 3 };
  const facts = money([left], { taskId: null, limitUsd: 5, spentUsd: 1, unknownRuns: 0 });
  assert.deepEqual(budgetGates(facts), []);
  assert.deepEqual(budgetNotes(facts), [
    "Its budget: ≥ $0.00 of $0.50 spent; 3 runs of unknown cost do not count.",
    "The board's budget for today (UTC): $1.00 of $5.00 spent.",
  ]);
  assert.deepEqual(budgetNotes(money([used])), []);
});

/** A model call for a task that cost something. */
function spend(world: World, taskId: string, costUsd: number): Promise<void> {
  return recordModelCall(world.board, {
    purpose: "judge",
    taskId,
    profile: "ada",
    model: "m",
    inputTokens: null,
    outputTokens: null,
    costUsd,
  });
}

/** No test waits for this. */
const never = { dispatch_interval_seconds: 3600 };

Deno.test("dispatch starts no worker of a graph without money, and names it; others start", () =>
  inWorld(async (world) => {
    const root = await world.add({ maxCostUsd: 0.5 });
    const child = await world.add({ originTaskId: root });
    const other = await world.add();
    await spend(world, child, 0.5);
    for (const dryRun of [true, false]) {
      const result = await world.dispatch({ dryRun });
      assert.deepEqual(result.spawned.map(({ task_id }) => task_id), [other]);
      assert.deepEqual(result.skipped_over_budget.toSorted(), [root, child].toSorted());
    }
    assert.deepEqual((await world.task(root)).status, "ready");
  }));

Deno.test("raising a budget starts its tasks at once, without waiting for the interval; it was said once", () =>
  inWorld(async (world) => {
    const id = await world.add({ maxCostUsd: 0.5 });
    await spend(world, id, 0.75);
    const told = () => world.lines.filter((line) => line.includes("a budget is used up"));
    await world.dispatching(async (dispatcher) => {
      await until("the operator is told", () => told().length > 0);
      for (let pass = 0; pass < 3; pass++) {
        const before = world.passes;
        dispatcher.nudge();
        await until("another pass", () => world.passes > before);
      }
      assert.equal((await world.task(id)).status, "ready");
      await world.do(id, { type: "edit", max_cost_usd: 1 });
      await until("the worker runs", async () => (await world.task(id)).worker_pid);
    });
    assert.equal(told().length, 1);
  }, never));

Deno.test("a budget that is used up while its worker runs leaves that worker alone", () =>
  inWorld(async (world) => {
    const id = await world.add({ maxCostUsd: 0.5 });
    await world.dispatch();
    const { worker_pid } = await world.task(id);
    await spend(world, id, 1);
    await world.dispatch();
    const task = await world.task(id);
    assert.deepEqual([task.status, task.worker_pid], ["running", worker_pid]);
  }));

Deno.test("kanban.max_cost_per_day: a spent day starts nothing until midnight of UTC; a higher limit frees it", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await spend(world, id, 2);
    const first = await world.dispatch();
    assert.deepEqual([first.spawned.length, first.skipped_over_budget], [0, [id]]);
    world.settings.kanban = { max_cost_per_day: 2.5 };
    assert.deepEqual((await world.dispatch({ dryRun: true })).skipped_over_budget, []);
    world.settings.kanban = { max_cost_per_day: 2 };
    world.clock.advance(nextDay(world.clock.now()) - world.clock.now());
    assert.equal((await world.dispatch()).spawned.length, 1);
  }, { max_cost_per_day: 2 }));
