// Owns: tests of attempts that fail: programs that cannot start, crashes, time limits, exit codes, budgets.

import assert from "node:assert/strict";
import { join } from "node:path";
import { exitTempFail } from "../../src/dispatcher/rules/exited.ts";
import { shellWorker } from "./deps.ts";
import { inWorld, lives, until, type World } from "./world.ts";

const missing = ["/no/such/program"];

/** Dispatches until the newest worker of a task has ended and its end is on the board. */
async function attempt(world: World, id: string): Promise<void> {
  await world.dispatch();
  await world.exited(id);
  await world.dispatch({ maxSpawns: 0 });
}

Deno.test("S-096 a program that cannot be started puts the task back with its error", () =>
  inWorld(async (world) => {
    world.settings.command = missing;
    const id = await world.add();
    const result = await world.dispatch();
    assert.deepEqual(result.spawn_failed, [id]);
    assert.deepEqual(result.spawned, []);
    assert.deepEqual(result.auto_blocked, []);
    const task = await world.task(id);
    const error = `Cannot start program "/no/such/program": no such program`;
    assert.deepEqual(
      [task.status, task.consecutive_failures, task.last_failure_error],
      ["ready", 1, error],
    );
    assert.deepEqual([task.claim_lock, task.worker_pid, task.current_run_id], [null, null, null]);
    const run = await world.run(id);
    assert.deepEqual([run.outcome, run.error], ["spawn_failed", error]);
    const [event] = await world.events(id, "spawn_failed");
    assert.deepEqual([event?.run_id, event?.payload], [run.id, { error, failures: 1 }]);
  }));

Deno.test("S-096 R-01 with limit N there are N-1 spawn_failed and one gave_up", () =>
  inWorld(async (world) => {
    world.settings.command = missing;
    const id = await world.add();
    for (const blocked of [[], [], [], [id]]) {
      assert.deepEqual((await world.dispatch()).auto_blocked, blocked);
    }
    assert.deepEqual(await world.outcomes(id), [
      "spawn_failed",
      "spawn_failed",
      "spawn_failed",
      "gave_up",
    ]);
    const kinds = (await world.kinds(id)).filter((kind) => /spawn|gave/.test(kind));
    assert.deepEqual(kinds, ["spawn_failed", "spawn_failed", "spawn_failed", "gave_up"]);
    const task = await world.task(id);
    assert.equal(task.status, "blocked");
    assert.match(task.last_failure_error ?? "", /no such program/);
    assert.deepEqual((await world.dispatch()).spawn_failed, [], "it is left alone now");
  }, { failure_limit: 4 }));

Deno.test("R-01 a task's own limit goes before the configured one", () =>
  inWorld(async (world) => {
    world.settings.command = missing;
    const id = await world.add({ maxRetries: 1 });
    await world.dispatch();
    assert.deepEqual(await world.outcomes(id), ["gave_up"]);
  }));

Deno.test("R-01 S-098 P-012 one counter over all kinds of failure, which a started worker does not reset", () =>
  inWorld(async (world) => {
    const id = await world.add({ maxRuntimeSeconds: 60 });
    world.settings.command = missing;
    await world.dispatch();
    world.workersRun("exit 1");
    await attempt(world, id);
    assert.equal((await world.task(id)).consecutive_failures, 2);
    world.workersRun("exit 0");
    await attempt(world, id);
    world.workersRun("exec sleep 600");
    await world.dispatch();
    assert.equal((await world.task(id)).consecutive_failures, 3, "a start resets nothing");
    world.clock.advance(61);
    assert.deepEqual((await world.dispatch({ maxSpawns: 0 })).auto_blocked, [id]);
    assert.deepEqual(await world.outcomes(id), [
      "spawn_failed",
      "crashed",
      "protocol_violation",
      "gave_up",
    ]);
    const [event] = await world.events(id, "gave_up");
    assert.deepEqual(event?.payload, {
      failures: 4,
      error: "ran 61 s, limit 60 s",
      cause: "timed_out",
    });
  }, { failure_limit: 4 }));

