// Owns: proof that boards of every older layout open, migrate once, and stay usable by the program that made them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Board, initBoard, mustCommand, openBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getDetail, getList, getTask } from "../../src/kernel/detail.ts";
import { currentVersion, migrate } from "../../src/kernel/migrations/migrate.ts";
import { promoteWaiting } from "../../src/kernel/promote.ts";
import { systemClock } from "../../src/base/clock.ts";
import { complete, inTempDir, withBoard } from "./board_fixture.ts";

type Row = Record<string, unknown>;
type Tables = Record<string, Row[]>;

const dumps = new URL("./dumps/", import.meta.url);
const layouts = [...Deno.readDirSync(dumps)].map(({ name }) => name.replace(/\.sql$/, "")).sort();

/** Runs `body` on a board that an older program wrote; `before` is what it held. */
async function withLayout(
  layout: string,
  body: (board: Board, before: Tables, path: string) => Promise<void>,
): Promise<void> {
  await inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    const old = new DatabaseSync(path);
    old.exec(await Deno.readTextFile(new URL(`${layout}.sql`, dumps)));
    const before = contents(old);
    old.close();
    const board = await openBoard({ slug: "default", path });
    try {
      await body(board, before, path);
    } finally {
      await board.close();
    }
  });
}

for (const layout of layouts) {
  Deno.test(`S-024 ${layout} gets every table, column and index of a fresh board`, () =>
    withLayout(layout, async (board) => {
      const migrated = await shapeOf(board);
      await withBoard(async (t) => {
        for (const [name, columns] of Object.entries(await shapeOf(t.board))) {
          assert.ok(name in migrated, `no ${name}`);
          const missing = columns.filter((column) => !migrated[name]!.includes(column));
          assert.deepEqual(missing, [], name);
        }
      });
    }));

  Deno.test(`S-024 ${layout} keeps its data, column by column`, () =>
    withLayout(layout, (board, before, path) => {
      const after = read(path);
      for (const [table, rows] of Object.entries(before)) {
        assert.equal(after[table]?.length, expectedCount(table, rows, before), table);
        for (const [index, row] of rows.entries()) {
          for (const [column, value] of Object.entries(row)) {
            if (mayChange(table, column) || drifted(layout, column)) continue;
            assert.equal(after[table]![index]![column], value, `${table}.${column}`);
          }
        }
      }
      assert.ok(board.engine.info.location.length > 0);
      return Promise.resolve();
    }));

  Deno.test(`S-024 S-026 ${layout}: three more passes leave one open run per running task`, () =>
    withLayout(layout, async (board, before, path) => {
      for (let pass = 0; pass < 3; pass++) {
        assert.equal((await initBoard(board)).length, currentVersion);
        const { tasks, task_runs } = read(path);
        const running = tasks!.filter(({ status }) => status === "running");
        assert.equal(running.length, before.tasks!.filter((t) => t.status === "running").length);
        assert.ok(running.length > 0);
        for (const task of running) {
          const open = task_runs!.filter((run) => run.task_id === task.id && run.ended_at === null);
          assert.deepEqual(open.map(({ id }) => id), [task.current_run_id], String(task.id));
          assert.deepEqual(
            [open[0]!.status, open[0]!.claim_lock, open[0]!.claim_expires, open[0]!.profile],
            ["running", task.claim_lock, task.claim_expires, task.assignee],
          );
          assert.equal(open[0]!.started_at, task.started_at ?? task.created_at);
        }
      }
    }));

  Deno.test(`S-025 ${layout} has no event kind of an older release left`, () =>
    withLayout(layout, (_board, before, path) => {
      const renamed: Record<string, string> = {
        ready: "promoted",
        priority: "reprioritized",
        spawn_auto_blocked: "gave_up",
      };
      const wanted = before.task_events!.map(({ kind }) => renamed[String(kind)] ?? kind);
      assert.deepEqual(read(path).task_events!.map(({ kind }) => kind), wanted);
      return Promise.resolve();
    }));

  Deno.test(`S-008 ${layout} is migrated once: a second open runs nothing`, () =>
    withLayout(layout, async (board) => {
      assert.deepEqual(await migrate(board.engine, systemClock), []);
    }));

  Deno.test(`S-013 the program that wrote ${layout} can go on reading and writing`, () =>
    withLayout(layout, (_board, before, path) => {
      const old = new DatabaseSync(path);
      try {
        for (const [table, rows] of Object.entries(before)) {
          const columns = Object.keys(rows[0] ?? {});
          if (columns.length === 0) continue;
          old.prepare(`SELECT ${columns.join(", ")} FROM ${table}`).all();
          const copy: Row = { ...rows[0], task_id: "t_copy", idempotency_key: null };
          if (table === "tasks") copy.id = "t_copy";
          else if ("id" in copy) copy.id = null;
          if (table === "task_links") copy.child_id = "t_copy";
          old.prepare(
            `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?")})`,
          ).run(...columns.map((column) => copy[column] as string | null));
        }
        const claimed = old.prepare(
          `UPDATE tasks SET status = 'running', claim_lock = ?, claim_expires = ?, started_at = ?
           WHERE id = ? AND status IN ('ready', 'done', 'running', 'review') RETURNING id`,
        ).all("old:1", 1, 1, "t_copy");
        assert.equal(claimed.length, 1);
      } finally {
        old.close();
      }
      return Promise.resolve();
    }));

  Deno.test(`S-024 a board of ${layout} works like any other`, () =>
    withLayout(layout, async (board, before) => {
      const shown = before.tasks!.filter(({ status }) => status !== "archived");
      assert.equal((await getList(board, {})).length, shown.length);
      const running = shown.filter(({ status }) => status === "running").map((t) => String(t.id));
      const { task } = await createTask(board, { title: "new", parents: running });
      assert.equal(task.status, "todo");
      for (const id of running) {
        const run = (await getTask(board, id)).current_run_id;
        await mustCommand(board, id, { ...complete, summary: "done" }, { fence: run });
        assert.equal((await getDetail(board, id)).runs.at(-1)?.outcome, "completed");
      }
      assert.equal((await getTask(board, task.id)).status, "ready");
      await promoteWaiting(board);
    }));
}

