// Owns: proof that usage adds up, whatever it is grouped by, and that the unknown never counts as zero.

import assert from "node:assert/strict";
import fc from "fast-check";
import { dimensions, type UsageScope, type UsageTotals } from "../../src/kernel/queries/usage.ts";
import {
  callRecorder,
  readTaskUsage,
  readTotal,
  readUsage,
  recordModelCall,
  recordUsage,
} from "../../src/kernel/usage.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";

const whole: UsageScope = { since: 0, taskId: null };

/** What one attempt or call used. */
interface Used {
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
}

/** An attempt at a task with a worker of its own, which told what it used unless `used` is null. */
async function attempt(
  t: TestBoard,
  taskId: string,
  used: Partial<Used> | null,
  row: { profile?: string | null; at?: number; worker?: number | null } = {},
): Promise<void> {
  const { profile = "ada", at = 1000, worker = 7 } = row;
  await t.raw(
    `INSERT INTO task_runs (task_id, profile, status, worker_pid, started_at, ended_at, outcome)
     VALUES (?, ?, 'done', ?, ?, ?, 'completed')`,
    [taskId, profile, worker, at, at + 1],
  );
  const [{ id }] = await t.rows<{ id: number }>("SELECT MAX(id) AS id FROM task_runs") as [
    { id: number },
  ];
  if (used === null) return;
  const none = { model: null, inputTokens: null, outputTokens: null, costUsd: null };
  await recordUsage(t.board, id, { ...none, ...used });
}

function groupsOf(t: TestBoard, by: typeof dimensions[number], scope = whole) {
  return readUsage(t.board, by, scope, 1000);
}

Deno.test("readUsage() adds tokens and cost; what is unknown is left out and counted", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await attempt(t, id, { model: "m", inputTokens: 100, outputTokens: 10, costUsd: 0.5 });
    await attempt(t, id, { model: "m", inputTokens: 50, outputTokens: null, costUsd: null });
    await attempt(t, id, null);
    const { groups, total } = await groupsOf(t, "task");
    const sums = {
      runs: 3,
      calls: 0,
      input_tokens: 150,
      output_tokens: 10,
      cost_usd: 0.5,
      unknown_runs: 2,
      unknown_token_runs: 2,
    };
    assert.deepEqual(total, sums);
    assert.deepEqual(groups, [{ key: id, title: "a task", ...sums }]);
  }));

Deno.test("readUsage() of a board on which nothing is known says null, not zero", () =>
  withBoard(async (t) => {
    await attempt(t, await t.add(), null);
    const { total } = await groupsOf(t, "model");
    assert.deepEqual([total.input_tokens, total.output_tokens, total.cost_usd], [null, null, null]);
    assert.deepEqual([total.runs, total.unknown_runs], [1, 1]);
  }));

Deno.test("readUsage() leaves out attempts that had no worker and told nothing: no model was used", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await attempt(t, id, null, { worker: null });
    assert.equal((await groupsOf(t, "task")).total.runs, 0);
    await attempt(t, id, { costUsd: 0 }, { worker: null });
    const { total } = await groupsOf(t, "task");
    assert.deepEqual([total.runs, total.cost_usd, total.unknown_runs], [1, 0, 0]);
  }));

Deno.test("readUsage() by graph adds up to the root whatever came out of it, several steps down", () =>
  withBoard(async (t) => {
    const root = await t.add({ title: "an idea" });
    const child = await t.add({ originTaskId: root });
    const grandchild = await t.add({ originTaskId: child });
    const other = await t.add({ title: "something else" });
    for (const id of [root, child, grandchild, other]) await attempt(t, id, { costUsd: 1 });
    await recordModelCall(t.board, {
      purpose: "decompose",
      taskId: root,
      profile: "default",
      model: "m",
      inputTokens: 5,
      outputTokens: 5,
      costUsd: 0.25,
    });
    const { groups } = await groupsOf(t, "graph");
    assert.deepEqual(
      groups.map(({ key, title, cost_usd, runs, calls }) => [key, title, cost_usd, runs, calls]),
      [[root, "an idea", 3.25, 3, 1], [other, "something else", 1, 1, 0]],
    );
    const below = await groupsOf(t, "task", { since: 0, taskId: child });
    assert.deepEqual(below.groups.map(({ key }) => key).sort(), [child, grandchild].sort());
    assert.equal(below.total.cost_usd, 2);
    const { own, graph } = await readTaskUsage(t.board, root);
    assert.deepEqual([own.cost_usd, graph.cost_usd], [1.25, 3.25]);
  }));

Deno.test("readUsage() since a second leaves out what began before; days are UTC's", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const day = 86_400;
    await attempt(t, id, { costUsd: 1 }, { at: 10 * day - 1 });
    await attempt(t, id, { costUsd: 2 }, { at: 10 * day });
    await attempt(t, id, { costUsd: 4 }, { at: 11 * day });
    const { groups } = await groupsOf(t, "day");
    assert.deepEqual(
      groups.map(({ key, cost_usd }) => [key, cost_usd]),
      [[9 * day, 1], [10 * day, 2], [11 * day, 4]],
    );
    const recent = await readUsage(t.board, "task", { since: 10 * day, taskId: null }, 10);
    assert.equal(recent.total.cost_usd, 6);
    assert.equal((await readTotal(t.board, 11 * day)).cost_usd, 4);
  }));

Deno.test("readUsage() cut off at a limit says that there is more, and its total counts all", () =>
  withBoard(async (t) => {
    for (const costUsd of [1, 3, 2]) await attempt(t, await t.add(), { costUsd });
    const { groups, total, more } = await readUsage(t.board, "task", whole, 2);
    assert.deepEqual(groups.map(({ cost_usd }) => cost_usd), [3, 2]);
    assert.deepEqual([total.cost_usd, more], [6, true]);
    assert.equal((await readUsage(t.board, "task", whole, 3)).more, false);
  }));

