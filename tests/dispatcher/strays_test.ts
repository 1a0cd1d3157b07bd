// Owns: tests of what is left behind by runs: children that outlive their worker, workers that outlive their run.

import assert from "node:assert/strict";
import { lockText, runMarker } from "../../src/dispatcher/deps.ts";
import { runTick } from "../../src/dispatcher/tick.ts";
import { endTree } from "../../src/platform/kill_tree.ts";
import { spawnDetached, type SpawnedProcess } from "../../src/platform/spawn.ts";
import { denoWorker, shellWorker } from "./deps.ts";
import { afterPasses, idle, inWorld, lives, until, type World } from "./world.ts";

/** Starts children that leave the worker's session and are nobody's children, then goes on with `rest`. */
function withDaemons(rest: string): string {
  return `setsid sh -c 'echo $$ > session; exec sleep 600' &
(setsid sh -c 'sleep 600 & echo $! > twice; exec sleep 600' &)
while [ ! -s session ] || [ ! -s twice ]; do sleep 0.02; done
echo $$ > pid
${rest}`;
}

async function daemons(world: World, id: string): Promise<number[]> {
  return [await world.pidIn(id, "session"), await world.pidIn(id, "twice")];
}

async function untilGone(pids: readonly number[]): Promise<void> {
  for (const pid of pids) await until(`process ${pid} is gone`, () => !lives(pid));
}

/** Runs `body` beside a process that has nothing to do with the board, unless its environment says so. */
async function besideStranger(
  world: World,
  env: Record<string, string>,
  body: (stranger: SpawnedProcess) => Promise<void>,
): Promise<void> {
  const stranger = await spawnDetached({
    argv: ["sleep", "600"],
    cwd: world.home,
    env: { PATH: Deno.env.get("PATH")!, ...env },
    logPath: `${world.home}/stranger.log`,
  });
  try {
    await body(stranger);
  } finally {
    await endTree({ identity: stranger.identity, graceMs: 0 });
    let over = false;
    stranger.exited.then(() => over = true);
    await until("the stranger's end is reported", () => over);
  }
}

Deno.test("a crash takes along what the worker had started, out of its session or not", () =>
  inWorld(async (world) => {
    world.workersRun(withDaemons("exit 9"));
    const id = await world.add();
    await world.dispatch();
    await world.exited(id);
    const pids = await daemons(world, id);
    for (const pid of pids) assert.ok(lives(pid), "it outlives its worker");
    assert.deepEqual((await world.dispatch({ maxSpawns: 0 })).crashed, [id]);
    for (const pid of pids) assert.ok(!lives(pid), `process ${pid} is gone`);
  }));

Deno.test("a worker that has handed over may linger; what it started goes as soon as it exits", () =>
  inWorld(async (world) => {
    world.workersRun(withDaemons("while [ ! -e release ]; do sleep 0.02; done"));
    const id = await world.add();
    await world.dispatching(async (dispatcher) => {
      const pids = await daemons(world, id);
      const worker = await world.pidIn(id, "pid");
      await world.complete(id);
      await afterPasses(world, dispatcher, 10);
      for (const pid of [worker, ...pids]) assert.ok(lives(pid), "nothing is ended early");
      await Deno.writeTextFile(world.file(id, "release"), "");
      await untilGone([worker, ...pids]);
    });
    assert.deepEqual(await world.outcomes(id), ["completed"]);
  }));

Deno.test("a worker that lingers for too long after its handover is ended, with what it started", () =>
  inWorld(async (world) => {
    world.workersRun(withDaemons("while :; do sleep 1; done"));
    const id = await world.add();
    await world.dispatch();
    const pids = [await world.pidIn(id, "pid"), ...await daemons(world, id)];
    await world.complete(id);
    world.clock.advance(19);
    await world.dispatch();
    for (const pid of pids) assert.ok(lives(pid), "its grace is not over");
    world.clock.advance(1);
    await world.dispatch();
    for (const pid of pids) assert.ok(!lives(pid), `process ${pid} is gone`);
    assert.deepEqual(await world.outcomes(id), ["completed"]);
  }));

for (
  const [how, command] of [
    ["U-019 taking the claim back", { type: "reclaim", reason: "an operator said so" }],
    ["S-072 archiving", { type: "archive" }],
    ["S-072 moving the card", { type: "move", to: "todo" }],
    ["S-042 blocking by a person", { type: "block", reason: "wait", kind: null }],
  ] as const
) {
  const lingers = command.type === "block";
  Deno.test(`P-022 ${how} ends a running worker and its children ${lingers ? "after its grace" : "promptly"}`, () =>
    inWorld(async (world) => {
      world.workersRun(withDaemons("while :; do sleep 1; done"));
      const id = await world.add();
      await world.dispatching(async (dispatcher) => {
        const pids = [await world.pidIn(id, "pid"), ...await daemons(world, id)];
        const { id: runId } = await world.run(id);
        world.settings.command = shellWorker(idle);
        await world.do(id, command);
        if (lingers) {
          world.clock.advance(20);
          dispatcher.nudge();
        }
        await untilGone(pids);
        await until("nothing carries its mark", () => world.marked(runId).length === 0);
      });
    }));
}