Deno.test("S-026 a run adopted for an old task carries what the task knew about its process", () =>
  withLayout("telemetry_layout", async (board) => {
    const { runs } = await getDetail(board, "t_00000c01");
    const { worker_pid, max_runtime_seconds, last_heartbeat_at, started_at } = runs[0]!;
    assert.deepEqual([worker_pid, max_runtime_seconds, last_heartbeat_at, started_at], [
      8080,
      7200,
      1747000500,
      1747000060,
    ]);
  }));

Deno.test("S-026 a running task beside an open run of its own adopts that run", () =>
  withLayout("runs_layout", async (board) => {
    assert.equal((await getTask(board, "t_00000d03")).current_run_id, 3);
    assert.equal((await getDetail(board, "t_00000d03")).runs.length, 1);
  }));

Deno.test("S-026 P-045 a run that loses the race for the pointer is closed as reclaimed", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.raw(
      "UPDATE tasks SET status = 'running', claim_lock = 'old:1', started_at = 1 WHERE id = ?",
      [id],
    );
    await t.raw(`CREATE TRIGGER faster AFTER INSERT ON task_runs BEGIN
      INSERT INTO task_runs (task_id, status, started_at) VALUES (NEW.task_id, 'running', 1);
      UPDATE tasks SET current_run_id = last_insert_rowid() WHERE id = NEW.task_id; END`);
    await initBoard(t.board);
    const [run, winner, ...more] = await t.runs(id);
    assert.deepEqual([run?.outcome, run?.ended_at, more.length], ["reclaimed", t.clock.now(), 0]);
    assert.deepEqual([(await t.task(id)).current_run_id, winner?.ended_at], [winner?.id, null]);
  }));

