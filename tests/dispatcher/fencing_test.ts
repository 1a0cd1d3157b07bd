// Owns: proof that a worker that was frozen while its task went on can neither write nor stay.

import assert from "node:assert/strict";
import { denoWorker } from "./deps.ts";
import { besideDispatcher } from "./dispatcher_process.ts";
import { inWorld, lives, until, type World } from "./world.ts";

/** A worker that leaves one process behind in a session of its own, by a double fork, then works on. */
const withDaemon = `(setsid sh -c 'echo $$ > daemon; exec sleep 600' &)
while [ ! -s daemon ]; do sleep 0.02; done
echo $$ > pid
while :; do sleep 0.05; done`;

/** Stops a process and waits until it stands still. */
async function freeze(pid: number): Promise<void> {
  Deno.kill(pid, "SIGSTOP");
  await until(`process ${pid} stands still`, async () => {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("T");
  });
}

/** Everything but the log. */
async function rowsOf(world: World): Promise<unknown> {
  return {
    tasks: await world.rows("SELECT * FROM tasks ORDER BY id"),
    runs: await world.rows("SELECT * FROM task_runs ORDER BY id"),
    links: await world.rows("SELECT * FROM task_links"),
    comments: await world.rows("SELECT * FROM task_comments"),
  };
}

Deno.test("S-064 P-013 a worker frozen while its task is given away and thawed later: each of its writes is refused and recorded", () =>
  inWorld(async (world) => {
    const other = await world.add({ title: "other", assignee: null });
    world.settings.command = denoWorker("late_writer", other);
    const id = await world.add();
    await world.dispatch();
    const pid = await world.pidIn(id, "pid");
    const { id: runId } = await world.run(id);
    await freeze(pid);
    // Nobody dispatches any more: an operator takes the task away and somebody else claims it.
    await world.do(id, { type: "reclaim", reason: "silent" });
    await world.do(id, { type: "claim", lock: "elsewhere:1", ttlSeconds: 900, lane: null });
    const before = await rowsOf(world);
    await Deno.writeTextFile(world.file(id, "go"), "");
    Deno.kill(pid, "SIGCONT");
    const answers = await until(
      "the late writes",
      () => Deno.readTextFile(world.file(id, "answers.json")).then(JSON.parse).catch(() => null),
    );
    const writes = ["heartbeat", "comment", "create", "link", "block", "complete"];
    assert.deepEqual(answers, Object.fromEntries(writes.map((name) => [name, "fenced"])));
    assert.deepEqual(await rowsOf(world), before, "the rows are as the other claimer left them");
    const refused = await world.events(id, "write_refused");
    assert.deepEqual(
      refused.map(({ run_id, payload }) => [run_id, (payload as { operation: string }).operation]),
      writes.map((name) => [runId, name]),
    );
    await until("the late worker ends", () => !lives(pid));
  }));

Deno.test("P-004 P-005 a frozen worker whose claim expires is ended with what it left in another session, then its task starts again", () =>
  inWorld(async (world) => {
    world.workersRun(withDaemon);
    const id = await world.add();
    await world.dispatch();
    const pids = [await world.pidIn(id, "pid"), await world.pidIn(id, "daemon")];
    for (const pid of pids) await freeze(pid);
    await Promise.all(["pid", "daemon"].map((name) => Deno.remove(world.file(id, name))));
    world.clock.advance(4000);
    const { reclaimed, spawned } = await world.dispatch();
    assert.deepEqual([reclaimed, spawned.length], [1, 1]);
    for (const pid of pids) assert.ok(!lives(pid), `process ${pid} is gone`);
    const { id: next } = await world.run(id);
    await until("the next attempt with its own daemon", () => world.marked(next).length >= 2);
    assert.deepEqual(await world.outcomes(id), ["reclaimed", null]);
  }));

Deno.test("P-005 a frozen worker whose dispatcher was killed and whose run was closed meanwhile is ended by the next dispatcher, daemons too", () =>
  inWorld(async (world) => {
    world.workersRun(withDaemon);
    const id = await world.add();
    await besideDispatcher(world, async (first) => {
      await world.pidIn(id, "pid");
      await first.end("SIGKILL");
    });
    const pids = [await world.pidIn(id, "pid"), await world.pidIn(id, "daemon")];
    for (const pid of pids) await freeze(pid);
    await world.do(id, { type: "archive" });
    await besideDispatcher(world, async () => {
      for (const pid of pids) await until(`process ${pid} is gone`, () => !lives(pid));
    });
    assert.equal((await world.task(id)).status, "archived");
  }));
