// Owns: proof of attempts and handoffs.

import assert from "node:assert/strict";
import { getRun } from "../../src/kernel/detail.ts";
import { outcomes } from "../../src/kernel/model/status.ts";
import { recordUsage } from "../../src/kernel/usage.ts";
import { block, claim, complete, withBoard } from "./board_fixture.ts";

Deno.test("S-066 every attempt has a row of its own, in order", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.claimed(id);
    await t.do(id, { type: "crash", pid: 7, error: "pid 7 is gone" });
    await t.claimed(id);
    await t.do(id, { type: "reclaim", reason: null });
    await t.claimed(id);
    assert.deepEqual((await t.runs(id)).map(({ outcome }) => outcome), [
      "crashed",
      "reclaimed",
      null,
    ]);
  }));

Deno.test("S-066 the promised outcomes are known", () => {
  for (
    const outcome of [
      "completed",
      "blocked",
      "crashed",
      "timed_out",
      "spawn_failed",
      "gave_up",
      "reclaimed",
    ]
  ) assert.ok((outcomes as readonly string[]).includes(outcome), outcome);
});

Deno.test("S-068 result goes to the task, summary and metadata to the run", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    await t.do(id, { ...complete, result: "42", summary: "counted", metadata: { files: ["a"] } });
    assert.equal((await t.task(id)).result, "42");
    const { outcome, summary, metadata, ended_at } = await t.run(id);
    assert.deepEqual({ outcome, summary, metadata, ended_at }, {
      outcome: "completed",
      summary: "counted",
      metadata: { files: ["a"] },
      ended_at: t.clock.now(),
    });
  }));

Deno.test("S-068 without a summary the run takes the result", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    await t.do(id, { ...complete, result: "42" });
    assert.equal((await t.run(id)).summary, "42");
  }));

Deno.test("S-068 a completion without a result keeps an earlier one", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.do(id, { type: "edit", result: "kept" });
    await t.do(id, { ...complete, summary: "done" });
    assert.equal((await t.task(id)).result, "kept");
  }));

Deno.test("S-069 block() closes the run as blocked with the reason as its summary", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    await t.do(id, block("which colour?"));
    const { outcome, summary } = await t.run(id);
    assert.deepEqual([outcome, summary], ["blocked", "which colour?"]);
  }));

for (
  const handoff of [{ summary: "s" }, { metadata: { a: 1 } }, { result: "r" }, {
    result: "r",
    summary: "s",
    metadata: {},
  }]
) {
  Deno.test(`S-070 P-023 completing an unclaimed task with ${Object.keys(handoff)} makes a run`, () =>
    withBoard(async (t) => {
      const id = await t.add({ assignee: "ana" });
      await t.do(id, { ...complete, ...handoff });
      const runs = await t.runs(id);
      assert.equal(runs.length, 1);
      const { started_at, ended_at, outcome, profile, id: run } = runs[0]!;
      assert.deepEqual([started_at, ended_at, outcome, profile], [
        t.clock.now(),
        t.clock.now(),
        "completed",
        "ana",
      ]);
      assert.equal((await t.last(id)).run_id, run);
      assert.equal((await t.task(id)).current_run_id, null);
    }));
}

Deno.test("S-070 blocking an unclaimed task with a reason makes a run, without one it does not", () =>
  withBoard(async (t) => {
    const [reasoned, bare] = [await t.add(), await t.add()];
    await t.do(reasoned, block("waiting for access"));
    await t.do(bare, block());
    const [run, ...more] = await t.runs(reasoned);
    assert.deepEqual([run?.outcome, run?.summary, more.length], [
      "blocked",
      "waiting for access",
      0,
    ]);
    assert.equal(run?.started_at, run?.ended_at);
    assert.equal((await t.last(reasoned)).run_id, run?.id);
    assert.deepEqual(await t.runs(bare), []);
    assert.equal((await t.last(bare)).run_id, null);
  }));

Deno.test("S-070 a bare completion of an unclaimed task makes no run", () =>
  withBoard(async (t) => {
    const id = await t.in("done");
    assert.deepEqual(await t.runs(id), []);
    assert.equal((await t.last(id)).run_id, null);
  }));

for (
  const [summary, first] of [
    ["one line", "one line"],
    ["\n\n  first \nsecond\nthird", "first"],
    ["x".repeat(500), "x".repeat(400)],
    [`${"x".repeat(399)}😀 and more`, "x".repeat(399)],
    [null, null],
  ] as const
) {
  const shown = summary === null ? "nothing" : JSON.stringify(summary.slice(0, 12));
  Deno.test(`S-071 S-078 completed shows the first line of ${shown}, at most 400 long`, () =>
    withBoard(async (t) => {
      const id = await t.in("running");
      const run = (await t.task(id)).current_run_id;
      await t.do(id, { ...complete, summary });
      const event = await t.last(id);
      assert.deepEqual(event.payload, { result_len: 0, summary: first });
      assert.equal(event.run_id, run);
      assert.equal((await t.run(id)).summary, summary);
    }));
}

