// Owns: proof of what failed attempts and blocks do: one counter, one breaker, one loop guard.

import assert from "node:assert/strict";
import { getStats } from "../../src/kernel/detail.ts";
import type { Command } from "../../src/kernel/lifecycle/commands.ts";
import { link } from "../../src/kernel/graph.ts";
import { promoteWaiting, sweepWaiting } from "../../src/kernel/promote.ts";
import { sql as tasks } from "../../src/kernel/queries/tasks.ts";
import { block, claim, complete, lock, type TestBoard, withBoard } from "./board_fixture.ts";

const failures: Record<string, Command> = {
  spawn_failed: { type: "spawn_failed", error: "workspace: not absolute" },
  crashed: { type: "crash", pid: 7, error: "pid 7 is gone" },
  timed_out: { type: "time_out", pid: 7, elapsedSeconds: 130, limitSeconds: 120, sigkill: true },
  protocol_violation: { type: "protocol_violation", pid: 7, error: "ended without a word" },
};

/** What each event promises to carry. */
const payloads: Record<string, unknown> = {
  spawn_failed: { error: "workspace: not absolute", failures: 1 },
  crashed: { pid: 7, claimer: lock, error: "pid 7 is gone" },
  timed_out: { pid: 7, elapsed_seconds: 130, limit_seconds: 120, sigkill: true },
  protocol_violation: { pid: 7, error: "ended without a word" },
};

for (const [outcome, failure] of Object.entries(failures)) {
  Deno.test(`S-080 R-01 ${outcome} closes the run, counts, keeps the error and retries`, () =>
    withBoard(async (t) => {
      const id = await t.add({ assignee: "ana" });
      const run = await t.claimed(id);
      await t.do(id, failure);
      const task = await t.task(id);
      assert.deepEqual([task.status, task.consecutive_failures, task.assignee], [
        "ready",
        1,
        "ana",
      ]);
      const closed = await t.run(id);
      assert.deepEqual([closed.outcome, closed.error], [outcome, task.last_failure_error]);
      assert.ok(closed.error);
      const event = await t.last(id);
      assert.deepEqual([event.kind, event.run_id, event.payload], [
        outcome,
        run,
        payloads[outcome],
      ]);
    }));

  for (const limit of [1, 2, 3]) {
    Deno.test(`R-01 S-096 limit ${limit} with ${outcome}: ${limit - 1} retried, one gave up`, () =>
      withBoard(async (t) => {
        t.policy.failureLimit = limit;
        const id = await t.add();
        for (let attempt = 0; attempt < limit; attempt++) {
          await t.do(id, claim);
          await t.do(id, failure);
        }
        assert.equal(await t.status(id), "blocked");
        assert.deepEqual((await t.runs(id)).map((run) => run.outcome), [
          ...Array(limit - 1).fill(outcome),
          "gave_up",
        ]);
        const { kind, payload, run_id } = await t.last(id);
        const { last_failure_error: error } = await t.task(id);
        assert.deepEqual([kind, payload], ["gave_up", { failures: limit, error, cause: outcome }]);
        assert.equal(run_id, (await t.run(id)).id);
      }));
  }
}

Deno.test("R-01 all kinds of failure share one counter", () =>
  withBoard(async (t) => {
    t.policy.failureLimit = 4;
    const id = await t.add();
    for (const failure of Object.values(failures)) {
      assert.equal(await t.status(id), "ready");
      await t.do(id, claim);
      await t.do(id, failure);
    }
    assert.equal(await t.status(id), "blocked");
  }));

Deno.test("R-01 the task's own limit wins over the board's, and is at least one attempt", () =>
  withBoard(async (t) => {
    for (const [maxRetries, attempts] of [[1, 1], [5, 5], [0, 1]] as const) {
      const id = await t.add({ maxRetries });
      let made = 0;
      while (await t.status(id) === "ready" && made < 10) {
        await t.do(id, claim);
        await t.do(id, failures.crashed!);
        made++;
      }
      assert.equal(made, attempts, `max_retries ${maxRetries}`);
    }
  }));

Deno.test("R-01 P-012 a successful spawn, a heartbeat and a reclaim leave the counter", () =>
  withBoard(async (t) => {
    const id = await failedOnce(t);
    await t.do(id, claim);
    await t.do(id, { type: "spawned", process: { pid: 8, start: "1", boot: "b" } });
    await t.do(id, { type: "heartbeat", note: null });
    await t.do(id, { type: "reclaim", reason: null });
    await t.do(id, block());
    await t.do(id, { type: "unblock", byHuman: false });
    assert.equal((await t.task(id)).consecutive_failures, 1);
  }));