Deno.test("R-01 P-012 completion and a person's unblock give a fresh budget", () =>
  inWorld(async (world) => {
    world.settings.command = missing;
    const id = await world.add();
    await world.dispatch();
    await world.dispatch();
    assert.equal((await world.task(id)).status, "blocked");
    await world.do(id, { type: "unblock", byHuman: true });
    assert.equal((await world.task(id)).consecutive_failures, 0);
    await world.dispatch();
    assert.equal((await world.task(id)).status, "ready");
    await world.complete(id);
    assert.equal((await world.task(id)).consecutive_failures, 0);
  }, { failure_limit: 2 }));

Deno.test("S-097 S-107 P-066 a workspace that cannot be resolved counts against the same budget", () =>
  inWorld(async (world) => {
    const id = await world.add({ workspaceKind: "dir", workspacePath: "relative/path" });
    const result = await world.dispatch();
    assert.deepEqual(result.spawn_failed, [id]);
    const task = await world.task(id);
    assert.equal(task.consecutive_failures, 1);
    assert.equal(
      task.last_failure_error,
      `workspace: Cannot use workspace "relative/path": the path must be absolute`,
    );
    assert.equal(task.workspace_path, "relative/path");
  }));

Deno.test("R-20 S-097 a worktree that git refuses is a spawn failure in git's own words", () =>
  inWorld(async (world) => {
    const id = await world.add({ workspaceKind: "worktree", workspacePath: world.home });
    await world.dispatch();
    const { error, outcome } = await world.run(id);
    assert.equal(outcome, "spawn_failed");
    assert.match(
      error ?? "",
      /^workspace: Cannot use repository ".*": fatal: not a git repository/,
    );
  }));

Deno.test("S-099 P-001 a worker that dies is a crash that names its pid; the task is ready again", () =>
  inWorld(async (world) => {
    world.workersRun("kill -KILL $$");
    const id = await world.add();
    await world.dispatch();
    await world.exited(id);
    const { worker_pid: pid, id: runId } = await world.run(id);
    const { crashed, spawned } = await world.dispatch({ maxSpawns: 0 });
    assert.deepEqual([crashed, spawned], [[id], []]);
    const run = await world.run(id);
    assert.equal(run.error, `worker process ${pid} was ended by SIGKILL`);
    const [event] = await world.events(id, "crashed");
    assert.equal(event?.run_id, runId);
    const claimer = `${world.deps.host}:${world.deps.self.pid}`;
    assert.deepEqual(event?.payload, { pid, claimer, error: run.error });
    const task = await world.task(id);
    assert.deepEqual([task.status, task.worker_pid], ["ready", null]);
  }));

Deno.test("S-086 one call of dispatch notices a crash and starts the task again", () =>
  inWorld(async (world) => {
    world.workersRun("exit 7");
    const id = await world.add();
    await world.dispatch();
    await world.exited(id);
    world.workersRun("exec sleep 600");
    const { crashed, spawned } = await world.dispatch();
    assert.deepEqual(crashed, [id]);
    assert.deepEqual(spawned.map((spawn) => spawn.task_id), [id]);
  }));

Deno.test("S-086 S-092 starting again what was ended keeps to --max", () =>
  inWorld(async (world) => {
    world.workersRun("exit 7");
    const first = await world.add({ priority: 1 });
    await world.dispatch();
    await world.exited(first);
    world.workersRun("exec sleep 600");
    const second = await world.add();
    const { spawned } = await world.dispatch({ maxSpawns: 1 });
    assert.deepEqual(spawned.map((spawn) => spawn.task_id), [second]);
  }));

