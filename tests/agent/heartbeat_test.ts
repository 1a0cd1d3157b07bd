// Owns: proof of the automatic heartbeat.

import assert from "node:assert/strict";
import { Heartbeat } from "../../src/agent/heartbeat.ts";
import { ManualClock } from "../../src/base/clock.ts";
import { createLog } from "../../src/base/log.ts";

function world(answers: Array<boolean | Error>) {
  const clock = new ManualClock();
  const seen = { beats: 0, closed: 0, warnings: 0 };
  const heartbeat = new Heartbeat({
    beat() {
      const answer = answers[seen.beats++] ?? true;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    everySeconds: 30,
    clock,
    onClosed: () => seen.closed++,
    log: createLog((level) => seen.warnings += level === "warn" ? 1 : 0),
  });
  return { clock, seen, heartbeat };
}

Deno.test("U-051 activity becomes a heartbeat at most every so many seconds", async () => {
  const { clock, seen, heartbeat } = world([]);
  for (let second = 0; second < 95; second++) {
    heartbeat.activity();
    await heartbeat.settled();
    clock.advance(1);
  }
  assert.equal(seen.beats, 3);
});

Deno.test("U-051 no activity, no heartbeat, and never two at once", async () => {
  const { clock, seen, heartbeat } = world([]);
  clock.advance(3600);
  await heartbeat.settled();
  assert.equal(seen.beats, 0);
  heartbeat.activity();
  clock.advance(3600);
  heartbeat.activity();
  await heartbeat.settled();
  assert.equal(seen.beats, 1);
});

Deno.test("P-013 a refused heartbeat tells once that the run is closed and ends the beating", async () => {
  const { clock, seen, heartbeat } = world([true, false, true]);
  for (let round = 0; round < 5; round++) {
    clock.advance(31);
    heartbeat.activity();
    await heartbeat.settled();
  }
  assert.deepEqual(seen, { beats: 2, closed: 1, warnings: 0 });
});

Deno.test("a heartbeat that cannot be written is reported and tried again", async () => {
  const { clock, seen, heartbeat } = world([new Error("disk full"), true]);
  for (let round = 0; round < 2; round++) {
    clock.advance(31);
    heartbeat.activity();
    await heartbeat.settled();
  }
  assert.deepEqual(seen, { beats: 2, closed: 0, warnings: 1 });
});
