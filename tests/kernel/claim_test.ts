// Owns: proof of claims, their leases, their release, and the fence around a run.

import assert from "node:assert/strict";
import { command } from "../../src/kernel/board.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { createTask } from "../../src/kernel/create.ts";
import { link } from "../../src/kernel/graph.ts";
import type { Command } from "../../src/kernel/lifecycle/commands.ts";
import { block, claim, complete, lock, type TestBoard, withBoard } from "./board_fixture.ts";

Deno.test("S-058 one of many claims wins, the losers get a refusal and write no event", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const tries = await Promise.all(
      ["a:1", "b:2", "c:3", "d:4"].map((holder) =>
        command(t.board, id, { ...claim, lock: holder })
      ),
    );
    assert.equal(tries.filter(({ ok }) => ok).length, 1);
    assert.equal((await t.events(id, "claimed")).length, 1);
    assert.equal((await t.runs(id)).length, 1);
  }));

Deno.test("S-058 a ready task that still carries a lock is not claimed", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.raw("UPDATE tasks SET claim_lock = 'other:9' WHERE id = ?", [id]);
    const applied = await command(t.board, id, claim);
    assert.ok(!applied.ok && /other:9 holds it/.test(applied.refusal.message));
    assert.deepEqual(await t.runs(id), []);
  }));

Deno.test("S-059 S-060 a claim stores lock and expiry and opens a run that copies them", () =>
  withBoard(async (t) => {
    const id = await t.add({ assignee: "ana", maxRuntimeSeconds: 120 });
    const { runId } = await t.do(id, { ...claim, lane: "builtin" });
    const expires = t.clock.now() + 900;
    const task = await t.task(id);
    assert.deepEqual([task.claim_lock, task.claim_expires, task.current_run_id], [
      lock,
      expires,
      runId,
    ]);
    const { id: run, status, profile, claim_lock, claim_expires, ...rest } = await t.run(id);
    assert.deepEqual({ run, status, profile, claim_lock, claim_expires }, {
      run: runId,
      status: "running",
      profile: "ana",
      claim_lock: lock,
      claim_expires: expires,
    });
    assert.deepEqual([rest.max_runtime_seconds, rest.lane, rest.started_at, rest.outcome], [
      120,
      "builtin",
      t.clock.now(),
      null,
    ]);
  }));

Deno.test("S-060 S-078 claimed carries lock, expiry and run", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    const { payload, run_id } = await t.last(id);
    assert.deepEqual(payload, { lock, expires: t.clock.now() + 900, run_id: run });
    assert.equal(run_id, run);
  }));

Deno.test("R-07 a claim by hand never expires", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.do(id, { type: "claim", lock: "manual", ttlSeconds: null, lane: null });
    assert.equal((await t.task(id)).claim_expires, null);
    const { claim_lock, claim_expires, worker_pid } = await t.run(id);
    assert.deepEqual([claim_lock, claim_expires, worker_pid], ["manual", null, null]);
  }));

Deno.test("S-061 a run left open on a ready task is closed as reclaimed by the next claim", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    await t.raw("UPDATE tasks SET status = 'ready', claim_lock = NULL WHERE id = ?", [id]);
    t.clock.advance(5);
    const run = await t.claimed(id);
    const runs = await t.runs(id);
    assert.deepEqual(runs.map(({ outcome, ended_at }) => [outcome, ended_at]), [
      ["reclaimed", t.clock.now()],
      [null, null],
    ]);
    assert.equal((await t.task(id)).current_run_id, run);
  }));

Deno.test("P-026 the claim itself looks at the parents: a task made ready behind the board's back", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const id = await t.add({ parents: [parent] });
    await t.raw("UPDATE tasks SET status = 'ready' WHERE id = ?", [id]);
    const applied = await command(t.board, id, claim);
    assert.ok(!applied.ok && applied.refusal.code === "refused");
    assert.deepEqual(applied.refusal.details, { parents: [parent] });
    assert.equal(await t.status(id), "todo");
    const { kind, payload } = await t.last(id);
    assert.deepEqual({ kind, payload }, {
      kind: "claim_rejected",
      payload: { reason: "parents_not_done", parents: [parent] },
    });
    await t.do(parent, complete);
    assert.equal(await t.status(id), "ready");
  }));

Deno.test("S-062 the holder extends its claim on task and run; another lock cannot", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    t.clock.advance(100);
    await t.do(id, { type: "extend", lock, ttlSeconds: 600 });
    const expires = t.clock.now() + 600;
    assert.deepEqual([(await t.task(id)).claim_expires, (await t.run(id)).claim_expires], [
      expires,
      expires,
    ]);
    const other = await command(t.board, id, { type: "extend", lock: "x:1", ttlSeconds: 9 });
    assert.ok(!other.ok && other.refusal.message.includes(lock));
    assert.equal((await t.task(id)).claim_expires, expires);
  }));

Deno.test("S-063 a claim taken away leaves the task ready and the run reclaimed", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    await t.do(id, { type: "spawned", process: { pid: 7, start: "1", boot: "b" } });
    await t.do(id, { type: "reclaim", reason: "claim expired" });
    const task = await t.task(id);
    assert.deepEqual([task.status, task.claim_lock, task.worker_pid], ["ready", null, null]);
    const { outcome, error } = await t.run(id);
    assert.deepEqual([outcome, error], ["reclaimed", "claim expired"]);
    const event = await t.last(id);
    assert.deepEqual([event.kind, event.run_id], ["reclaimed", run]);
    assert.deepEqual(event.payload, { stale_lock: lock, reason: "claim expired" });
    assert.equal(task.consecutive_failures, 0);
  }));