Deno.test("R-01 completion resets the counter and the error", () =>
  withBoard(async (t) => {
    const id = await failedOnce(t);
    await t.do(id, complete);
    const task = await t.task(id);
    assert.deepEqual([task.consecutive_failures, task.last_failure_error], [0, null]);
  }));

Deno.test("R-01 a person's unblock gives a fresh budget", () =>
  withBoard(async (t) => {
    t.policy.failureLimit = 1;
    const id = await t.in("running");
    await t.do(id, failures.crashed!);
    await t.do(id, { type: "unblock", byHuman: true });
    const task = await t.task(id);
    assert.deepEqual([task.status, task.consecutive_failures, task.last_failure_error], [
      "ready",
      0,
      null,
    ]);
  }));

Deno.test("P-010 a rate limit is no failure: the task waits out the cool-down in ready", () =>
  withBoard(async (t) => {
    const id = await failedOnce(t);
    await t.do(id, { type: "assign", assignee: "ana" });
    const run = await t.claimed(id);
    await t.do(id, { type: "rate_limit", error: "429", cooldownSeconds: 300 });
    const until = t.clock.now() + 300;
    const task = await t.task(id);
    assert.deepEqual([task.status, task.consecutive_failures, task.not_before], [
      "ready",
      1,
      until,
    ]);
    assert.equal((await t.run(id)).outcome, "rate_limited");
    const event = await t.last(id);
    assert.deepEqual([event.run_id, event.payload], [run, { error: "429", retry_at: until }]);
    const ready = (at: number) => t.rows(tasks.readyFor, ["ana", at, 10, 0]);
    assert.deepEqual([(await ready(until - 1)).length, (await ready(until)).length], [0, 1]);
  }));

Deno.test("R-10 P-024 an explicit block is not undone by promotion", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const id = await t.add();
    await t.do(id, block());
    await link(t.board, parent, id);
    await t.do(parent, complete);
    await promoteWaiting(t.board);
    await sweepWaiting(t.board, "");
    assert.equal(await t.status(id), "blocked");
  }));

Deno.test("R-10 P-025 unblock lands in ready, or in todo while a parent is open", () =>
  withBoard(async (t) => {
    const [free, waits] = [await t.in("blocked"), await t.in("blocked")];
    const parent = await t.add();
    await link(t.board, parent, waits);
    for (const id of [free, waits]) await t.do(id, { type: "unblock", byHuman: true });
    assert.deepEqual([await t.status(free), await t.status(waits)], ["ready", "todo"]);
    await t.do(parent, complete);
    assert.equal(await t.status(waits), "ready");
  }));

Deno.test("R-11 P-031 the same kind of block again sends the task to triage, marked", () =>
  withBoard(async (t) => {
    const [looping, normal] = [await t.add(), await t.in("triage")];
    await blockedAs(t, looping, "needs_input");
    assert.equal(await t.status(looping), "blocked");
    await t.do(looping, { type: "unblock", byHuman: true });
    await t.do(looping, claim);
    await blockedAs(t, looping, "needs_input");
    const task = await t.task(looping);
    assert.deepEqual([task.status, task.loop_guard], ["triage", 1]);
    const { kind, payload, run_id } = await t.last(looping);
    assert.deepEqual([kind, payload], [
      "block_loop_detected",
      { reason: "why", kind: "needs_input", recurrences: 2 },
    ]);
    assert.equal(run_id, (await t.run(looping)).id);
    const offered = await t.rows<{ id: string }>(tasks.triage, [10, 0]);
    assert.deepEqual(offered.map(({ id }) => id), [normal], "offered to auto-decompose");
    assert.equal((await getStats(t.board)).by_status.triage, 2);
  }));

Deno.test("R-11 another kind of block starts the count anew, completion forgets it", () =>
  withBoard(async (t) => {
    const id = await t.add();
    for (const kind of ["needs_input", "capability", "needs_input"] as const) {
      await blockedAs(t, id, kind);
      assert.equal(await t.status(id), "blocked", kind);
      await t.do(id, { type: "unblock", byHuman: true });
    }
    await t.do(id, complete);
    const { block_kind, block_recurrences } = await t.task(id);
    assert.deepEqual([block_kind, block_recurrences], [null, 0]);
  }));

Deno.test("R-11 a block without a kind never counts as a loop", () =>
  withBoard(async (t) => {
    const id = await t.add();
    for (let round = 0; round < 5; round++) {
      await t.do(id, block("again"));
      assert.equal(await t.status(id), "blocked");
      await t.do(id, { type: "unblock", byHuman: true });
    }
  }));

async function failedOnce(t: TestBoard): Promise<string> {
  const id = await t.in("running");
  await t.do(id, failures.crashed!);
  return id;
}

async function blockedAs(t: TestBoard, id: string, kind: "needs_input" | "capability") {
  await t.do(id, { type: "block", reason: "why", kind });
}
