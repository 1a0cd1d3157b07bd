// Owns: the proof of what each operation on the board answers and writes.

import assert from "node:assert/strict";
import { archive } from "../../src/ops/tasks/archive.ts";
import { assign } from "../../src/ops/tasks/assign.ts";
import { assignees } from "../../src/ops/views/assignees.ts";
import { block } from "../../src/ops/tasks/block.ts";
import { brief } from "../../src/ops/views/brief.ts";
import { claim } from "../../src/ops/tasks/claim.ts";
import { comment } from "../../src/ops/tasks/comment.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { edit } from "../../src/ops/tasks/edit.ts";
import { heartbeat } from "../../src/ops/runs/heartbeat.ts";
import { init } from "../../src/ops/care/init.ts";
import { link } from "../../src/ops/tasks/link.ts";
import { list } from "../../src/ops/views/list.ts";
import { log } from "../../src/ops/runs/log.ts";
import { move } from "../../src/ops/tasks/move.ts";
import { promote } from "../../src/ops/tasks/promote.ts";
import { runOp } from "../../src/ops/run.ts";
import { runs } from "../../src/ops/runs/runs.ts";
import { show } from "../../src/ops/views/show.ts";
import { stats } from "../../src/ops/views/stats.ts";
import { unblock } from "../../src/ops/tasks/unblock.ts";
import { unlink } from "../../src/ops/tasks/unlink.ts";
import type { OpContext } from "../../src/ops/context.ts";
import { addProfile, inOpsWorld } from "./world.ts";

async function newTask(user: OpContext, title: string, more = {}): Promise<string> {
  return (await runOp(create, user, { title, ...more })).task.id;
}

Deno.test("S-030 S-031 S-032 S-033 create checks its fields and starts where the parents allow", () =>
  inOpsWorld(async ({ user }) => {
    const parent = await newTask(user, "Parent");
    const made = await runOp(create, user, { title: " T ", parents: parent, skills: " a " });
    assert.deepEqual([made.task.title, made.task.status, made.task.skills], ["T", "todo", ["a"]]);
    const idea = await runOp(create, user, { title: "I", parents: [parent], triage: true });
    assert.equal(idea.task.status, "triage");
    await assert.rejects(runOp(create, user, { title: "  " }), { message: /title is required/ });
    await assert.rejects(runOp(create, user, {}), { code: "usage", message: /"title"/ });
    await assert.rejects(runOp(create, user, { title: "x", workspace_kind: "tent" }), {
      code: "usage",
      message: /workspace_kind.*scratch/,
    });
    await assert.rejects(runOp(create, user, { title: "x", skills: ["a,b"] }), /comma/);
    await assert.rejects(runOp(create, user, { title: "x", parents: ["t_1", "t_2"] }), {
      code: "not_found",
      message: /t_1, t_2/,
    });
    await assert.rejects(runOp(create, user, { title: "x", parents: 7 }), { code: "usage" });
    assert.equal((await runOp(list, user, {})).tasks.length, 3);
  }));

Deno.test("S-104 create warns when nobody dispatches, and says which profile was probably meant", () =>
  inOpsWorld(async ({ home, user }) => {
    await addProfile(home, "writer");
    const typo = await runOp(create, user, { title: "x", assignee: "wrtier" });
    assert.match(typo.warning!, /no profile "wrtier".*"writer"/);
    assert.match(typo.warning!, /No dispatcher is running.*hermes gateway start/);
    assert.equal((await runOp(create, user, { title: "x" })).warning, undefined);
    const { lockDispatch } = await import("../../src/dispatcher/lock.ts");
    const lock = await lockDispatch(user.boardPaths);
    const fine = await runOp(create, user, { title: "x", assignee: "writer" });
    lock?.release();
    assert.equal(fine.warning, undefined);
    const place = { workspace_kind: "dir", workspace_path: "here/there" };
    const relative = await runOp(create, user, { title: "x", ...place });
    assert.equal(relative.task.workspace_path, "here/there", "S-107: stored verbatim");
    assert.match(relative.warning!, /relative/);
  }));

