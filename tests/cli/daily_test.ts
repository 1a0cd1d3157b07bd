// Owns: the proof of the daily verbs on the command line, as real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld, until } from "../harness/program.ts";

Deno.test("U-015 schedule takes several ids, a time or a duration, and says when; create --at and --in", () =>
  inWorld(async ({ ok, run, json }) => {
    const one = await json(["kanban", "create", "one", "--in", "90m"]);
    assert.ok(one.not_before > one.created_at + 5390 && one.not_before <= one.created_at + 5410);
    const two = await json(["kanban", "create", "two", "--at", "2035-02-03T04:05:06Z"]);
    assert.equal(two.not_before, Date.UTC(2035, 1, 3, 4, 5, 6) / 1000);
    const said = await ok(["kanban", "schedule", one.id, two.id, "--at", "2051222400"]);
    assert.match(
      said.stdout,
      new RegExp(`^Scheduled ${one.id} for 2035-01-01 00:00:00 UTC, in \\d+d`),
    );
    assert.match(said.stdout, new RegExp(`\\nScheduled ${two.id} for `));
    assert.match((await ok(["kanban", "show", one.id])).stdout, /Not before +2035-01-01/);
    assert.match((await ok(["kanban", "schedule", one.id, "--clear"])).stdout, /^Unscheduled/);
    for (const at of ["tomorrow", "2035-02-31", "2035-13-01", "2035-1-1", "12:00", ""]) {
      const ran = await run(["kanban", "schedule", one.id, "--at", at]);
      assert.deepEqual([ran.code, /Cannot read time/.test(ran.stderr)], [2, true], at);
    }
    assert.equal((await run(["kanban", "schedule", one.id, "--in", "soon"])).code, 2);
    assert.equal((await run(["kanban", "schedule", one.id])).code, 2);
    assert.equal((await run(["kanban", "schedule", one.id, "--at", "2001-01-01"])).code, 1);
  }));

Deno.test("U-018 U-019 promote, reassign and archive --restore: words, exit statuses, remedies", () =>
  inWorld(async ({ ok, run, json }) => {
    const parent = await json(["kanban", "create", "parent", "--assignee", "default"]);
    const child = await json(["kanban", "create", "child", "--parent", parent.id]);
    const waits = await run(["kanban", "promote", child.id]);
    assert.deepEqual([waits.code, /--force/.test(waits.stderr)], [1, true]);
    const dry = await ok(["kanban", "promote", child.id, "--force", "--dry-run"]);
    assert.equal(dry.stdout, `Would promote ${child.id}  (without ${parent.id})\n`);
    assert.match((await ok(["kanban", "promote", child.id, "--force"])).stdout, /^Promoted/);
    await ok(["kanban", "claim", parent.id]);
    const busy = await run(["kanban", "reassign", parent.id, "none"]);
    assert.deepEqual([busy.code, /--reclaim/.test(busy.stderr)], [1, true]);
    const words = ["--reclaim", "--reason", "stuck"];
    const moved = await ok(["kanban", "reassign", parent.id, "none", ...words]);
    assert.equal(moved.stdout, `Reassigned ${parent.id} to -  (ready, run 1 was ended)\n`);
    assert.match((await ok(["kanban", "runs", parent.id])).stdout, /! stuck/);
    await ok(["kanban", "complete", parent.id]);
    assert.equal((await ok(["kanban", "archive", parent.id])).stdout, `Archived ${parent.id}\n`);
    const back = await ok(["kanban", "archive", parent.id, "--restore"]);
    assert.equal(back.stdout, `Restored ${parent.id} to done\n`);
  }));

Deno.test("U-058 attach, attachments and detach: a relative path, a name of its own, refusals", () =>
  inWorld(async ({ ok, run, json, home }) => {
    const { id } = await json(["kanban", "create", "x"]);
    const path = join(home, "..", "brief.txt");
    await Deno.writeTextFile(path, "one two");
    const first = await json(["kanban", "attach", id, "brief.txt"]);
    assert.deepEqual([first.filename, first.size, first.uploaded_by], ["brief.txt", 7, "user"]);
    const said = await ok(["kanban", "attach", id, path, "--name", "a/b\nc.txt"]);
    assert.match(said.stdout, /^Attached b_c\.txt to \S+ as attachment 2 /);
    const listed = await json(["kanban", "attachments", id]);
    assert.deepEqual(listed.map((each: { id: number }) => each.id), [1, 2]);
    assert.match((await ok(["kanban", "context", id])).stdout, /brief\.txt \(7 bytes\): \//);
    assert.match((await ok(["kanban", "detach", "1"])).stdout, /^Detached brief\.txt/);
    assert.equal((await run(["kanban", "detach", "1"])).code, 1);
    assert.equal((await run(["kanban", "detach", "one"])).code, 2);
    assert.equal((await run(["kanban", "attach", id, "none.txt"])).code, 1);
    assert.equal((await run(["kanban", "attach", id])).code, 2);
  }));

Deno.test("S-186 S-190 notify-subscribe, notify-list and notify-unsubscribe", () =>
  inWorld(async ({ ok, run, json }) => {
    const { id } = await json(["kanban", "create", "x"]);
    const chat = ["--platform", "telegram", "--chat-id", "-100"];
    assert.match((await ok(["kanban", "notify-subscribe", id, ...chat])).stdout, /^Subscribed /);
    const [row] = await json(["kanban", "notify-list"]);
    assert.deepEqual([row.task_id, row.platform, row.chat_id], [id, "telegram", "-100"]);
    assert.deepEqual(await json(["kanban", "notify-list", id]), [row]);
    await ok(["kanban", "notify-unsubscribe", id, ...chat]);
    assert.equal((await run(["kanban", "notify-unsubscribe", id, ...chat])).code, 1);
    assert.equal((await ok(["kanban", "notify-list"])).stdout, "(no subscriptions)\n");
    assert.equal((await run(["kanban", "notify-subscribe", id])).code, 2);
    assert.equal((await run(["kanban", "notify-subscribe", "t_x", ...chat])).code, 1);
  }));

Deno.test("S-105 S-191 R-04 daemon points to the gateway and ends with 2", () =>
  inWorld(async ({ run, home }) => {
    const ran = await run(["kanban", "daemon"]);
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /hermes gateway start/);
    assert.match(ran.stderr, /--force/);
    await assert.rejects(Deno.stat(join(home, "kanban.db")));
  }));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`S-105 R-04 daemon --force dispatches until ${signal}, with a pid file and its limits`, () =>
    inWorld(async ({ start, json, home }) => {
      const pidfile = join(home, "daemon.pid");
      const daemon = start([
        ...["kanban", "daemon", "--force", "-v", "--interval", "5s", "--max", "1"],
        ...["--failure-limit", "1", "--pidfile", pidfile],
      ]);
      await until("it says that it dispatches", () => daemon.output().includes("dispatching"));
      assert.equal(Number(await Deno.readTextFile(pidfile)), daemon.pid);
      // Nobody can think without a model: the one attempt that is allowed fails.
      const { id } = await json(["kanban", "create", "x", "--assignee", "default"]);
      await until("the task was given up", async () => {
        const { task } = await json(["kanban", "show", id]);
        return task.status === "blocked";
      });
      assert.match(daemon.output(), new RegExp(`worker started.*task=${id}`));
      daemon.signal(signal);
      const { code, stderr } = await daemon.ended;
      assert.deepEqual([code, stderr], [0, ""]);
      await assert.rejects(Deno.stat(pidfile));
    }));
}
