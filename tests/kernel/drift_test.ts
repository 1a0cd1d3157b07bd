// Owns: proof that boards with drifted ids, times and pointers are shown whole and work, also while others go on drifting.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Board, openBoard } from "../../src/kernel/board.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { getDetail, getList, getTask } from "../../src/kernel/detail.ts";
import { secondsOf } from "../../src/kernel/engine/foreign_times.ts";
import { readEvents } from "../../src/kernel/feed.ts";
import type { Command } from "../../src/kernel/lifecycle/commands.ts";
import { viewTask } from "../../src/kernel/views.ts";
import { claim, complete, inTempDir, withBoard } from "./board_fixture.ts";
import { dumpOf } from "./crash/dump.ts";

/** Runs `body` on the board of the drifted dump. */
function withDrift(body: (board: Board, path: string) => Promise<void>): Promise<void> {
  return inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    const old = new DatabaseSync(path);
    old.exec(await Deno.readTextFile(new URL("./dumps/drifted_layout.sql", import.meta.url)));
    old.close();
    const board = await openBoard({ slug: "default", path });
    try {
      await body(board, path);
    } finally {
      await board.close();
    }
  });
}

/** A second of 2025-05-01, UTC. */
function may1(time: string): number {
  return Date.parse(`2025-05-01T${time}Z`) / 1000;
}

Deno.test("P-046 events with text or no ids get numbers; the reader of the log sees each once, in order", () =>
  withDrift(async (board) => {
    const { events, cursor } = await readEvents(board, 0);
    assert.deepEqual(events.map(({ id, kind }) => [id, kind]), [
      ...[[3, "created"], [4, "completed"], [5, "promoted"], [6, "claimed"], [7, "heartbeat"]],
    ]);
    assert.equal(cursor, 7);
    assert.deepEqual(events.map(({ payload }) => payload), [
      ...[null, { summary: "all fine" }, "not json", { lock: "box:1" }, null],
    ]);
    await addComment(board, "t_00000f01", "ana", "one more");
    assert.equal((await readEvents(board, cursor)).events[0]?.id, 8);
  }));

Deno.test("P-046 comments keep their order, their further columns and what was missing reads as empty", () =>
  withDrift(async (board, path) => {
    const { comments } = await getDetail(board, "t_00000f01");
    assert.deepEqual(
      comments.map(({ id, author, body, created_at }) => [id, author, body, created_at]),
      [
        [1, "user", "first", may1("10:05:00")],
        [2, "", "second", may1("10:06:00")],
        [12, "ana", "third", 0],
      ],
    );
    const moods = dumpOf(path).task_comments!.map((row) => (row as { mood: unknown }).mood);
    assert.deepEqual(moods, ["fine", null, null]);
    const indexes = await board.engine.read((tx) =>
      tx.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE tbl_name = 'task_comments'")
    );
    const names = indexes.map(({ name }) => name);
    assert.ok(
      names.includes("idx_comments_mood") && names.includes("idx_comments_task"),
      `${names}`,
    );
  }));

Deno.test("P-046 runs with text ids get numbers, and everything that points to them follows", () =>
  withDrift(async (board) => {
    const { task, runs, events } = await getDetail(board, "t_00000f05");
    assert.deepEqual(runs.map(({ id, ended_at }) => [id, ended_at]), [[task.current_run_id, null]]);
    assert.equal(events.find(({ kind }) => kind === "claimed")?.run_id, task.current_run_id);
    const done = await getDetail(board, "t_00000f01");
    assert.equal(done.runs[0]?.summary, "all fine");
    assert.equal(done.events.find(({ kind }) => kind === "completed")?.run_id, done.runs[0]?.id);
  }));

Deno.test("S-026 running tasks that point to a closed run or to none get an open one", () =>
  withDrift(async (board) => {
    for (const [id, attempts] of [["t_00000f06", 2], ["t_00000f07", 1]] as const) {
      const { task, runs } = await getDetail(board, id);
      assert.equal(runs.length, attempts, id);
      assert.deepEqual([runs.at(-1)?.id, runs.at(-1)?.ended_at], [task.current_run_id, null]);
      assert.equal(runs.at(-1)?.started_at, task.started_at);
    }
  }));

