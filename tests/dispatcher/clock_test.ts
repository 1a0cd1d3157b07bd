// Owns: proof that a wall clock that is set, forwards or backwards, ends nobody early and keeps nobody too long.

import assert from "node:assert/strict";
import { ManualClock } from "../../src/base/clock.ts";
import { SteadyTimes } from "../../src/dispatcher/steady_times.ts";
import { inWorld, type World } from "./world.ts";

const hour = 3600;

/** Starts a worker whose run is known to the dispatcher, and returns the task. */
async function started(world: World, maxRuntimeSeconds: number | null = null): Promise<string> {
  const id = await world.add({ maxRuntimeSeconds });
  await world.dispatch();
  await world.dispatch({ maxSpawns: 0 });
  return id;
}

/** One pass; what it took away from workers. */
async function losses(world: World): Promise<unknown[]> {
  const { reclaimed, timed_out, crashed } = await world.dispatch({ maxSpawns: 0 });
  return [reclaimed, timed_out, crashed];
}

for (const step of [2 * hour, -2 * hour, 365 * 24 * hour]) {
  Deno.test(`S-063 S-100 a clock set by ${step} s takes no claim away and times nobody out`, () =>
    inWorld(async (world) => {
      const id = await started(world, hour);
      world.clock.advance(10);
      world.clock.step(step);
      assert.deepEqual(await losses(world), [0, [], []]);
      assert.equal((await world.task(id)).status, "running");
    }));

  Deno.test(`S-100 a run times out after its own time, also when the clock was set by ${step} s`, () =>
    inWorld(async (world) => {
      const id = await started(world, hour);
      world.clock.step(step);
      world.clock.advance(hour);
      await world.do(id, { type: "heartbeat", note: null });
      assert.deepEqual((await losses(world))[1], [], "not a second early");
      world.clock.advance(1);
      assert.deepEqual((await losses(world))[1], [id]);
      const [event] = await world.events(id, "timed_out");
      assert.equal((event?.payload as { elapsed_seconds: number }).elapsed_seconds, hour + 1);
    }));

  Deno.test(`P-004 a worker is silent for as long as it was silent, also when the clock was set by ${step} s`, () =>
    inWorld(async (world) => {
      const id = await started(world);
      world.clock.advance(60);
      await world.do(id, { type: "heartbeat", note: null });
      await losses(world);
      world.clock.step(step);
      world.clock.advance(hour - 1);
      assert.deepEqual(await losses(world), [0, [], []]);
      world.clock.advance(901);
      assert.equal((await losses(world))[0], 1, "its claim was extended once, then it was ended");
      assert.deepEqual(await world.outcomes(id), ["reclaimed"]);
    }));
}

Deno.test("S-063 S-074 a clock that NTP steps back and forth all day reclaims nothing early; no time is negative", () =>
  inWorld(async (world) => {
    const id = await started(world);
    const steps = [5000, -9000, 40, -40, 86_400, -86_400, 3, -3000, 7000, -1];
    for (const step of steps) {
      world.clock.step(step);
      world.clock.advance(80);
      assert.deepEqual(await losses(world), [0, [], []], `after ${step}`);
    }
    await world.complete(id);
    const run = await world.run(id);
    assert.ok(run.ended_at! >= run.started_at, "elapsed time is never negative");
  }));

Deno.test("SteadyTimes keeps a time that is only drifting, shifts one by a step, and starts anew with a new value", () => {
  const clock = new ManualClock(1000);
  const times = new SteadyTimes();
  const at = (value: number | null) => times.inPresent(clock, 1, "started_at", value);
  assert.equal(at(null), null);
  assert.equal(at(990), 990);
  clock.advance(50);
  clock.step(1);
  assert.equal(at(990), 990, "drift");
  clock.step(100);
  assert.equal(clock.now() - at(990)!, 10 + 50, "a step is no time");
  assert.equal(at(1100), 1100, "another value was stamped by the clock as it is");
  times.keep(new Set());
  assert.equal(at(990), 990, "forgotten");
});
