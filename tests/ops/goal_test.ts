// Owns: proof that goal mode asks its judge at every exit, believes only what it can read, and comes to an end.

import assert from "node:assert/strict";
import { join } from "node:path";
import { mustCommand } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import { block } from "../../src/ops/tasks/block.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import type { OpContext } from "../../src/ops/context.ts";
import { judge } from "../../src/ops/runs/goal.ts";
import { runOp } from "../../src/ops/run.ts";
import { transcriptPath } from "../../src/ops/run_record.ts";
import { readVerdict } from "../../src/planner/goal_judge.ts";
import { type ListedModel, listedModel, type Said, verdict } from "./judge_model.ts";
import { inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

interface Goal extends OpsWorld {
  id: string;
  runId: number;
  worker: OpContext;
  model: ListedModel;
  events(kind: string): Promise<unknown[]>;
  status(): Promise<string>;
}

/** A running task in goal mode whose judge says `says`. */
async function withGoal(
  says: readonly Said[],
  body: (goal: Goal) => Promise<void>,
  input: { goalMaxTurns?: number; goalMode?: boolean } = {},
): Promise<void> {
  const model = listedModel(says);
  try {
    await inOpsWorld(async (world) => {
      await Deno.writeTextFile(join(world.home, "config.yaml"), model.config);
      const made = await createTask(world.board, {
        title: "Write the tide table",
        body: "Acceptance: tides.csv has 12 rows",
        assignee: "writer",
        goalMode: true,
        ...input,
      });
      const { id } = made.task;
      const claim = { type: "claim", lock: "h:1", ttlSeconds: 900, lane: "builtin" } as const;
      const runId = (await mustCommand(world.board, id, claim)).runId!;
      const worker = await world.as(workerOf(id, runId));
      const detail = () => getDetail(world.board, id);
      await body({
        ...world,
        id,
        runId,
        worker,
        model,
        events: async (kind) =>
          (await detail()).events.filter((event) => event.kind === kind).map((e) => e.payload),
        status: async () => (await detail()).task.status,
      });
    });
  } finally {
    await model.stop();
  }
}

const handoff = (task_id: string, summary = "tides.csv is written") => ({ task_id, summary });

Deno.test("U-056 #38367 complete asks the judge, hands its reason back, and passes on its yes", () =>
  withGoal(
    [verdict(false, "tides.csv has 3 rows"), verdict(true, "wc -l shows 12")],
    async ({ id, runId, worker, model, events, status, home }) => {
      const lines = [
        { kind: "message", role: "system", text: "a long system prompt" },
        { kind: "message", role: "assistant", text: "I count the rows." },
        { kind: "call", tool: "terminal", arguments: '{"command":"wc -l tides.csv"}' },
        { kind: "result", tool: "terminal", text: '{"stdout":"3 tides.csv"}', failed: false },
      ];
      const path = transcriptPath(join(home, "kanban", "logs"), id, runId);
      await Deno.mkdir(join(home, "kanban", "logs"), { recursive: true });
      await Deno.writeTextFile(
        path,
        lines.map((line) => JSON.stringify(line)).join("\n") + '\n{"ha',
      );
      await assert.rejects(
        runOp(complete, worker, handoff(id)),
        /goal not reached \(1 of 20\): tides\.csv has 3 rows/,
      );
      assert.equal(await status(), "running");
      await runOp(complete, worker, handoff(id));
      assert.equal(await status(), "done");
      assert.deepEqual(await events("goal_judged"), [
        { passed: false, reason: "tides.csv has 3 rows" },
        { passed: true, reason: "wc -l shows 12" },
      ]);
      const [system, question] = model.asked[0]!;
      assert.match(system!.content, /A claim is no evidence/);
      for (
        const part of [
          /title: Write the tide table/,
          /tides\.csv has 12 rows/,
          /summary: tides\.csv is written/,
          /It called terminal with .*wc -l/,
          /terminal answered: .*3 tides\.csv/,
        ]
      ) assert.match(question!.content, part);
      assert.doesNotMatch(question!.content, /a long system prompt|\{"ha/);
      const calls = await worker.board().then((board) =>
        board.engine.read((tx) => tx.all("SELECT purpose, task_id, input_tokens FROM model_calls"))
      );
      assert.deepEqual(calls.map((call) => ({ ...call as object })), [
        { purpose: "judge", task_id: id, input_tokens: 100 },
        { purpose: "judge", task_id: id, input_tokens: 100 },
      ]);
    },
  ));

Deno.test("U-056 a yes is asked for once: the completion after it costs no second judge", () =>
  withGoal([verdict(true, "all there")], async ({ id, worker, model, status }) => {
    const found = await runOp(judge, worker, { task_id: id });
    assert.deepEqual([found.passed, found.blocked, found.turn], [true, false, 0]);
    await runOp(complete, worker, handoff(id));
    assert.equal(await status(), "done");
    assert.equal(model.asked.length, 1);
    assert.match(model.asked[0]![1]!.content, /stopped without handing over/);
  }));

Deno.test("U-056 after the last turn the task waits for a person, with what the judge said", () =>
  withGoal([verdict(false, "still no tests")], async ({ id, worker, status, board, model }) => {
    for (const turn of [1, 2]) {
      assert.equal((await runOp(judge, worker, { task_id: id })).turn, turn);
    }
    await assert.rejects(
      runOp(complete, worker, handoff(id)),
      /not reached in 3 turns/,
    );
    assert.equal(await status(), "blocked");
    const { task, runs } = await getDetail(board, id);
    assert.equal(task.block_kind, "needs_input");
    assert.match(String(runs.at(-1)?.summary), /not reached in 3 turns.*still no tests/);
    await assert.rejects(runOp(judge, worker, { task_id: id }), /fenced|Cannot/);
    assert.equal(model.asked.length, 3, "a closed run pays for no judge");
  }, { goalMaxTurns: 3 }));

Deno.test("P-068 a judge that fails three times in a row stops the task, and one that answers resets the count", () =>
  withGoal(
    ["I think so!", 500, verdict(false, "no"), '{"reached": "maybe"}', 500, "{}"],
    async ({ id, worker, status, board, events }) => {
      for (let call = 1; call <= 5; call++) {
        await assert.rejects(runOp(complete, worker, handoff(id)), /could not decide|not reached/);
        assert.equal(await status(), "running", `after ${call}`);
      }
      await assert.rejects(runOp(complete, worker, handoff(id)), /failed 3 times in a row/);
      assert.equal(await status(), "blocked");
      assert.equal((await getDetail(board, id)).task.block_kind, "transient");
      const passed = (await events("goal_judged")).map((each) =>
        (each as { passed: unknown }).passed
      );
      assert.deepEqual(passed, [null, null, false, null, null, null]);
    },
  ));

Deno.test("P-068 neither a command in the terminal nor a worker that hides its run gets past the judge", () =>
  withGoal([verdict(false, "not yet")], async ({ id, runId, as, status, model }) => {
    const inTerminal = await as(workerOf(id, runId), { HERMES_KANBAN_TERMINAL: "1" });
    await assert.rejects(
      runOp(complete, inTerminal, handoff(id)),
      /a command cannot ask the judge/,
    );
    assert.equal(model.asked.length, 0);
    const hidden = await as(workerOf(id, null));
    await assert.rejects(runOp(complete, hidden, handoff(id)), /not yet/);
    await assert.rejects(runOp(block, hidden, { task_id: id, reason: "x" }), /goal mode/);
    assert.equal(await status(), "running");
  }));

Deno.test("U-056 people complete a goal without a judge, and other tasks know none", () =>
  withGoal([verdict(false, "no")], async ({ id, user, status, model, worker }) => {
    await runOp(complete, user, handoff(id));
    assert.equal(await status(), "done");
    assert.equal(model.asked.length, 0);
    await assert.rejects(runOp(judge, user, { task_id: id }), /a human may not/);
    await assert.rejects(runOp(judge, worker, { task_id: "t_other" }), /its own task/);
  }));

Deno.test("judge says so when the task is not in goal mode", () =>
  withGoal([verdict(false, "no")], async ({ id, worker, model }) => {
    const found = await runOp(judge, worker, { task_id: id });
    assert.deepEqual([found.goal, found.passed, found.blocked], [false, null, false]);
    await runOp(complete, worker, handoff(id));
    assert.equal(model.asked.length, 0);
  }, { goalMode: false }));

Deno.test("readVerdict() reads yes and no in their usual dresses and nothing else", () => {
  const read: Array<[string, boolean | null]> = [
    ['{"reached": true, "reason": "a"}', true],
    ['```json\n{"reached": false, "reason": "a"}\n```', false],
    ['Well: {"reached": "Yes", "reason": "a"} there', true],
    ['{"reached": "no"}', false],
    ['{"reached": 1}', null],
    ['{"reached": null, "reason": "a"}', null],
    ['{"verdict": true}', null],
    ["true", null],
    ["", null],
    ['{"reached": true', null],
    ['[{"reached": true}, {"reached": false}]', null],
  ];
  for (const [text, passed] of read) assert.equal(readVerdict(text).passed, passed, text);
  assert.equal(readVerdict('{"reached": false, "reason": "x"}').reason, "x");
  assert.ok(
    readVerdict(`{"reached": false, "reason": "${"y".repeat(9000)}"}`).reason.length <= 1500,
  );
});