Deno.test("S-038 S-056 list orders, filters and promotes first", () =>
  inOpsWorld(async ({ clock, user }) => {
    const first = await newTask(user, "first", { tenant: "a", assignee: "default" });
    clock.advance(1);
    const second = await newTask(user, "second", { assignee: "w" });
    clock.advance(1);
    const urgent = await newTask(user, "urgent", { priority: 5 });
    const ids = async (filter: Record<string, unknown>) =>
      (await runOp(list, user, filter)).tasks.map(({ id }) => id);
    assert.deepEqual(await ids({}), [urgent, first, second]);
    assert.deepEqual(await ids({ assignee: "w" }), [second]);
    assert.deepEqual(await ids({ assignee: null }), [urgent]);
    assert.deepEqual(await ids({ mine: true }), [first]);
    assert.deepEqual(await ids({ tenant: "a" }), [first]);
    assert.deepEqual(await runOp(list, user, { limit: 2 }).then((it) => it.truncated), true);
    assert.deepEqual(await runOp(list, user, { limit: 3 }).then((it) => it.truncated), false);
    await runOp(archive, user, { task_id: urgent });
    assert.deepEqual(await ids({}), [first, second]);
    assert.equal((await ids({ include_archived: true })).length, 3);
    await assert.rejects(runOp(list, user, { status: "lost" }), {
      code: "usage",
      message: /status.*triage/,
    });
  }));

Deno.test("S-056 list promotes a child whose parent was completed by a foreign program", () =>
  inOpsWorld(async ({ board, user }) => {
    const parent = await newTask(user, "parent");
    const child = await newTask(user, "child", { parents: [parent] });
    await board.engine.write(async (tx) => {
      await tx.run("UPDATE tasks SET status = 'done', completed_at = 1 WHERE id = ?", [parent]);
      await tx.run(
        "INSERT INTO task_events (task_id, kind, created_at) VALUES (?, 'completed', 1)",
        [parent],
      );
    });
    const { tasks } = await runOp(list, user, { status: "ready" });
    assert.deepEqual(tasks.map(({ id }) => id), [child]);
  }));

Deno.test("S-041 S-068 S-070 complete hands over; children become ready in the same answer", () =>
  inOpsWorld(async ({ user }) => {
    const id = await newTask(user, "parent");
    const child = await newTask(user, "child", { parents: [id] });
    const done = await runOp(complete, user, { task_id: id, summary: "s", metadata: { a: [1] } });
    assert.deepEqual([done.status, done.promoted], ["done", [child]]);
    const { runs: attempts } = await runOp(runs, user, { task_id: id });
    assert.deepEqual(
      [attempts[0]?.id, attempts[0]?.summary, attempts[0]?.metadata],
      [done.run_id, "s", { a: [1] }],
    );
    await assert.rejects(runOp(complete, user, { task_id: id }), { code: "refused" });
    await assert.rejects(runOp(complete, user, { task_id: child, metadata: '{"a": 1}' }), {
      code: "usage",
      message: /"metadata".*expected an object, received text/,
    }, "P-061");
    assert.equal((await runOp(show, user, { task_id: child })).task.status, "ready");
  }));

Deno.test("S-177 S-069 block writes its reason into the thread and onto the run, in one commit", () =>
  inOpsWorld(async ({ board, user }) => {
    const id = await newTask(user, "x");
    let commits = 0;
    const forget = board.engine.onCommit(() => commits++);
    const blocked = await runOp(block, user, { task_id: id, reason: "which logo?" });
    await Promise.resolve();
    forget();
    assert.equal(commits, 1);
    assert.equal(blocked.status, "blocked");
    const detail = await runOp(show, user, { task_id: id });
    assert.deepEqual(
      detail.comments.map(({ author, body }) => [author, body]),
      [["user", "BLOCKED: which logo?"]],
    );
    assert.deepEqual(detail.runs.map(({ summary }) => summary), ["which logo?"]);
    await assert.rejects(runOp(block, user, { task_id: id, reason: "again" }), { code: "refused" });
    assert.equal((await runOp(show, user, { task_id: id })).comments.length, 1);
  }));

Deno.test("U-024 R-11 the limit of repeated blocks comes from config.yaml", () =>
  inOpsWorld(async ({ home, user }) => {
    await Deno.writeTextFile(`${home}/config.yaml`, "kanban:\n  block_recurrence_limit: 3\n");
    const id = await newTask(user, "x");
    const statuses: string[] = [];
    for (let round = 0; round < 3; round++) {
      const blocked = await runOp(block, user, { task_id: id, reason: "r", kind: "transient" });
      statuses.push(blocked.status);
      if (blocked.status === "blocked") await runOp(unblock, user, { task_id: id });
    }
    assert.deepEqual(statuses, ["blocked", "blocked", "triage"]);
  }));

