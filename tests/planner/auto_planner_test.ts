import assert from "node:assert/strict";
import { createLog } from "../../src/base/log.ts";
import { AutoPlanner } from "../../src/planner/auto_planner.ts";
import { choose, retrySeconds } from "../../src/planner/pacing.ts";
import { sleep } from "../../src/platform/timers.ts";
import type { TestBoard } from "../kernel/board_fixture.ts";
import { fanout, withPlanner } from "./planner_world.ts";
import type { PlannerWorld } from "./planner_world.ts";

const plan = JSON.stringify(fanout({ title: "do it", assignee: "writer" }));

/** Runs `body` with a started planner; `naps` gets the seconds of every rest. */
async function withAuto(
  world: PlannerWorld,
  body: (auto: { lines: string[]; naps: number[]; planner: AutoPlanner }) => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  const naps: number[] = [];
  const planner = new AutoPlanner({
    paths: world.paths,
    env: {},
    createClient: world.createClient,
    config: () => Promise.resolve(structuredClone(world.config)),
    clock: world.t.clock,
    log: createLog((level, message, fields) =>
      lines.push(`${level}: ${message} ${JSON.stringify(fields)}`)
    ),
    sleep: (ms, signal) => {
      naps.push(ms / 1000);
      return sleep(ms, signal);
    },
  });
  planner.add(world.t.board);
  await planner.start();
  try {
    await body({ lines, naps, planner });
  } finally {
    await planner.stop();
  }
}

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!await condition()) {
    if (performance.now() > deadline) assert.fail(`gave up waiting: ${what}`);
    await sleep(5);
  }
}

async function statusCount(t: TestBoard, status: string): Promise<number> {
  return await t.count("tasks WHERE status = ?", [status]);
}

Deno.test("S-142 S-140 AutoPlanner decomposes what is in triage, signed auto-decomposer", async () => {
  await withPlanner(async (world) => {
    world.script = () => plan;
    const root = await world.idea();
    await withAuto(world, async () => {
      await until("the idea is planned", async () => await world.t.status(root) === "todo");
    });
    const comments = await world.t.rows<{ author: string }>("SELECT author FROM task_comments");
    assert.deepEqual(comments.map(({ author }) => author), ["auto-decomposer"]);
  });
});

Deno.test("S-142 AutoPlanner wakes on a commit and does not wait for the interval", async () => {
  await withPlanner(async (world) => {
    world.script = () => plan;
    await withAuto(world, async ({ naps }) => {
      await until("it rests", () => naps.length > 0);
      assert.equal(naps[0], 60);
      const root = await world.idea();
      await until("the idea is planned", async () => await world.t.status(root) === "todo");
    });
  });
});

Deno.test("S-142 P-073 AutoPlanner begins at most auto_decompose_per_tick calls per interval", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    world.config.kanban.auto_decompose_per_tick = 2;
    world.script = () => plan;
    for (let n = 0; n < 5; n++) await world.idea(`idea ${n}`);
    await withAuto(world, async ({ naps, planner }) => {
      await until("two are planned", async () => await statusCount(t, "triage") === 3);
      const rests = naps.length;
      await t.add();
      await until("it looked again", () => naps.length > rests);
      assert.equal(world.requests.length, 2);
      t.clock.advance(61);
      await t.add();
      await until("two more are planned", async () => await statusCount(t, "triage") === 1);
      await planner.stop();
      assert.equal(world.requests.length, 4);
    });
  });
});

Deno.test("S-143 P-072 AutoPlanner leaves triage alone in manual mode, switched at run time", async () => {
  await withPlanner(async (world) => {
    world.config.kanban.auto_decompose = false;
    world.script = () => plan;
    const root = await world.idea();
    await withAuto(world, async ({ naps }) => {
      await until("it rests", () => naps.length > 0);
      assert.equal(world.requests.length, 0);
      world.config.kanban.auto_decompose = true;
      await world.t.add();
      await until("the idea is planned", async () => await world.t.status(root) === "todo");
    });
  });
});

