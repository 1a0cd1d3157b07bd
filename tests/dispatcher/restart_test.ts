// Owns: tests of what a dispatcher finds when an earlier one was killed, with real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { besideDispatcher } from "./dispatcher_process.ts";
import { shellWorker } from "./deps.ts";
import { afterPasses, inWorld, lives, until, type World } from "./world.ts";

/** A worker that counts its starts and has a child that left its session. */
const counting = `echo start >> starts
setsid sh -c 'echo $$ > child; exec sleep 600' &
echo $$ > pid
exec sleep 600`;

function starts(world: World, id: string): number {
  return Deno.readTextFileSync(world.file(id, "starts")).trim().split("\n").length;
}

/** Waits until a task's worker has started its child and is on record. */
async function recorded(world: World, id: string): Promise<void> {
  await world.pidIn(id, "child");
  await until(`the worker of ${id} is on record`, async () => (await world.task(id)).worker_pid);
}

Deno.test("a dispatcher that takes over from a killed one adopts the living workers: nothing runs twice", () =>
  inWorld(async (world) => {
    world.workersRun(counting);
    const ids = [await world.add(), await world.add(), await world.add()];
    await besideDispatcher(world, async (first) => {
      for (const id of ids) await recorded(world, id);
      assert.equal(await first.end("SIGKILL"), null);
    });
    const before = await Promise.all(ids.map((id) => world.run(id)));
    await world.dispatching(async (dispatcher) => {
      await afterPasses(world, dispatcher, 5);
    });
    for (const [index, id] of ids.entries()) {
      assert.deepEqual(await world.runs(id), [before[index]]);
      assert.equal(starts(world, id), 1);
      assert.ok(lives(before[index]!.worker_pid!));
    }
  }));

Deno.test("S-099 an adopted worker's end is noticed, and its task started again", () =>
  inWorld(async (world) => {
    world.workersRun(counting);
    const id = await world.add();
    await besideDispatcher(world, async (first) => {
      await recorded(world, id);
      await first.end("SIGKILL");
    });
    const child = await world.pidIn(id, "child");
    await world.dispatching(async (dispatcher) => {
      await afterPasses(world, dispatcher, 1);
      const { worker_pid: pid } = await world.run(id);
      Deno.kill(pid!, "SIGKILL");
      await until("the next attempt", async () => (await world.runs(id)).length === 2);
      assert.equal((await world.runs(id))[0]?.error, `worker process ${pid} is gone`);
      assert.ok(!lives(child), "what it had started is gone");
    });
    assert.deepEqual(await world.outcomes(id), ["crashed", null]);
  }));

Deno.test("a run that was closed while nobody dispatched loses its processes at the next start", () =>
  inWorld(async (world) => {
    world.workersRun(counting);
    const id = await world.add();
    await besideDispatcher(world, async (first) => {
      await recorded(world, id);
      await first.end("SIGKILL");
    });
    const pids = [await world.pidIn(id, "pid"), await world.pidIn(id, "child")];
    await world.do(id, { type: "archive" });
    for (const pid of pids) assert.ok(lives(pid), "nobody has ended it yet");
    await world.dispatching(async () => {
      for (const pid of pids) await until(`process ${pid} is gone`, () => !lives(pid));
    });
  }));

Deno.test("an adopted worker that hands over may linger and then leaves nothing behind", () =>
  inWorld(async (world) => {
    world.workersRun(`setsid sh -c 'echo $$ > child; exec sleep 600' &
echo $$ > pid
while [ ! -e release ]; do sleep 0.02; done`);
    const id = await world.add();
    await besideDispatcher(world, async (first) => {
      await recorded(world, id);
      await first.end("SIGKILL");
    });
    const worker = await world.pidIn(id, "pid");
    const child = await world.pidIn(id, "child");
    await world.dispatching(async (dispatcher) => {
      await world.complete(id);
      await afterPasses(world, dispatcher, 5);
      assert.ok(lives(worker));
      await Deno.writeTextFile(world.file(id, "release"), "");
      await until("its child is gone", () => !lives(child));
    });
    assert.deepEqual(await world.outcomes(id), ["completed"]);
  }));

Deno.test("a task whose dispatcher was killed between claim and start is started again at once", () =>
  inWorld(async (world) => {
    const repository = join(world.home, "repo");
    await Deno.mkdir(repository);
    const id = await world.add({ workspaceKind: "worktree", workspacePath: repository });
    // A git that never answers holds the dispatcher between the claim and the start.
    const bin = join(world.home, "bin");
    await Deno.mkdir(bin);
    const pidFile = join(world.home, "git.pid");
    await Deno.writeTextFile(
      join(bin, "git"),
      `#!/bin/sh\necho $$ > '${pidFile}'\nexec sleep 600\n`,
      { mode: 0o755 },
    );
    const env = { PATH: `${bin}:${Deno.env.get("PATH")}` };
    await besideDispatcher(world, async (first) => {
      const git = await until("git is asked", async () => {
        const text = await Deno.readTextFile(pidFile).catch(() => "");
        return text.endsWith("\n") && Number(text);
      });
      await first.end("SIGKILL");
      Deno.kill(git, "SIGKILL");
    }, env);
    const [orphan] = await world.runs(id);
    assert.deepEqual([orphan?.outcome, orphan?.worker_pid], [null, null]);

    await world.raw("UPDATE tasks SET workspace_kind = 'scratch', workspace_path = NULL");
    await world.dispatching(async () => {
      await until("the worker runs", async () => (await world.run(id)).worker_pid !== null);
    });
    assert.deepEqual(await world.outcomes(id), ["reclaimed", null]);
    assert.equal((await world.task(id)).consecutive_failures, 0);
    assert.match((await world.runs(id))[0]?.error ?? "", /stopped before the worker was started/);
  }));

Deno.test("what another living process is about to start is not taken back, nor reported so", () =>
  inWorld(async (world) => {
    const id = await world.add();
    // The claimer is a process that lives and is not this one.
    const lock = `${world.deps.host}:${Deno.ppid}`;
    await world.do(id, { type: "claim", lock, ttlSeconds: 60, lane: "builtin" });
    assert.equal((await world.dispatch({ dryRun: true })).reclaimed, 0);
    assert.equal((await world.dispatch()).reclaimed, 0);
    world.clock.advance(60);
    assert.equal((await world.dispatch({ maxSpawns: 0 })).reclaimed, 1);
  }));

Deno.test("S-087 a dispatcher that is asked to end leaves its workers at work", () =>
  inWorld(async (world) => {
    world.workersRun(counting);
    const id = await world.add();
    await besideDispatcher(world, async (first) => {
      await recorded(world, id);
      const start = performance.now();
      assert.equal(await first.end("SIGTERM"), 0);
      assert.ok(performance.now() - start < 2000, "it ends promptly");
    });
    assert.ok(lives((await world.run(id)).worker_pid!));
    world.settings.command = shellWorker("exit 1");
    assert.deepEqual((await world.dispatch()).spawned, []);
  }));