Deno.test("S-051 S-053 S-054 link and unlink: repeated, missing, self, cycle, unknown", () =>
  inOpsWorld(async ({ user }) => {
    const a = await newTask(user, "a");
    const b = await newTask(user, "b");
    const edge = { parent_id: a, child_id: b };
    assert.equal((await runOp(link, user, edge)).added, true);
    assert.equal((await runOp(link, user, edge)).added, false, "R-18");
    assert.equal((await runOp(show, user, { task_id: b })).task.status, "todo", "S-052");
    await assert.rejects(runOp(link, user, { parent_id: a, child_id: a }), /itself/);
    await assert.rejects(runOp(link, user, { parent_id: b, child_id: a }), /cycle/);
    await assert.rejects(runOp(link, user, { parent_id: a, child_id: "t_x" }), {
      code: "not_found",
    });
    assert.equal((await runOp(unlink, user, edge)).removed, true);
    assert.equal((await runOp(unlink, user, edge)).removed, false);
    assert.equal((await runOp(show, user, { task_id: b })).task.status, "ready", "P-028");
  }));

Deno.test("S-058 S-060 S-065 S-110 claim opens a run, makes the workspace, and refuses the second", () =>
  inOpsWorld(async ({ clock, user }) => {
    const id = await newTask(user, "x", { assignee: "w" });
    const claimed = await runOp(claim, user, { task_id: id, ttl_seconds: 60 });
    assert.match(claimed.lock, new RegExp(`:${Deno.pid}$`), "S-059");
    assert.equal(claimed.expires, clock.now() + 60);
    assert.ok((await Deno.stat(claimed.workspace)).isDirectory);
    const { task } = await runOp(show, user, { task_id: id });
    assert.deepEqual([task.status, task.workspace_path], ["running", claimed.workspace]);
    await assert.rejects(runOp(claim, user, { task_id: id }), {
      code: "refused",
      remedy: `Status: running. Lock: ${claimed.lock}.`,
    });
    await assert.rejects(runOp(assign, user, { task_id: id, assignee: "v" }), /currently running/);
    await assert.rejects(runOp(claim, user, { task_id: "t_x" }), { code: "not_found" });
    assert.equal((await runOp(heartbeat, user, { task_id: id, note: "on it" })).run_id, 1);
  }));

Deno.test("S-059 the claim's TTL is 900 seconds unless config.yaml says otherwise", () =>
  inOpsWorld(async ({ home, clock, user, as }) => {
    const first = await runOp(claim, user, { task_id: await newTask(user, "x") });
    assert.equal(first.expires, clock.now() + 900);
    await Deno.writeTextFile(`${home}/config.yaml`, "kanban:\n  claim_ttl_seconds: 30\n");
    const later = await as(user.actor);
    const second = await runOp(claim, later, { task_id: await newTask(user, "y") });
    assert.equal(second.expires, clock.now() + 30);
  }));

Deno.test("S-107 P-066 a claim whose workspace cannot be made is given back", () =>
  inOpsWorld(async ({ user }) => {
    const place = { workspace_kind: "dir", workspace_path: "not/absolute" };
    const id = await newTask(user, "x", place);
    await assert.rejects(runOp(claim, user, { task_id: id }), { message: /absolute/ });
    const { task, runs: attempts } = await runOp(show, user, { task_id: id });
    assert.deepEqual([task.status, task.claim_lock], ["ready", null]);
    assert.deepEqual(attempts.map(({ outcome }) => outcome), ["reclaimed"]);
    assert.match(attempts[0]!.error!, /^workspace: /);
  }));

Deno.test("S-101 S-180 a heartbeat is refused unless the task runs", () =>
  inOpsWorld(async ({ user }) => {
    const id = await newTask(user, "x");
    await assert.rejects(runOp(heartbeat, user, { task_id: id }), { code: "refused" });
  }));

Deno.test("S-118 comment refuses blank bodies and unknown tasks", () =>
  inOpsWorld(async ({ user }) => {
    const id = await newTask(user, "x");
    await assert.rejects(runOp(comment, user, { task_id: id, body: " \n" }), { code: "invalid" });
    await assert.rejects(runOp(comment, user, { task_id: "t_x", body: "b" }), {
      code: "not_found",
    });
  }));

