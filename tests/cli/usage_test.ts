// Owns: the proof of `kanban usage` and of budgets on the command line, run as real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type Board, openBoard } from "../../src/kernel/board.ts";
import { recordModelCall } from "../../src/kernel/usage.ts";
import { inWorld, type World } from "../harness/program.ts";

/** Does something on the board of a home. */
async function onBoard(home: string, body: (board: Board) => Promise<void>): Promise<void> {
  const board = await openBoard({ slug: "default", path: join(home, "kanban.db") });
  try {
    await body(board);
  } finally {
    await board.close();
  }
}

/** An idea and two tasks that came out of it; one attempt of two is of unknown cost. */
async function filled({ json, home }: World): Promise<{ root: string; child: string }> {
  const made = await json(["kanban", "create", "An idea", "--max-cost", "$0.50"]);
  assert.equal(made.max_cost_usd, 0.5);
  const child = await json(["kanban", "create", "潮汐の仕組み", "--assignee", "writer"]);
  await onBoard(home, async (board) => {
    await board.engine.write(async (tx) => {
      await tx.run("UPDATE tasks SET origin_task_id = ? WHERE id = ?", [made.id, child.id]);
      const insert = `INSERT INTO task_runs
          (task_id, profile, status, worker_pid, started_at, ended_at, outcome, model, input_tokens,
           output_tokens, cost_usd)
        VALUES (?, 'writer', 'done', 7, 1700000000, 1700000009, 'completed', ?, 12400, 310, ?)`;
      await tx.run(insert, [child.id, "gpt-5", 0.6]);
      await tx.run(insert, [child.id, "qwen3", null]);
    });
    await recordModelCall(board, {
      purpose: "decompose",
      taskId: made.id,
      profile: null,
      model: "gpt-5",
      inputTokens: 800,
      outputTokens: 5,
      costUsd: 0.0125,
    });
  });
  return { root: made.id, child: child.id };
}

Deno.test("kanban usage: a table with totals; unknown is a dash, and a sum that lacks some is a least value", () =>
  inWorld(async (world) => {
    assert.equal((await world.ok(["kanban", "usage"])).stdout, "(nothing was used)\n");
    const { root, child } = await filled(world);
    const { stdout } = await world.ok(["kanban", "usage", root]);
    assert.deepEqual(stdout.split("\n"), [
      "TASK        RUNS  CALLS  TOKENS IN  OUT       COST",
      `${child}     2      0     24,800  620  ≥ $0.6000  1 of unknown cost  潮汐の仕組み`,
      `${root}     0      1        800    5    $0.0125  An idea`,
      "total          2      1     25,600  625  ≥ $0.6125  1 of unknown cost",
      "",
      `${root} and what came out of it.`,
      "",
    ]);
    const models = (await world.ok(["kanban", "usage", "--by", "model"])).stdout.split("\n");
    assert.match(models[1]!, /^gpt-5 .* \$0\.61$/);
    assert.match(models[2]!, /^qwen3 .* - {2}1 of unknown cost$/);
    const { total, rows } = await world.json(["kanban", "usage", "--by", "model"]);
    assert.deepEqual([total.cost_usd, total.unknown_runs], [0.6125, 1]);
    assert.deepEqual(rows.map((row: { cost_usd: number | null }) => row.cost_usd), [0.6125, null]);
    const recent = (await world.ok(["kanban", "usage", "--since", "1h"])).stdout;
    assert.match(recent, /^total +0 +1 +800 +5 +\$0\.0125$/m);
    assert.match(recent, /^Since .* UTC\.$/m);
  }));

Deno.test("show, runs and why: what a task cost and what keeps it", () =>
  inWorld(async (world) => {
    const { root, child } = await filled(world);
    const shown = (await world.ok(["kanban", "show", root])).stdout;
    assert.match(shown, /^ {2}Budget {5}\$0\.50$/m);
    assert.match(shown, /^ {2}Cost {7}\$0\.0125, 800 tokens in, 5 out$/m);
    assert.match(shown, /^ {2}With graph ≥ \$0\.61 \(1 of unknown cost\), 25,600 tokens in/m);
    const runs = (await world.ok(["kanban", "runs", child])).stdout;
    assert.match(runs, /^ {3}\$ gpt-5: \$0\.60, 12,400 tokens in, 310 out$/m);
    assert.match(runs, /^ {3}\$ qwen3: cost unknown, 12,400 tokens in, 310 out$/m);
    const why = (await world.ok(["kanban", "why", child])).stdout;
    assert.match(
      why,
      new RegExp(`budget of ${root}.*≥ \\$0\\.61 of \\$0\\.50 spent; 1 run of unk`),
    );
    assert.match(why, new RegExp(`remedy +hermes kanban edit ${root} --max-cost 1\\.12`));
    const raised = await world.ok(["kanban", "edit", root, "--max-cost", "2"]);
    assert.equal(raised.stdout, `Edited ${root}\n`);
    assert.match((await world.ok(["kanban", "why", child])).stdout, /≥ \$0\.61 of \$2\.00 spent/);
    assert.equal(
      (await world.json(["kanban", "edit", root, "--max-cost", "none"])).max_cost_usd,
      null,
    );
    const plan = await world.json(["kanban", "dispatch", "--dry-run"]);
    assert.deepEqual(plan.skipped_over_budget, []);
  }));

Deno.test("kanban usage and --max-cost: what cannot be understood is a usage error with an example", () =>
  inWorld(async ({ run }) => {
    const wrong: [string[], RegExp][] = [
      [["usage", "--by", "moon"], /by/],
      [["usage", "--since", "soon"], /Cannot read time "soon"/],
      [["usage", "--limit", "0"], /limit/],
      [["usage", "t_1", "--by", "board"], /it is on one/],
      [["create", "x", "--max-cost", "0"], /Cannot read amount "0"[^]*0\.50/],
      [["create", "x", "--max-cost", "cheap"], /Cannot read amount "cheap"/],
      [["edit", "t_1", "--max-cost", "-3"], /./],
    ];
    for (const [words, message] of wrong) {
      const { code, stderr } = await run(["kanban", ...words]);
      assert.equal(code, 2, `${words.join(" ")}: ${stderr}`);
      assert.match(stderr, message);
    }
    const { code, stderr } = await run(["kanban", "usage", "t_none"]);
    assert.equal(code, 1);
    assert.match(stderr, /t_none/);
  }));