Deno.test("S-071 completed gives the length of the result", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.do(id, { ...complete, result: "four" });
    assert.deepEqual((await t.last(id)).payload, { result_len: 4, summary: "four" });
  }));

Deno.test("S-072 P-022 archiving a running task closes its run, archiving a ready one makes none", () =>
  withBoard(async (t) => {
    const [running, ready] = [await t.in("running"), await t.add()];
    for (const id of [running, ready]) await t.do(id, { type: "archive" });
    const run = await t.run(running);
    assert.deepEqual([run.outcome, run.ended_at], ["reclaimed", t.clock.now()]);
    assert.deepEqual(await t.runs(ready), []);
    const events = [await t.last(running), await t.last(ready)];
    assert.deepEqual(events.map(({ kind, payload, run_id }) => [kind, payload, run_id]), [
      ["archived", null, run.id],
      ["archived", null, null],
    ]);
  }));

Deno.test("S-072 S-079 a direct write off running closes the run and names it on the event", () =>
  withBoard(async (t) => {
    for (const to of ["triage", "todo", "ready", "blocked"] as const) {
      const id = await t.in("running");
      await t.do(id, { type: "move", to });
      const run = await t.run(id);
      assert.equal(run.outcome, "reclaimed", to);
      const { kind, payload, run_id } = await t.last(id);
      assert.deepEqual({ kind, payload, run_id }, {
        kind: "status",
        payload: { status: to },
        run_id: run.id,
      });
    }
  }));

Deno.test("S-073 unblock closes a run that was left open; the normal way makes no run", () =>
  withBoard(async (t) => {
    const left = await t.in("running");
    await t.raw("UPDATE tasks SET status = 'blocked' WHERE id = ?", [left]);
    await t.do(left, { type: "unblock", byHuman: true });
    assert.equal((await t.run(left)).outcome, "reclaimed");
    assert.equal((await t.task(left)).current_run_id, null);
    const normal = await t.in("blocked");
    await t.do(normal, { type: "unblock", byHuman: true });
    assert.deepEqual(await t.runs(normal), []);
  }));

Deno.test("S-074 S-075 a clock that steps back stores what it saw but never ends a run before its start", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    const started = t.clock.now();
    t.clock.step(-3600);
    await t.do(id, { type: "heartbeat", note: null });
    assert.equal((await t.task(id)).last_heartbeat_at, started - 3600);
    await t.do(id, complete);
    const { started_at, ended_at } = await t.run(id);
    assert.deepEqual([started_at, ended_at], [started, started]);
    assert.equal((await t.last(id)).created_at, started - 3600);
  }));

Deno.test("S-080 S-095 spawned stores the process on task and run", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    await t.do(id, { type: "spawned", process: { pid: 77, start: "123", boot: "boot-1" } });
    assert.equal((await t.task(id)).worker_pid, 77);
    const { worker_pid, worker_start, worker_boot } = (await getRun(t.board, run))!;
    assert.deepEqual([worker_pid, worker_start, worker_boot], [77, "123", "boot-1"]);
    const { kind, payload, run_id } = await t.last(id);
    assert.deepEqual({ kind, payload, run_id }, {
      kind: "spawned",
      payload: { pid: 77 },
      run_id: run,
    });
  }));

Deno.test("S-101 a heartbeat is stored on task and run, with its note on the event", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    t.clock.advance(30);
    await t.do(id, { type: "heartbeat", note: "half way" });
    const at = t.clock.now();
    assert.deepEqual([(await t.task(id)).last_heartbeat_at, (await t.run(id)).last_heartbeat_at], [
      at,
      at,
    ]);
    assert.deepEqual((await t.last(id)).payload, { note: "half way" });
    await t.do(id, { type: "heartbeat", note: null });
    assert.equal((await t.last(id)).payload, null);
  }));

Deno.test("a new claim starts without the heartbeat and the process of the one before", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    await t.do(id, { type: "spawned", process: { pid: 7, start: "1", boot: "b" } });
    await t.do(id, { type: "heartbeat", note: null });
    await t.do(id, { type: "reclaim", reason: null });
    await t.do(id, claim);
    const task = await t.task(id);
    assert.deepEqual([task.last_heartbeat_at, task.worker_pid], [null, null]);
  }));

Deno.test("usage is stored on the run, also after it ended; unknown is not zero", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    await t.do(id, complete);
    const usage = { model: "m-1", inputTokens: 1200, outputTokens: 34, costUsd: null };
    await recordUsage(t.board, run, usage);
    const { model, input_tokens, output_tokens, cost_usd } = await t.run(id);
    assert.deepEqual([model, input_tokens, output_tokens, cost_usd], ["m-1", 1200, 34, null]);
    await recordUsage(t.board, run, { ...usage, costUsd: 0.25 });
    assert.equal((await t.run(id)).cost_usd, 0.25);
  }));