Deno.test("S-086 S-063 one call ends, promotes, and claims what all that made ready", () =>
  inWorld(async (world) => {
    world.workersRun("exit 7");
    const crashing = await world.add({ title: "crashing" });
    const overdue = await world.add({ title: "overdue", maxRuntimeSeconds: 10, assignee: "bob" });
    await world.dispatch({ maxSpawns: 1 });
    await world.exited(crashing);
    world.workersRun("exec sleep 600");
    await world.dispatch({ maxSpawns: 1 });
    const byHand = await world.add();
    await world.do(byHand, { type: "claim", lock: "hand:1", ttlSeconds: 10, lane: null });
    world.clock.advance(11);
    const parent = await world.add({ assignee: null });
    const child = await world.add({ parents: [parent] });
    await world.raw("UPDATE tasks SET status = 'done', completed_at = 1 WHERE id = ?", [parent]);
    const start =
      (await world.rows<{ id: number }>("SELECT MAX(id) AS id FROM task_events"))[0]!.id;
    await world.dispatch();
    const rows = await world.rows<{ task_id: string; kind: string }>(
      "SELECT task_id, kind FROM task_events WHERE id > ? ORDER BY id",
      [start],
    );
    const kinds = rows.map((row) => row.kind);
    const at = (kind: string) => kinds.indexOf(kind);
    assert.ok(at("reclaimed") >= 0 && at("timed_out") >= 0 && at("promoted") >= 0, kinds.join());
    assert.ok(at("promoted") < at("claimed"), kinds.join());
    assert.deepEqual(
      new Set(rows.filter((row) => row.kind === "claimed").map((row) => row.task_id)),
      new Set([crashing, overdue, byHand, child]),
    );
  }));

Deno.test("P-009 a worker that exits 0 without handing over is told apart and counts", () =>
  inWorld(async (world) => {
    world.workersRun("exit 0");
    const id = await world.add();
    await world.dispatch();
    await world.exited(id);
    const { protocol_violations } = await world.dispatch({ maxSpawns: 0 });
    assert.deepEqual(protocol_violations, [id]);
    const task = await world.task(id);
    assert.deepEqual([task.status, task.consecutive_failures], ["ready", 1]);
    assert.match(task.last_failure_error ?? "", /exited without completing or blocking the task/);
  }));

Deno.test("P-010 U-031 exit 75 is no failure; the task waits for the cool-down and then starts again", () =>
  inWorld(async (world) => {
    world.workersRun(`exit ${exitTempFail}`);
    const id = await world.add();
    await world.dispatch();
    await world.exited(id);
    const ended = await world.dispatch();
    assert.deepEqual([ended.rate_limited, ended.spawned], [[id], []]);
    const task = await world.task(id);
    assert.deepEqual([task.status, task.consecutive_failures], ["ready", 0]);
    assert.equal(task.not_before, world.clock.now() + 120);
    assert.deepEqual(await world.outcomes(id), ["rate_limited"]);

    world.workersRun("exec sleep 600");
    world.clock.advance(119);
    assert.deepEqual((await world.dispatch()).spawned, []);
    world.clock.advance(1);
    assert.deepEqual((await world.dispatch()).spawned.map((spawn) => spawn.task_id), [id]);
  }, { rate_limit_cooldown_seconds: 120 }));

Deno.test("S-100 a worker out of time that ignores SIGTERM is killed, with what it started", () =>
  inWorld(async (world) => {
    world.workersRun(`trap '' TERM
sleep 600 & echo $! > child
echo $$ > pid
while :; do sleep 1; done`);
    const id = await world.add({ maxRuntimeSeconds: 30 });
    await world.dispatch();
    const pids = [await world.pidIn(id, "pid"), await world.pidIn(id, "child")];
    world.clock.advance(30);
    assert.deepEqual((await world.dispatch({ maxSpawns: 0 })).timed_out, []);
    world.clock.advance(1);
    assert.deepEqual((await world.dispatch({ maxSpawns: 0 })).timed_out, [id]);
    for (const pid of pids) assert.ok(!lives(pid), `process ${pid} is gone`);
    assert.deepEqual(await world.outcomes(id), ["timed_out"]);
    const [event] = await world.events(id, "timed_out");
    assert.deepEqual(event?.payload, {
      pid: pids[0],
      elapsed_seconds: 31,
      limit_seconds: 30,
      sigkill: true,
    });
    assert.equal((await world.task(id)).status, "ready");
  }));

Deno.test("S-100 a worker out of time that goes when asked is not killed", () =>
  inWorld(async (world) => {
    world.workersRun("exec sleep 600");
    const id = await world.add({ maxRuntimeSeconds: 30 });
    await world.dispatch();
    world.clock.advance(31);
    await world.dispatch({ maxSpawns: 0 });
    const [event] = await world.events(id, "timed_out");
    assert.equal((event?.payload as { sigkill?: boolean }).sigkill, false);
  }));

