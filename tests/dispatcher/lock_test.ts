// Owns: tests of one dispatcher per board.

import assert from "node:assert/strict";
import { isDispatched, lockDispatch } from "../../src/dispatcher/lock.ts";
import { besideDispatcher } from "./dispatcher_process.ts";
import { inWorld, until } from "./world.ts";

Deno.test("P-014 U-036 without the dispatch lock a call does nothing and says so", () =>
  inWorld(async (world) => {
    const id = await world.add();
    const lock = await lockDispatch(world.deps.paths);
    const result = await world.dispatch();
    assert.equal(result.skipped_locked, true);
    assert.deepEqual([result.spawned, await world.runs(id)], [[], []]);
    assert.equal(
      (await world.dispatch({ dryRun: true })).spawned.length,
      1,
      "dry runs need no lock",
    );
    lock?.release();
    const next = await world.dispatch();
    assert.deepEqual([next.skipped_locked, next.spawned.length], [false, 1]);
  }));

Deno.test("S-104 whether a board is dispatched can be asked without disturbing who dispatches it", () =>
  inWorld(async (world) => {
    const { paths } = world.deps;
    assert.equal(await isDispatched(paths), false);
    const lock = await lockDispatch(paths);
    assert.equal(await isDispatched(paths), true);
    lock?.release();
    assert.equal(await isDispatched(paths), false);
    const asking = isDispatched(paths);
    const taken = await lockDispatch(paths);
    assert.ok(taken, "who only asks is waited for");
    taken.release();
    await asking;
  }));

Deno.test("P-014 U-036 a second dispatcher waits, and takes over when the first is killed: no task runs twice", () =>
  inWorld(async (world) => {
    world.workersRun("echo start >> starts; echo $$ > pid; exec sleep 600");
    const ids = await Promise.all(Array.from({ length: 6 }, () => world.add()));
    await besideDispatcher(world, async (first) => {
      for (const id of ids) {
        await world.pidIn(id, "pid");
        await until("the worker is on record", async () => (await world.task(id)).worker_pid);
      }
      await world.dispatching(async () => {
        await until(
          "the second waits",
          () => world.lines.some((line) => line.startsWith("warn waiting for the dispatch lock")),
        );
        assert.equal((await world.dispatch()).skipped_locked, true);
        await first.end("SIGKILL");
        const late = await world.add();
        ids.push(late);
        for (const id of ids) await world.pidIn(id, "pid");
      });
    });
    for (const id of ids) {
      assert.equal(await Deno.readTextFile(world.file(id, "starts")), "start\n");
      assert.equal((await world.runs(id)).filter((run) => run.ended_at === null).length, 1);
    }
  }));

Deno.test("P-014 what may run only once per board begins when the other dispatcher has ended", () =>
  inWorld(async (world) => {
    const lock = await lockDispatch(world.deps.paths);
    let held = 0;
    world.deps.onHold = () => held++;
    await world.dispatching(async () => {
      const waits = (line: string) => line.startsWith("warn waiting for the dispatch lock");
      await until("it waits", () => world.lines.some(waits));
      assert.equal(held, 0);
      lock?.release();
      await until("it has the board", () => held === 1);
    });
  }));

Deno.test("a service that cannot have its lock file keeps trying and comes to work by itself", () =>
  inWorld(async (world) => {
    const { dir } = world.deps.paths;
    await Deno.writeTextFile(dir, "in the way");
    const id = await world.add();
    await world.dispatching(async () => {
      await until(
        "it complains",
        () => world.lines.some((line) => /Cannot create folder/.test(line)),
      );
      await Deno.remove(dir);
      await until("the worker runs", async () => (await world.task(id)).worker_pid);
    });
  }));

Deno.test("U-036 the lock is given back only when nothing is half started or half ended", () =>
  inWorld(async (world) => {
    world.workersRun("trap '' TERM; echo $$ > pid; while :; do sleep 0.05; done");
    const id = await world.add({ maxRuntimeSeconds: 5 });
    await world.dispatch();
    const { id: runId } = await world.run(id);
    await world.pidIn(id, "pid");
    world.clock.advance(6);
    await world.dispatching(async (dispatcher) => {
      await until("the worker is being ended", () => world.deps.workers.isBusy(runId));
      await dispatcher.stop();
    });
    assert.equal(await isDispatched(world.deps.paths), false);
    assert.deepEqual(await world.outcomes(id), ["timed_out"]);
  }));