Deno.test("processes of a run the board does not know are ended, those of other boards are not", () =>
  inWorld(async (world) => {
    await world.add({ assignee: null });
    const other = `hermes:${world.board.path}-other:1`;
    await besideStranger(world, { HERMES_RUN_MARKER: other }, async (stranger) => {
      await besideStranger(
        world,
        { HERMES_RUN_MARKER: runMarker(world.board, 99) },
        async (lost) => {
          await world.dispatch();
          assert.ok(!lives(lost.identity.pid));
          assert.ok(lives(stranger.identity.pid));
        },
      );
    });
  }));

Deno.test("S-254 P-017 a process of this host is never signalled for a claim of another host", () =>
  inWorld(async (world) => {
    await besideStranger(world, {}, async ({ identity }) => {
      const id = await world.add({ maxRuntimeSeconds: 5 });
      await world.do(id, { type: "claim", lock: "elsewhere:1", ttlSeconds: 60, lane: "builtin" });
      const { pid, startTime: start, bootId: boot } = identity;
      await world.do(id, { type: "spawned", process: { pid, start, boot } });
      world.clock.advance(59);
      const before = await world.dispatch();
      assert.deepEqual([before.timed_out, before.crashed, before.reclaimed], [[], [], 0]);
      world.clock.advance(1);
      const after = await world.dispatch({ maxSpawns: 0 });
      assert.equal(after.reclaimed, 1);
      assert.ok(lives(pid));
    });
  }));

Deno.test("S-254 a dead pid under another host's claim is no crash", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await world.do(id, { type: "claim", lock: "elsewhere:1", ttlSeconds: 60, lane: "builtin" });
    await world.do(id, { type: "spawned", process: { pid: 4_194_303, start: "1", boot: "b" } });
    assert.deepEqual((await world.dispatch()).crashed, []);
    assert.equal((await world.task(id)).status, "running");
  }));

Deno.test("P-017 a process known only by its number may be a stranger: it is never signalled", () =>
  inWorld(async (world) => {
    await besideStranger(world, {}, async ({ identity }) => {
      const id = await world.add({ maxRuntimeSeconds: 5 });
      const lock = `${world.deps.host}:${world.deps.self.pid}`;
      await world.do(id, { type: "claim", lock, ttlSeconds: 60, lane: null });
      for (
        const table of [
          "tasks SET worker_pid = ? WHERE id",
          "task_runs SET worker_pid = ? WHERE task_id",
        ]
      ) {
        await world.raw(`UPDATE ${table} = ?`, [identity.pid, id]);
      }
      world.clock.advance(60);
      assert.equal((await world.dispatch()).extended, 1, "it may well be the worker");
      world.clock.advance(3600);
      assert.equal((await world.dispatch({ maxSpawns: 0 })).reclaimed, 1);
      assert.ok(lives(identity.pid));
    });
  }));

Deno.test("P-001 a pid that now belongs to another process is a worker that is gone", () =>
  inWorld(async (world) => {
    await besideStranger(world, {}, async ({ identity }) => {
      const id = await world.add();
      const lock = `${world.deps.host}:${world.deps.self.pid}`;
      await world.do(id, { type: "claim", lock, ttlSeconds: 60, lane: "builtin" });
      const process = { pid: identity.pid, start: "1", boot: identity.bootId };
      await world.do(id, { type: "spawned", process });
      assert.deepEqual((await world.dispatch({ maxSpawns: 0 })).crashed, [id]);
      assert.ok(lives(identity.pid));
    });
  }));

Deno.test("P-003 P-004 a beating worker keeps its claim, a silent one is ended and its task started again", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await world.dispatch();
    const { id: runId, worker_pid: pid } = await world.run(id);
    world.clock.advance(900);
    await world.do(id, { type: "heartbeat", note: null });
    assert.equal((await world.dispatch()).extended, 1);
    assert.equal((await world.task(id)).claim_expires, world.clock.now() + 900);
    assert.equal((await world.events(id, "claim_extended"))[0]?.run_id, runId);
    world.clock.advance(3600);
    const { reclaimed, spawned } = await world.dispatch();
    assert.deepEqual([reclaimed, spawned.length], [1, 1]);
    assert.ok(!lives(pid!));
    assert.deepEqual(await world.outcomes(id), ["reclaimed", null]);
    assert.equal((await world.task(id)).consecutive_failures, 0);
    const [event] = await world.events(id, "reclaimed");
    assert.deepEqual(event?.payload, {
      stale_lock: `${world.deps.host}:${world.deps.self.pid}`,
      reason: "no heartbeat for 1h 0m",
    });
  }));