Deno.test("P-007 the second attempt gets its whole time, whatever the first one used", () =>
  inWorld(async (world) => {
    const id = await world.add({ maxRuntimeSeconds: 30 });
    await world.dispatch();
    world.clock.advance(31);
    const { timed_out, spawned } = await world.dispatch();
    assert.deepEqual([timed_out, spawned.length], [[id], 1]);
    world.clock.advance(30);
    assert.deepEqual((await world.dispatch()).timed_out, []);
  }));

Deno.test("S-100 a task without a limit runs as long as it likes", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await world.dispatch();
    for (let day = 0; day < 3; day++) {
      world.clock.advance(86_400);
      await world.do(id, { type: "heartbeat", note: null });
      const { timed_out, reclaimed, extended } = await world.dispatch();
      assert.deepEqual([timed_out, reclaimed, extended], [[], 0, 1]);
    }
  }));

Deno.test("P-005 a task waits while its old worker cannot be ended", () =>
  inWorld(async (world) => {
    const id = await world.add({ maxRuntimeSeconds: 30 });
    await world.dispatch();
    // This very process: alive, and never signalled.
    const { pid, startTime, bootId } = world.deps.self;
    const worker = await world.run(id);
    await world.raw(
      "UPDATE task_runs SET worker_pid = ?, worker_start = ?, worker_boot = ? WHERE id = ?",
      [pid, startTime, bootId, worker.id],
    );
    world.clock.advance(31);
    const stuck = await world.dispatch();
    assert.deepEqual([stuck.timed_out, stuck.spawned], [[], []]);
    assert.equal((await world.task(id)).status, "running");
    assert.ok(world.lines.some((line) => line.startsWith("warn worker does not end")));
    await world.raw(
      "UPDATE task_runs SET worker_pid = ?, worker_start = ? WHERE id = ?",
      [worker.worker_pid, worker.worker_start, worker.id],
    );
    await world.exited(id);
    assert.deepEqual((await world.dispatch()).spawned.map((spawn) => spawn.task_id), [id]);
  }));

Deno.test("P-006 P-013 a worker's end that is noticed late leaves a newer claim alone", () =>
  inWorld(async (world) => {
    const id = await world.add();
    world.settings.command = shellWorker(": > started; trap '' TERM; while :; do sleep 0.05; done");
    await world.dispatch();
    const old = await world.run(id);
    await until("the worker runs", () => Deno.stat(world.file(id, "started")).catch(() => null));
    world.clock.advance(7200);
    // Ending the old worker takes its grace; meanwhile a person takes the task over.
    const pass = world.dispatch({ maxSpawns: 0 });
    await until("the old worker is being ended", () => world.deps.workers.isBusy(old.id));
    await world.do(id, { type: "reclaim", reason: null });
    const newer = await world.do(id, {
      type: "claim",
      lock: "manual",
      ttlSeconds: null,
      lane: null,
    });
    const result = await pass;
    assert.deepEqual([result.reclaimed, result.crashed], [0, []]);
    const task = await world.task(id);
    assert.deepEqual([task.claim_lock, task.current_run_id], ["manual", newer.runId]);
    assert.equal((await world.run(id)).outcome, null);
    assert.equal(task.consecutive_failures, 0);
  }));

Deno.test("P-008 a worker that was just started is not judged by the very next pass", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await world.dispatch();
    const next = await world.dispatch();
    assert.deepEqual([next.crashed, next.reclaimed, next.spawned], [[], 0, []]);
    assert.equal((await world.task(id)).status, "running");
  }));

Deno.test("S-097 a task whose logs cannot be written fails to start instead of running unseen", () =>
  inWorld(async (world) => {
    const { logsRoot } = world.deps.paths;
    await Deno.mkdir(join(logsRoot, ".."), { recursive: true });
    await Deno.writeTextFile(logsRoot, "in the way");
    const id = await world.add();
    assert.deepEqual((await world.dispatch()).spawn_failed, [id]);
    assert.match((await world.task(id)).last_failure_error ?? "", /Cannot create folder/);
  }));
