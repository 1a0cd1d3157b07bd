// Owns: tests of the dispatcher as a service: what wakes it, what it survives, how it stops.

import assert from "node:assert/strict";
import { StuckWatch } from "../../src/dispatcher/stuck.ts";
import { denoWorker } from "./deps.ts";
import { afterPasses, inWorld, lives, until } from "./world.ts";

/** No test waits for this. */
const never = { dispatch_interval_seconds: 3600 };

Deno.test("S-087 a commit of another process wakes the dispatcher: nobody waits for the interval", () =>
  inWorld(async (world) => {
    await world.dispatching(async (dispatcher) => {
      await afterPasses(world, dispatcher, 1);
      const command = denoWorker("add_task", world.deps.paths.db);
      const output = await new Deno.Command(command[0]!, { args: command.slice(1) }).output();
      const committed = performance.now();
      const id = new TextDecoder().decode(output.stdout).trim();
      await until("the worker runs", async () => (await world.task(id)).worker_pid);
      assert.ok(performance.now() - committed < 5000);
    });
  }, never));

Deno.test("S-087 a worker's exit wakes the dispatcher", () =>
  inWorld(async (world) => {
    world.workersRun("echo $$ > pid; exec sleep 600");
    const id = await world.add();
    await world.dispatching(async () => {
      Deno.kill(await world.pidIn(id, "pid"), "SIGKILL");
      await until("the next attempt", async () => (await world.runs(id)).length > 1);
    });
    assert.equal((await world.outcomes(id))[0], "crashed");
  }, never));

Deno.test("S-087 the end of a cool-down wakes the dispatcher", () =>
  inWorld(async (world) => {
    world.workersRun("exit 75");
    const id = await world.add();
    await world.dispatching(async () => {
      await until("it waits", async () => (await world.task(id)).not_before);
      world.workersRun("exec sleep 600");
      world.clock.advance(1);
      await until("the next attempt", async () => (await world.task(id)).worker_pid);
    });
    assert.deepEqual(await world.outcomes(id), ["rate_limited", null]);
  }, { ...never, rate_limit_cooldown_seconds: 1 }));

Deno.test("S-087 S-088 the interval is a backstop for what no commit announces", () =>
  inWorld(async (world) => {
    const names = ["default"];
    let passes = 0;
    world.deps.profileNames = () => {
      passes++;
      return Promise.resolve([...names]);
    };
    const id = await world.add();
    await world.dispatching(async () => {
      await until("the first pass", () => passes > 0);
      assert.equal((await world.task(id)).status, "ready");
      names.push("ada");
      await until("the worker runs", async () => (await world.task(id)).worker_pid);
    });
  }, { dispatch_interval_seconds: 1 }));

Deno.test("S-089 a pass that throws does not end the loop", () =>
  inWorld(async (world) => {
    const { profileNames, config } = world.deps;
    const failures = ["the roster is unreadable", "the configuration is unreadable"];
    world.deps.profileNames = () => Promise.reject(new Error(failures[0]));
    await world.dispatching(async (dispatcher) => {
      const id = await world.add();
      const logged = (text: string) => () => world.lines.some((line) => line.includes(text));
      await until("the first failure is logged", logged(failures[0]!));
      world.deps.profileNames = profileNames;
      world.deps.config = () => Promise.reject(new Error(failures[1]));
      dispatcher.nudge();
      await until("the second failure is logged", logged(failures[1]!));
      world.deps.config = config;
      dispatcher.nudge();
      await until("the worker runs", async () => (await world.task(id)).worker_pid);
    });
  }, never));

Deno.test("S-089 an action that fails leaves the others alone", () =>
  inWorld(async (world) => {
    const spawn = world.deps.selfCommand;
    const ids = [await world.add(), await world.add()];
    let calls = 0;
    world.deps.selfCommand = () => {
      if (++calls === 1) throw new Error("out of luck");
      return spawn();
    };
    const { spawn_failed, spawned } = await world.dispatch();
    const [bad = ""] = spawn_failed;
    const good = spawned.map((one) => one.task_id);
    assert.deepEqual([bad, ...good].sort(), ids.sort());
    assert.match((await world.task(bad)).last_failure_error ?? "", /out of luck/);
  }));

Deno.test("S-087 stopping is quick although workers run on, and starting again adopts them", () =>
  inWorld(async (world) => {
    const id = await world.add();
    let pid = 0;
    await world.dispatching(async (dispatcher) => {
      pid = await until("the worker runs", async () => (await world.task(id)).worker_pid) as number;
      await afterPasses(world, dispatcher, 1);
      const start = performance.now();
      await dispatcher.stop();
      assert.ok(performance.now() - start < 5000);
      assert.ok(lives(pid));
      await dispatcher.start();
      const second = await world.add();
      await until("another worker runs", async () => (await world.task(second)).worker_pid);
    });
    assert.deepEqual((await world.runs(id)).map((run) => run.worker_pid), [pid]);
  }, never));