Deno.test("P-005 a task that was taken back starts again only when nothing of the old run is left", () =>
  inWorld(async (world) => {
    world.workersRun("trap '' TERM; : > here; while :; do sleep 0.05; done");
    const id = await world.add();
    await world.dispatching(async () => {
      await until("the worker runs", () => Deno.stat(world.file(id, "here")).catch(() => null));
      const old = await world.run(id);
      await world.do(id, { type: "reclaim", reason: null });
      await until("the next attempt", async () => (await world.runs(id)).length > 1);
      assert.ok(!lives(old.worker_pid!), "the old worker is gone");
    });
  }));

Deno.test("P-005 a run that is over before any pass saw it open does not get a second worker beside it", () =>
  inWorld(async (world) => {
    world.workersRun("trap '' TERM; : > here; while :; do sleep 0.05; done");
    const id = await world.add();
    await runTick(world.deps, { sweep: false });
    const { worker_pid } = await world.run(id);
    await world.do(id, { type: "reclaim", reason: null });
    const pass = await runTick(world.deps, { sweep: false });
    assert.deepEqual(pass.result.spawned, []);
    assert.ok(!lives(worker_pid!), "the pass has ended it");
    const next = await runTick(world.deps, { sweep: false });
    assert.deepEqual(next.result.spawned.map((spawn) => spawn.task_id), [id]);
  }));

Deno.test("P-005 a task that is taken back while its worker is being started waits for the end of that", () =>
  inWorld(async (world) => {
    const id = await world.add();
    const lock = lockText(world.deps);
    await world.do(id, { type: "claim", lock, ttlSeconds: 900, lane: "hermes" });
    const { promise, resolve } = Promise.withResolvers<void>();
    const starting = world.deps.workers.occupy((await world.run(id)).id, promise);
    await world.do(id, { type: "reclaim", reason: null });
    assert.deepEqual((await runTick(world.deps, { sweep: false })).result.spawned, []);
    resolve();
    await starting;
    const next = await runTick(world.deps, { sweep: false });
    assert.deepEqual(next.result.spawned.map((spawn) => spawn.task_id), [id]);
  }));

Deno.test("P-005 one call of dispatch ends what is left of a run and starts its task again", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await world.dispatch();
    const { worker_pid } = await world.run(id);
    await world.do(id, { type: "reclaim", reason: null });
    const { spawned } = await world.dispatch();
    assert.deepEqual(spawned.map((spawn) => spawn.task_id), [id]);
    assert.ok(!lives(worker_pid!));
  }));

Deno.test("S-064 P-013 a late handover of a worker whose claim was taken away is refused", () =>
  inWorld(async (world) => {
    const id = await world.add();
    await world.dispatch();
    const { id: old } = await world.run(id);
    await world.do(id, { type: "reclaim", reason: null });
    await world.dispatch();
    const late = { type: "complete", result: null, summary: "late", metadata: null } as const;
    await assert.rejects(world.do(id, late, { fence: old }), { code: "fenced" });
    assert.equal((await world.task(id)).status, "running");
    assert.deepEqual(await world.outcomes(id), ["reclaimed", null]);
  }));

Deno.test("a worker that is done before its start is on record has done its work and leaves in peace", () =>
  inWorld(async (world) => {
    const id = await world.add();
    const command = shellWorker("while [ ! -e release ]; do sleep 0.02; done; echo bye > bye");
    let completing = Promise.resolve();
    world.deps.selfCommand = () => {
      completing = world.complete(id);
      return command;
    };
    const { spawned } = await world.dispatch();
    await completing;
    assert.deepEqual(spawned.map((spawn) => spawn.task_id), [id]);
    assert.deepEqual(await world.events(id, "spawned"), []);
    await Deno.writeTextFile(world.file(id, "release"), "");
    await until("it ended by itself", () => Deno.stat(world.file(id, "bye")).catch(() => null));
    assert.deepEqual(await world.outcomes(id), ["completed"]);
  }));

Deno.test("P-005 a worker whose claim was taken away before its start is on record is ended", () =>
  inWorld(async (world) => {
    const id = await world.add();
    let taking: Promise<unknown> = Promise.resolve();
    world.deps.selfCommand = () => {
      taking = world.do(id, { type: "archive" });
      return shellWorker(idle);
    };
    const { spawned, spawn_failed } = await world.dispatch();
    await taking;
    assert.deepEqual([spawned, spawn_failed], [[], []]);
    const { id: runId } = await world.run(id);
    assert.deepEqual(world.marked(runId), []);
  }));

Deno.test("S-068 a worker that is a process of its own completes its task and leaves in peace", () =>
  inWorld(async (world) => {
    world.settings.command = denoWorker("hand_over", "50");
    const id = await world.add();
    await world.dispatching(async () => {
      await until("the task is done", async () => (await world.task(id)).status === "done");
      const { id: runId } = await world.run(id);
      await until("the worker has left", () => !world.deps.workers.isChild(runId));
    });
    assert.deepEqual(await world.outcomes(id), ["completed"]);
    const kinds = await world.kinds(id);
    assert.deepEqual(kinds, ["created", "claimed", "spawned", "completed"]);
    assert.ok(!world.lines.some((line) => /ended processes/.test(line)), "nobody had to end it");
  }));