Deno.test("R-15 S-079 edit changes several fields at once, names them, and writes nothing when all is the same", () =>
  inOpsWorld(async ({ user }) => {
    const id = await newTask(user, "x", { body: "b" });
    const edited = await runOp(edit, user, { task_id: id, title: " y ", body: null, priority: 4 });
    assert.deepEqual([edited.task.title, edited.task.body, edited.task.priority], ["y", null, 4]);
    const { events } = await runOp(show, user, { task_id: id });
    assert.deepEqual(
      events.slice(1).map(({ kind, payload }) => [kind, payload]),
      [["edited", { fields: ["title", "body"] }], ["reprioritized", { priority: 4 }]],
    );
    assert.equal((await runOp(edit, user, { task_id: id, title: "y" })).changed, false);
    await assert.rejects(runOp(edit, user, { task_id: id, title: " " }), /title is required/);
  }));

Deno.test("R-08 R-09 S-045 move parks a task and starts one over its open parents; promote lifts the parking", () =>
  inOpsWorld(async ({ user }) => {
    const parent = await newTask(user, "parent");
    const child = await newTask(user, "child", { parents: [parent] });
    await assert.rejects(runOp(promote, user, { task_id: child }), { message: /"parent"/ });
    await runOp(move, user, { task_id: child, to: "ready" });
    assert.equal((await runOp(show, user, { task_id: child })).task.status, "ready");
    await runOp(move, user, { task_id: parent, to: "todo" });
    const { tasks } = await runOp(list, user, { status: "todo" });
    assert.deepEqual(tasks.map(({ id, held }) => [id, held]), [[parent, true]]);
    assert.equal((await runOp(promote, user, { task_id: parent })).status, "ready");
  }));

Deno.test("S-182 S-184 stats and assignees count per status, with profiles that have nothing yet", () =>
  inOpsWorld(async ({ home, clock, user }) => {
    await addProfile(home, "idle");
    await newTask(user, "a", { assignee: "human.friend" });
    await newTask(user, "b\nc", { tenant: "line\nbreak" });
    const gone = await newTask(user, "d", { assignee: "ghost" });
    await runOp(archive, user, { task_id: gone });
    clock.advance(90);
    assert.deepEqual(await runOp(stats, user, {}), {
      by_status: { ready: 2, archived: 1 },
      by_assignee: { "": { ready: 1 }, "human.friend": { ready: 1 } },
      oldest_ready_age_seconds: 90,
      now: clock.now(),
    });
    assert.deepEqual((await runOp(assignees, user, {})).assignees, [
      { name: "default", on_disk: true, counts: {} },
      { name: "human.friend", on_disk: false, counts: { ready: 1 } },
      { name: "idle", on_disk: true, counts: {} },
    ]);
  }));

Deno.test("S-225 S-185 S-103 log tells whether there is one, and cuts at a line", () =>
  inOpsWorld(async ({ user }) => {
    const id = await newTask(user, "x");
    const none = await runOp(log, user, { task_id: id });
    assert.deepEqual([none.exists, none.content, none.size_bytes], [false, "", 0]);
    await Deno.mkdir(user.boardPaths.logsRoot, { recursive: true });
    await Deno.writeTextFile(none.path, "first line\nsecond\nthird\n");
    const some = await runOp(log, user, { task_id: id, tail: 15 });
    assert.deepEqual([some.exists, some.truncated, some.content], [true, true, "second\nthird\n"]);
    await assert.rejects(runOp(log, user, { task_id: "t_x" }), { code: "not_found" });
    await assert.rejects(runOp(log, user, { task_id: id, tail: 0 }), { code: "usage" });
    await assert.rejects(runOp(log, user, { task_id: id, tail: 2_000_001 }), { code: "usage" });
  }));

Deno.test("S-166 S-187 init repeats the schema pass; context is the worker's brief", () =>
  inOpsWorld(async ({ home, user }) => {
    const made = await runOp(init, user, {});
    assert.equal(made.db, `${home}/kanban.db`);
    assert.deepEqual(made.profiles, ["default"]);
    assert.ok(made.migrated.length > 0, "S-008");
    const id = await newTask(user, "Read me");
    const { context } = await runOp(brief, user, { task_id: id });
    assert.match(context, /Read me/);
    const shown = await runOp(show, user, { task_id: id, brief: true });
    assert.equal(shown.worker_context, context, "S-201");
  }));
