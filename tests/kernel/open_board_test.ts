// Owns: proof of how a board file is opened: paths, schema, damaged and foreign files.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { HermesError } from "../../src/base/errors.ts";
import { type Board, initBoard, openBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getList } from "../../src/kernel/detail.ts";
import { openSqlite } from "../../src/kernel/engine/sqlite.ts";
import { currentVersion } from "../../src/kernel/migrations/migrate.ts";
import { inTempDir, withBoard } from "./board_fixture.ts";

Deno.test("S-007 P-041 openBoard() makes folder, file and schema on first use", () =>
  inTempDir(async (dir) => {
    const board = await open(join(dir, "not", "there yet", "kanban.db"));
    await createTask(board, { title: "first" });
    assert.equal((await getList(board, {})).length, 1);
    await board.close();
  }));

Deno.test("S-007 a second openBoard() of the same path writes nothing", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    await (await open(path)).close();
    const before = await Deno.readFile(path);
    await (await open(path)).close();
    assert.deepEqual(await Deno.readFile(path), before);
  }));

Deno.test("S-007 two symlinks to one directory are one board", () =>
  inTempDir(async (dir) => {
    await Deno.mkdir(join(dir, "real"));
    for (const name of ["one", "two"]) await Deno.symlink(join(dir, "real"), join(dir, name));
    const [one, two] = [
      await open(join(dir, "one", "kanban.db")),
      await open(join(dir, "two", "kanban.db")),
    ];
    const { task } = await createTask(one, { title: "shared" });
    assert.deepEqual((await getList(two, {})).map(({ id }) => id), [task.id]);
    await Promise.all([one.close(), two.close()]);
  }));

Deno.test("S-007 a board file removed while the process lives is made anew on the next open", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    await (await open(path)).close();
    await Deno.remove(path);
    const board = await open(path);
    assert.deepEqual(await getList(board, {}), []);
    await board.close();
  }));

Deno.test("S-008 initBoard() re-runs every step on a board that is up to date", () =>
  withBoard(async (t) => {
    await t.raw("INSERT INTO task_events (task_id, kind, created_at) VALUES ('t_1', 'ready', 1)");
    const steps = await initBoard(t.board);
    assert.equal(steps.length, currentVersion);
    assert.deepEqual(await t.rows("SELECT kind FROM task_events").then(plain), [{
      kind: "promoted",
    }]);
  }));

for (const name of ["with space", "ünïcødé 日本語", "quote'and\"", "per%20cent?x=1#y"]) {
  Deno.test(`S-010 a board in a folder called ${name} opens`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, name, "kanban.db");
      const board = await open(path);
      await createTask(board, { title: "here" });
      await board.close();
      assert.ok((await Deno.stat(path)).size > 0);
    }));
}

Deno.test("P-048 a text file is refused as corrupt and stays as it is", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    await Deno.writeTextFile(path, "- buy milk\n- call the plumber\n");
    await rejectsWith("corrupt", () => open(path), /not a SQLite database/);
    assert.equal(await Deno.readTextFile(path), "- buy milk\n- call the plumber\n");
    const others = [...Deno.readDirSync(dir)].map(({ name }) => name)
      .filter((name) => name !== "kanban.db");
    assert.equal(others.length, 1, "a copy of it, and no journal");
    assert.match(others[0]!, /^kanban\.db\.corrupt\.[0-9a-f]{16}\.bak$/);
  }));

Deno.test("P-048 a file shorter than a database header is refused as corrupt", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    await Deno.writeTextFile(path, "SQLite");
    await rejectsWith("corrupt", () => open(path));
    assert.equal(await Deno.readTextFile(path), "SQLite");
  }));

Deno.test("P-048 a damaged page is reported as corrupt and the file is never replaced", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    const board = await open(path);
    for (let i = 0; i < 50; i++) {
      await createTask(board, { title: `task ${i}`, body: "x".repeat(2000) });
    }
    await board.close();
    const bytes = await Deno.readFile(path);
    bytes.fill(0xa5, 2 * 4096);
    await Deno.writeFile(path, bytes);
    await rejectsWith("corrupt", async () => {
      const damaged = await open(path);
      try {
        await getList(damaged, {});
      } finally {
        await damaged.close();
      }
    });
    assert.deepEqual(await Deno.readFile(path), bytes);
  }));

Deno.test("P-048 a broken schema page is reported as corrupt and the file is never replaced", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    await (await open(path)).close();
    const bytes = await Deno.readFile(path);
    bytes.fill(0xa5, 100, 4096);
    await Deno.writeFile(path, bytes);
    await rejectsWith("corrupt", () => open(path));
    assert.deepEqual(await Deno.readFile(path), bytes);
  }));

Deno.test("a board of a newer hermes is refused and stays as it is", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    await (await open(path)).close();
    const newer = new DatabaseSync(path);
    newer.exec(`INSERT INTO board_migrations VALUES (${currentVersion + 1}, 'from the future', 1)`);
    newer.close();
    const before = await Deno.readFile(path);
    await rejectsWith("schema_too_new", () => open(path), /version \d+, this hermes knows \d+/);
    assert.deepEqual(await Deno.readFile(path), before);
  }));

Deno.test("a board below a regular file is refused with code io", () =>
  inTempDir(async (dir) => {
    await Deno.writeTextFile(join(dir, "file"), "in the way");
    await rejectsWith("io", () => open(join(dir, "file", "kanban.db")), /Cannot create folder/);
  }));

Deno.test("a folder in the place of the board file is refused with code io", () =>
  inTempDir(async (dir) => {
    await Deno.mkdir(join(dir, "kanban.db"));
    await rejectsWith("io", () => open(join(dir, "kanban.db")));
  }));

Deno.test("S-012 a status without a rule of its own can be stored", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.raw("UPDATE tasks SET status = 'review' WHERE id = ?", [id]);
    assert.equal(await t.status(id), "review");
  }));

Deno.test("openBoard() closes the file when the migration fails", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    const foreign = await openSqlite({ path });
    await foreign.write((tx) => tx.run("CREATE VIEW tasks AS SELECT 1 AS id"));
    await foreign.close();
    await assert.rejects(open(path));
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["kanban.db"]);
  }));

function open(path: string): Promise<Board> {
  return openBoard({ slug: "default", path });
}

async function rejectsWith(
  code: string,
  action: () => Promise<unknown>,
  message = /^Cannot /,
): Promise<void> {
  await assert.rejects(action, (error) => {
    assert.ok(error instanceof HermesError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    assert.ok(error.remedy, "no remedy");
    return true;
  });
}

/** Rows with the prototype of plain objects, for comparison. */
function plain<Row>(rows: Row[]): Row[] {
  return rows.map((row) => ({ ...row }));
}