Deno.test("P-052 times in text are read as UTC seconds; one that means nothing is null and costs nobody the board", () =>
  withDrift(async (board) => {
    const tasks = (await getList(board, {})).map(viewTask);
    const created = Object.fromEntries(tasks.map(({ title, created_at }) => [title, created_at]));
    assert.deepEqual(created, {
      "old and done": may1("10:00:00"),
      next: may1("10:00:01"),
      "nobody knows when": null,
      "counted in fractions": 1_746_093_602,
      "without a name": 1_746_093_603,
      "points to a text": may1("10:00:05"),
      "points to the past": may1("10:00:06"),
      "points to nothing": may1("10:00:07"),
    });
    assert.equal((await getTask(board, "t_00000f01")).completed_at, may1("12:30:00"));
    for (const { id, priority } of tasks) {
      assert.match(id, /^t_[0-9a-f]{8}$/, "a task without an id gets one");
      assert.equal(typeof priority, "number");
    }
  }));

Deno.test("P-052 S-013 a program that goes on writing text times and text in place of numbers is read all the same", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    await t.raw(
      "UPDATE tasks SET created_at = '2025-05-01T10:00:00Z', claim_expires = '2025-05-01 10:00:00'",
    );
    await t.raw("UPDATE task_runs SET started_at = '2025-05-01T10:00:00.5+02:00'");
    await t.raw("UPDATE task_events SET created_at = 'never'");
    const { task, runs, events } = await getDetail(t.board, id);
    assert.deepEqual([task.created_at, task.claim_expires], [may1("10:00:00"), may1("10:00:00")]);
    assert.equal(runs[0]?.started_at, may1("08:00:00"));
    assert.ok(events.every(({ created_at }) => created_at === null));
    await t.do(id, complete, { fence: run });
    assert.equal((await t.run(id)).ended_at, may1("08:00:00"), "never before its start");
  }));

const withoutRun: Command[] = [
  { type: "heartbeat", note: null },
  { type: "extend", lock: claim.lock, ttlSeconds: 60 },
  { type: "spawned", process: { pid: 7, start: "1", boot: "b" } },
  { type: "rate_limit", error: "429", cooldownSeconds: 30 },
  { type: "crash", pid: 7, error: "gone" },
  { type: "reclaim", reason: "expired" },
  complete,
];

for (const command of withoutRun) {
  Deno.test(`S-012 ${command.type} on a running task whose run another program closed is no lost race`, () =>
    withBoard(async (t) => {
      const id = await t.add();
      const run = await t.claimed(id);
      await t.raw("UPDATE task_runs SET ended_at = 5, outcome = 'crashed' WHERE id = ?", [run]);
      const before = dumpRun(await t.run(id));
      const applied = await t.do(id, command);
      assert.ok(applied.changed);
      assert.deepEqual(dumpRun(await t.run(id)), before, "a closed run stays as it is");
      assert.equal((await t.last(id)).kind === "claimed", false, "the change has its event");
    }));
}

function dumpRun(
  { id, ended_at, outcome }: { id: number; ended_at: number | null; outcome: string | null },
) {
  return [id, ended_at, outcome];
}

Deno.test("P-052 secondsOf() reads numbers and ISO 8601 with and without a zone, and nothing else", () => {
  const table: [string, number | null][] = [
    ["1746093600", 1_746_093_600],
    [" 1746093600.9 ", 1_746_093_600],
    ["2025-05-01T10:00:00Z", may1("10:00:00")],
    ["2025-05-01T10:00:00.123456+00:00", may1("10:00:00")],
    ["2025-05-01 10:00:00", may1("10:00:00")],
    ["2025-05-01T10:00:00-0300", may1("13:00:00")],
    ["2025-05-01", may1("00:00:00")],
    ["", null],
    ["last spring", null],
  ];
  for (const [text, seconds] of table) assert.equal(secondsOf(text), seconds, text);
});
