import assert from "node:assert/strict";
import { createLog } from "../../src/base/log.ts";
import { openPlan } from "../../src/kernel/plans.ts";
import { autoAuthor, AutoPlanner } from "../../src/planner/auto_planner.ts";
import { decomposeTask } from "../../src/planner/decompose.ts";
import { choose, retrySeconds } from "../../src/planner/pacing.ts";
import { proposeTask } from "../../src/planner/propose.ts";
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

Deno.test("AutoPlanner keeps a plan with too many tasks as a proposal, says why, and asks no more", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    world.config.kanban.auto_decompose_max_children = 2;
    const three = fanout({ title: "a" }, { title: "b" }, { title: "c" });
    world.script = (request) =>
      String(request.messages[1]!.content).includes("large") ? JSON.stringify(three) : plan;
    const large = await world.idea("large idea", { priority: 9 });
    const small = await world.idea("small idea");
    await withAuto(world, async ({ lines, naps, planner }) => {
      await until("the small one is planned", async () => await t.status(small) === "todo");
      await until("the large one is reported", () => lines.some((it) => it.startsWith("warn")));
      assert.match(lines.join(), /3 tasks, more than kanban.auto_decompose_max_children \(2\)/);
      const rests = naps.length;
      t.clock.advance(4000);
      await t.add();
      await until("it looked again", () => naps.length > rests);
      await planner.stop();
    });
    assert.equal(world.requests.length, 2);
    assert.deepEqual([await t.status(large), await t.count("tasks")], ["triage", 4]);
    const kept = await openPlan(t.board, large);
    assert.equal(kept?.author, "auto-decomposer");
    assert.deepEqual(kept?.proposal.tasks.map(({ title }) => title), ["a", "b", "c"]);
  });
});

Deno.test("AutoPlanner leaves an idea that somebody types on alone until it was quiet", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    world.script = () => plan;
    const id = await world.idea();
    await t.do(id, { type: "edit", body: "half a sen" });
    await withAuto(world, async ({ naps }) => {
      await until("it rests", () => naps.length > 0);
      assert.deepEqual([world.requests.length, naps[0]], [0, 10]);
      t.clock.advance(10);
      await t.add();
      await until("the idea is planned", async () => await t.status(id) === "todo");
    });
  });
});

Deno.test("AutoPlanner writes nothing over what people did while the model thought", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    const acts = {
      edited: (id: string) => t.do(id, { type: "edit", body: "typed meanwhile" }),
      proposed: async (id: string) => await proposeTask(world.deps(), id, "maria"),
    };
    for (const [what, act] of Object.entries(acts)) {
      const single = JSON.stringify({ fanout: false, title: "x", body: "y" });
      // With a limit of 0 the plan is too large and would be kept as a proposal.
      for (const [answer, maxChildren] of [[plan, 12], [plan, 0], [single, 12]] as const) {
        const id = await world.idea("an idea", { body: "old" });
        const before = await t.count("tasks");
        let asked = 0;
        const deps = { ...world.deps(), createClient: world.createClient };
        world.script = async () => {
          if (asked++ === 0) await act(id);
          return answer;
        };
        const outcome = await decomposeTask(deps, id, autoAuthor, { maxChildren });
        assert.match(outcome.reason, what === "edited" ? /text was changed/ : /proposed a plan/);
        assert.deepEqual([await t.status(id), await t.count("tasks")], ["triage", before]);
        const kept = await openPlan(t.board, id);
        assert.equal(kept?.author, what === "edited" ? undefined : "maria");
        await t.do(id, { type: "archive" });
      }
    }
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