Deno.test("S-014 the failure count of an old board is carried over once", () =>
  withLayout("hardened_layout", async (board) => {
    const id = "t_0000aa02";
    const { consecutive_failures, last_failure_error } = await getTask(board, id);
    assert.deepEqual([consecutive_failures, last_failure_error], [2, "no such file: hermes"]);
    await mustCommand(board, id, complete);
    await initBoard(board);
    const again = await getTask(board, id);
    assert.deepEqual([again.consecutive_failures, again.last_failure_error], [0, null]);
  }));

Deno.test("R-21 tasks that share a key survive; the oldest live one keeps it", () =>
  withLayout("hardened_layout", async (board, before) => {
    const key = "backup-2025-05-01";
    const rows = await getList(board, { includeArchived: true });
    assert.equal(rows.length, before.tasks!.length);
    const holders = rows.filter((row) => row.idempotency_key === key);
    assert.deepEqual(holders.map(({ id }) => id).sort(), ["t_0000aa01", "t_0000aa04"]);
    const again = await createTask(board, { title: "nightly backup", idempotencyKey: key });
    assert.deepEqual([again.task.id, again.created], ["t_0000aa01", false]);
    await initBoard(board);
    const keys = (await getList(board, {})).map((row) => row.idempotency_key).filter(Boolean);
    assert.deepEqual(keys.sort(), [key, `${key} (t_0000aa02)`, `${key} (t_0000aa03)`]);
  }));

Deno.test("R-02 a parent in a status of another program keeps its child waiting", () =>
  withLayout("newest_layout", async (board) => {
    await promoteWaiting(board);
    assert.equal((await getTask(board, "t_00000e05")).status, "todo");
    assert.equal((await getTask(board, "t_00000e01")).status, "review");
  }));

/** Columns that the migration sets or renames on purpose; tests above look at them. */
function mayChange(table: string, column: string): boolean {
  return {
    tasks: ["spawn_failures", "last_spawn_error", "current_run_id", "idempotency_key"],
    task_events: ["kind"],
  }[table]?.includes(column) ?? false;
}

/** Columns that one dump holds in other forms than a number; drift_test.ts looks at them. */
function drifted(layout: string, column: string): boolean {
  return layout === "drifted_layout" &&
    (["id", "author", "run_id"].includes(column) || column.endsWith("_at"));
}

/** Rows after the migration: running tasks without an open run get one. */
function expectedCount(table: string, rows: Row[], before: Tables): number {
  if (table !== "task_runs") return rows.length;
  const adopted = before.tasks!.filter((task) =>
    task.status === "running" &&
    !rows.some((run) => run.task_id === task.id && run.ended_at === null)
  );
  return rows.length + adopted.length;
}

function read(path: string): Tables {
  const database = new DatabaseSync(path);
  try {
    return contents(database);
  } finally {
    database.close();
  }
}

/** Every row of every table, in insertion order. */
function contents(database: DatabaseSync): Tables {
  const names = database.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  ).all() as { name: string }[];
  return Object.fromEntries(names.map(({ name }) => [
    name,
    database.prepare(`SELECT * FROM ${name} ORDER BY rowid`).all() as Row[],
  ]));
}

/** Table or index → its columns. */
async function shapeOf(board: Board): Promise<Record<string, string[]>> {
  const rows = await board.engine.read((tx) =>
    tx.all<{ owner: string; name: string }>(
      `SELECT thing.name AS owner, info.name FROM sqlite_schema AS thing, pragma_table_info(thing.name) AS info
        WHERE thing.type = 'table'
       UNION ALL
       SELECT thing.tbl_name || ' by ' || thing.name, info.name
        FROM sqlite_schema AS thing, pragma_index_info(thing.name) AS info WHERE thing.type = 'index'`,
    )
  );
  const shape: Record<string, string[]> = {};
  for (const { owner, name } of rows) (shape[owner] ??= []).push(name);
  return shape;
}