Deno.test("readUsage() of an unknown task is refused", () =>
  withBoard(async (t) => {
    await assert.rejects(groupsOf(t, "task", { since: 0, taskId: "t_none" }), {
      code: "not_found",
    });
  }));

Deno.test("readUsage() ends although another program made tasks come out of one another in a circle", () =>
  withBoard(async (t) => {
    const [a, b] = [await t.add(), await t.add()];
    await t.raw("UPDATE tasks SET origin_task_id = ? WHERE id = ?", [b, a]);
    await t.raw("UPDATE tasks SET origin_task_id = ? WHERE id = ?", [a, b]);
    for (const id of [a, b]) await attempt(t, id, { costUsd: 1 });
    for (const by of dimensions) assert.equal(sumOf((await groupsOf(t, by)).groups).cost_usd, 2);
    assert.equal((await readTaskUsage(t.board, a)).graph.cost_usd, 2);
  }));

Deno.test("callRecorder() notes a call at the board's time", () =>
  withBoard(async (t) => {
    const note = callRecorder(t.board, { purpose: "describe", taskId: null, profile: "ada" });
    await note({ model: "m", inputTokens: 3, outputTokens: null, cost: null });
    const rows = await t.rows("SELECT * FROM model_calls");
    assert.deepEqual({ ...rows[0] }, {
      id: 1,
      task_id: null,
      purpose: "describe",
      profile: "ada",
      model: "m",
      input_tokens: 3,
      output_tokens: null,
      cost_usd: null,
      created_at: t.clock.now(),
    });
  }));

/** The sum over groups; null stays null until something is known. */
function sumOf(groups: readonly UsageTotals[]): UsageTotals {
  const add = (a: number | null, b: number | null) => a === null ? b : b === null ? a : a + b;
  return groups.reduce<UsageTotals>((sum, group) => ({
    runs: sum.runs + group.runs,
    calls: sum.calls + group.calls,
    input_tokens: add(sum.input_tokens, group.input_tokens),
    output_tokens: add(sum.output_tokens, group.output_tokens),
    cost_usd: add(sum.cost_usd, group.cost_usd),
    unknown_runs: sum.unknown_runs + group.unknown_runs,
    unknown_token_runs: sum.unknown_token_runs + group.unknown_token_runs,
  }), {
    runs: 0,
    calls: 0,
    input_tokens: null,
    output_tokens: null,
    cost_usd: null,
    unknown_runs: 0,
    unknown_token_runs: 0,
  });
}

/** Costs in eighths of a dollar add up without rounding, in any order. */
const known = fc.option(fc.integer({ min: 0, max: 800 }).map((eighths) => eighths / 8));
const count = fc.option(fc.integer({ min: 0, max: 1_000_000 }));
const used = fc.record({
  model: fc.option(fc.constantFrom("m1", "m2")),
  inputTokens: count,
  outputTokens: count,
  costUsd: known,
  profile: fc.option(fc.constantFrom("ada", "bob", "")),
  at: fc.integer({ min: 0, max: 5 * 86_400 }),
  /** Which task; beyond the last one, none that exists. */
  task: fc.nat(6),
  isCall: fc.boolean(),
});

Deno.test("totals by task, graph, profile, model and day are all the same, for any uses of any forest", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
      fc.array(used, { maxLength: 12 }),
      fc.integer({ min: 0, max: 3 * 86_400 }),
      (origins, uses, since) =>
        withBoard(async (t) => {
          const ids: string[] = [];
          for (const [index, origin] of origins.entries()) {
            // Each task comes out of an earlier one, or of none.
            ids.push(await t.add({ originTaskId: origin < index ? ids[origin] : null }));
          }
          for (const { isCall, task, at, profile, ...figures } of uses) {
            const taskId = ids[task] ?? "t_gone";
            if (!isCall) await attempt(t, taskId, figures, { profile, at });
            else {
              const call = { purpose: "judge" as const, taskId: ids[task] ?? null, profile };
              await recordModelCall(t.board, { ...call, ...figures });
              await t.raw("UPDATE model_calls SET created_at = ? WHERE id = last_insert_rowid()", [
                at,
              ]);
            }
          }
          const expected = expectedTotal(uses, since);
          for (const by of dimensions) {
            const report = await readUsage(t.board, by, { since, taskId: null }, 1000);
            assert.deepEqual(sumOf(report.groups), expected, by);
            assert.deepEqual(report.total, expected, by);
          }
          for (const id of ids) {
            const scope = { since, taskId: id };
            const sums = await Promise.all(
              dimensions.map(async (by) => sumOf((await groupsOf(t, by, scope)).groups)),
            );
            const { total } = await groupsOf(t, "task", scope);
            for (const sum of sums) assert.deepEqual(sum, total);
          }
        }),
    ),
    { numRuns: 40 },
  );
});

/** The same sums without a database. */
function expectedTotal(
  uses: readonly (Omit<Used, "model"> & { at: number; isCall: boolean })[],
  since: number,
): UsageTotals {
  return sumOf(
    uses.filter(({ at }) => at >= since).map((use) => ({
      runs: use.isCall ? 0 : 1,
      calls: use.isCall ? 1 : 0,
      input_tokens: use.inputTokens,
      output_tokens: use.outputTokens,
      cost_usd: use.costUsd,
      unknown_runs: use.costUsd === null ? 1 : 0,
      unknown_token_runs: use.inputTokens === null || use.outputTokens === null ? 1 : 0,
    })),
  );
}
