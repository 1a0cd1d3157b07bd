// Owns: proof that planning without being asked stops for the day when the board's money is spent.

import assert from "node:assert/strict";
import { silentLog } from "../../src/base/log.ts";
import { nextDay } from "../../src/kernel/budget.ts";
import { recordModelCall } from "../../src/kernel/usage.ts";
import { AutoPlanner } from "../../src/planner/auto_planner.ts";
import { sleep } from "../../src/platform/timers.ts";
import { fanout, withPlanner } from "./planner_world.ts";

Deno.test("P-073 AutoPlanner asks no model on a spent day, and goes on the next", () =>
  withPlanner(async (world) => {
    const { t } = world;
    world.config.kanban.max_cost_per_day = 1;
    world.script = () => JSON.stringify(fanout({ title: "do it", assignee: "writer" }));
    const id = await world.idea();
    const used = { profile: null, model: "m", inputTokens: null, outputTokens: null, costUsd: 1 };
    await recordModelCall(t.board, { ...used, purpose: "describe", taskId: null });
    let rounds = 0;
    let wake = new AbortController();
    const planner = new AutoPlanner({
      paths: world.paths,
      env: {},
      createClient: world.createClient,
      config: () => Promise.resolve(structuredClone(world.config)),
      clock: t.clock,
      log: silentLog,
      async sleep(_ms, signal) {
        rounds++;
        wake = new AbortController();
        await sleep(60_000, AbortSignal.any([wake.signal, ...(signal ? [signal] : [])]))
          .catch(() => {});
      },
    });
    planner.add(t.board);
    await planner.start();
    try {
      await until(() => rounds > 0);
      assert.equal(world.requests.length, 0);
      assert.equal(await t.status(id), "triage");
      t.clock.advance(nextDay(t.clock.now()) - t.clock.now());
      wake.abort();
      await until(async () => await t.status(id) === "todo");
    } finally {
      await planner.stop();
    }
  }));

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!await condition()) {
    if (performance.now() > deadline) assert.fail("gave up waiting");
    await sleep(5);
  }
}