Deno.test("stopping before the first pass, twice, and without a start does no harm", () =>
  inWorld(async (world) => {
    await world.dispatching(async (dispatcher) => {
      await dispatcher.stop();
      await dispatcher.stop();
      await dispatcher.start();
      await dispatcher.start();
    });
  }, never));

Deno.test("S-087 no wake-up is lost: tasks that arrive in a rush are all started", () =>
  inWorld(async (world) => {
    await world.dispatching(async () => {
      const ids: string[] = [];
      for (let index = 0; index < 12; index++) {
        ids.push(await world.add());
        await new Promise((resolve) => setTimeout(resolve, index % 4));
      }
      for (const id of ids) {
        await until(`the worker of ${id} runs`, async () => (await world.task(id)).worker_pid);
      }
    });
  }, { ...never, max_in_progress: 20 }));

Deno.test("P-016 U-037 a place that becomes free goes to the next task at once", () =>
  inWorld(async (world) => {
    const ids = [await world.add({ priority: 2 }), await world.add({ priority: 1 })];
    await world.dispatching(async (dispatcher) => {
      const pid = await until("the first runs", async () => (await world.task(ids[0]!)).worker_pid);
      await afterPasses(world, dispatcher, 2);
      assert.equal((await world.task(ids[1]!)).status, "ready");
      await world.complete(ids[0]!);
      Deno.kill(pid as number, "SIGKILL");
      await until("the second runs", async () => (await world.task(ids[1]!)).worker_pid);
    });
  }, { ...never, max_in_progress: 1 }));

Deno.test("S-088 a changed configuration counts from the next pass on", () =>
  inWorld(async (world) => {
    const ids = [await world.add(), await world.add()];
    await world.dispatching(async (dispatcher) => {
      await until("one runs", async () => {
        const running = await Promise.all(ids.map(async (id) => (await world.task(id)).worker_pid));
        return running.filter((pid) => pid !== null).length === 1;
      });
      world.settings.kanban = { ...never, max_in_progress: 2 };
      dispatcher.nudge();
      for (const id of ids) {
        await until("both run", async () => (await world.task(id)).worker_pid);
      }
    });
  }, { ...never, max_in_progress: 1 }));

Deno.test("S-102 six intervals of ready work and no start make one warning, another after 5 minutes", () => {
  const watch = new StuckWatch();
  const warned: number[] = [];
  for (let now = 0; now <= 1200; now += 60) if (watch.note(1, 0, now, 60)) warned.push(now);
  assert.deepEqual(warned, [300, 600, 900, 1200]);
});

Deno.test("S-102 passes that commits wake within one interval count once", () => {
  const watch = new StuckWatch();
  for (let now = 0; now < 300; now++) assert.equal(watch.note(1, 0, now, 60), false, `at ${now}`);
  assert.equal(watch.note(1, 0, 300, 60), true);
});

Deno.test("S-102 a start, or nothing left to start, begins the count anew", () => {
  for (const [waiting, started] of [[1, 1], [0, 0]] as const) {
    const watch = new StuckWatch();
    for (let now = 0; now < 300; now += 60) watch.note(1, 0, now, 60);
    assert.equal(watch.note(waiting, started, 300, 60), false);
    for (let now = 360; now < 660; now += 60) assert.equal(watch.note(1, 0, now, 60), false);
    assert.equal(watch.note(1, 0, 660, 60), true);
  }
});

Deno.test("S-102 P-015 the warning names the tasks and where to look; a full board is no reason for one", () =>
  inWorld(async (world) => {
    const lost = await world.add({ assignee: "typo" });
    await world.add({ priority: 5 });
    await world.add();
    const warnings = () => world.lines.filter((line) => /not being started/.test(line));
    await world.dispatching(async (dispatcher) => {
      await until("the warning", () => {
        world.clock.advance(60);
        dispatcher.nudge();
        return warnings().length > 0;
      });
    });
    assert.match(warnings()[0]!, /^warn .*hermes profile list/);
    assert.deepEqual(JSON.parse(warnings()[0]!.replace(/^[^{]*/, "")), { tasks: lost });
  }, { dispatch_interval_seconds: 60, max_in_progress: 1, claim_ttl_seconds: 1_000_000 }));