Deno.test("S-065 reassigning a running task is refused and says it is currently running", () =>
  withBoard(async (t) => {
    const id = await t.in("running", { assignee: "ana" });
    const applied = await command(t.board, id, { type: "assign", assignee: "bob" });
    assert.ok(!applied.ok && /currently running/.test(applied.refusal.message));
    assert.equal((await t.task(id)).assignee, "ana");
  }));

Deno.test("S-065 S-079 assigning and unassigning write assigned; the same name again nothing", () =>
  withBoard(async (t) => {
    const id = await t.add();
    for (const assignee of ["ana", null]) {
      await t.do(id, { type: "assign", assignee });
      assert.equal((await t.task(id)).assignee, assignee);
      const { kind, payload, run_id } = await t.last(id);
      assert.deepEqual({ kind, payload, run_id }, {
        kind: "assigned",
        payload: { assignee },
        run_id: null,
      });
    }
    const { changed } = await t.do(id, { type: "assign", assignee: null });
    assert.equal(changed, false);
    assert.equal((await t.events(id, "assigned")).length, 2);
  }));

const workerWrites: Record<string, Command> = {
  "complete": complete,
  "block": block("stuck"),
  "heartbeat": { type: "heartbeat", note: "alive" },
  "spawned": { type: "spawned", process: { pid: 7, start: "1", boot: "b" } },
  "extend": { type: "extend", lock, ttlSeconds: 60 },
};

for (const [name, what] of Object.entries(workerWrites)) {
  Deno.test(`S-064 P-013 a late ${name} for a closed run is refused and noted`, () =>
    withBoard(async (t) => {
      const id = await t.add();
      const stale = await t.claimed(id);
      await t.do(id, { type: "reclaim", reason: null });
      const fresh = await t.claimed(id);
      const before = [await t.task(id), await t.run(id)];
      const applied = await command(t.board, id, what, { fence: stale });
      assert.ok(!applied.ok && applied.refusal.code === "fenced" && !!applied.refusal.remedy);
      assert.deepEqual([await t.task(id), await t.run(id)], before);
      const { kind, payload, run_id } = await t.last(id);
      assert.deepEqual({ kind, payload, run_id }, {
        kind: "write_refused",
        payload: { operation: name },
        run_id: stale,
      });
      await t.do(id, what, { fence: fresh });
    }));
}

Deno.test("S-064 a fenced write after the task left running is refused", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    await t.do(id, { type: "reclaim", reason: null });
    const applied = await command(t.board, id, complete, { fence: run });
    assert.ok(!applied.ok && applied.refusal.code === "fenced");
    assert.equal(await t.status(id), "ready");
  }));

Deno.test("S-064 a fence that names no run at all is refused and noted without a run", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    const applied = await command(t.board, id, complete, { fence: 4711 });
    assert.ok(!applied.ok && applied.refusal.code === "fenced");
    assert.equal((await t.last(id)).run_id, null);
  }));

Deno.test("S-064 a run may create, comment and link while it is open, not after", () =>
  withBoard(async (t) => {
    const [id, other] = [await t.add(), await t.add()];
    const run = await t.claimed(id);
    const writes = {
      create: () => createTask(t.board, { title: "follow-up" }, run),
      comment: () => addComment(t.board, other, "ana", "look here", run),
      link: async () => link(t.board, id, await t.add(), run),
    };
    for (const write of Object.values(writes)) await write();
    await t.do(id, { type: "reclaim", reason: null });
    for (const [name, write] of Object.entries(writes)) {
      const before = await counts(t);
      await assert.rejects(write, { code: "fenced" }, name);
      const after = await counts(t);
      assert.deepEqual(after.slice(name === "link" ? 1 : 0), before.slice(name === "link" ? 1 : 0));
    }
    const refused = await t.rows<{ payload: string }>(
      "SELECT payload FROM task_events WHERE kind = 'write_refused' ORDER BY id",
    );
    assert.deepEqual(
      refused.map(({ payload }) => JSON.parse(payload).operation),
      ["create", "comment", "link"],
    );
  }));

Deno.test("P-006 a command that expects an older state is dropped without a trace", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const stale = await t.claimed(id);
    await t.do(id, { type: "reclaim", reason: null });
    await t.do(id, { ...claim, lock: "host:2" });
    const before = [await t.task(id), await t.run(id), await t.events(id)];
    const crash: Command = { type: "crash", pid: 7, error: "gone" };
    for (const expect of [{ runId: stale }, { lock }, { runId: null }, { lock: null }]) {
      const applied = await command(t.board, id, crash, { expect });
      assert.ok(!applied.ok && applied.refusal.code === "lost_race");
    }
    assert.deepEqual([await t.task(id), await t.run(id), await t.events(id)], before);
    await t.do(id, crash, { expect: { lock: "host:2" } });
  }));

/** Tasks, comments and links on the board. */
function counts(t: TestBoard): Promise<number[]> {
  return Promise.all(["tasks", "task_comments", "task_links"].map((table) => t.count(table)));
}