Deno.test("R-11 P-031 AutoPlanner never touches what the loop guard sent back", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    world.script = () => plan;
    const id = await t.add({ assignee: "writer" });
    await t.do(id, { type: "block", reason: "x", kind: "capability" });
    await t.do(id, { type: "unblock", byHuman: true });
    await t.do(id, { type: "block", reason: "x", kind: "capability" });
    assert.equal(await t.status(id), "triage");
    const other = await world.idea();
    await withAuto(world, async () => {
      await until("the other is planned", async () => await t.status(other) === "todo");
    });
    assert.equal(await t.status(id), "triage");
    assert.equal(world.requests.length, 1);
  });
});

Deno.test("S-142 a failure stays in triage, is logged, and is not tried again at once", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    world.script = (request) => String(request.messages[1]!.content).includes("bad") ? "no" : plan;
    const bad = await world.idea("bad idea", { priority: 9 });
    const good = await world.idea("good idea");
    await withAuto(world, async ({ lines, naps }) => {
      await until("the good one is planned", async () => await t.status(good) === "todo");
      await until("the bad one is reported", () => lines.some((line) => line.startsWith("warn")));
      const rests = naps.length;
      await t.add();
      await until("it looked again", () => naps.length > rests);
      assert.equal(world.requests.length, 2);
      t.clock.advance(61);
      await t.add();
      await until("it is tried again", () => world.requests.length === 3);
    });
    assert.equal(await t.status(bad), "triage");
  });
});

Deno.test("P-074 a hanging model delays neither other ideas nor the stop", async () => {
  await withPlanner(async (world) => {
    world.script = (request) => {
      if (!String(request.messages[1]!.content).includes("slow")) return plan;
      request.signal!.throwIfAborted();
      const { promise, reject } = Promise.withResolvers<string>();
      request.signal!.addEventListener("abort", () => reject(request.signal!.reason));
      return promise;
    };
    const slow = await world.idea("slow idea", { priority: 9 });
    const quick = await world.idea("quick idea");
    await withAuto(world, async ({ lines, planner }) => {
      await until("the quick one is planned", async () => await world.t.status(quick) === "todo");
      await planner.stop();
      assert(!lines.some((line) => line.startsWith("warn")), lines.join("\n"));
    });
    assert.equal(await world.t.status(slow), "triage");
  });
});

Deno.test("S-133 AutoPlanner says once that no model is configured and asks none", async () => {
  await withPlanner(async (world) => {
    world.config.model.provider = "";
    const root = await world.idea();
    await withAuto(world, async ({ lines, naps }) => {
      await until("it rests", () => naps.length > 0);
      await world.t.add();
      await until("it looked again", () => naps.length > 1);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0]!, /no auxiliary client configured/);
      world.config.model.provider = "ollama";
      world.script = () => plan;
      await world.t.add();
      await until("the idea is planned", async () => await world.t.status(root) === "todo");
    });
  });
});

Deno.test("choose() takes in order up to the budget and skips what must rest", () => {
  const candidates = ["a", "b", "c", "d"].map((key) => ({ key, task: { title: key, body: null } }));
  const attempts = new Map([
    ["a", { failures: 1, notBeforeMs: 5000, title: "a", body: null }],
    ["b", { failures: 1, notBeforeMs: 5000, title: "an older title", body: null }],
    ["c", { failures: 1, notBeforeMs: 1000, title: "c", body: null }],
  ]);
  const keys = (budget: number) => {
    const { chosen, waitMs } = choose(candidates, { nowMs: 1000, attempts, budget });
    return [chosen.map(({ key }) => key).join(""), waitMs];
  };
  assert.deepEqual(keys(9), ["bcd", 4000]);
  assert.deepEqual(keys(2), ["bc", 4000]);
  assert.deepEqual(keys(-1), ["", 4000]);
});

Deno.test("retrySeconds() doubles up to an hour", () => {
  assert.deepEqual([1, 2, 3, 7, 40].map(retrySeconds), [60, 120, 240, 3600, 3600]);
});
