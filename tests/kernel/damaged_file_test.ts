// Owns: tests of what is found out about damaged files, and of the copies kept of them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { damagedCopies, setAsideDamaged } from "../../src/kernel/care/set_aside.ts";
import { HermesError } from "../../src/base/errors.ts";
import { copyTables, inspectFile, rebuildIndexes } from "../../src/kernel/engine/sqlite_file.ts";
import { inTempDir } from "./board_fixture.ts";
import { boardFile, emptyIndex, namesIn, ruinPageOf, titlesIn } from "./damage.ts";

Deno.test("inspectFile() tells missing, empty, foreign, sound and damaged files apart", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 200);
    const sound = await inspectFile(path);
    assert.deepEqual([sound.state, sound.problems], ["sound", []]);
    assert.ok(sound.schema > 0 && sound.tables.includes("tasks"));
    assert.equal((await inspectFile(join(dir, "none.db"))).state, "missing");
    await Deno.writeTextFile(join(dir, "empty.db"), "");
    assert.equal((await inspectFile(join(dir, "empty.db"))).state, "empty");
    await Deno.writeTextFile(join(dir, "notes.db"), "just notes, no database");
    assert.equal((await inspectFile(join(dir, "notes.db"))).state, "not_sqlite");
    const whole = await Deno.readFile(path);
    await Deno.writeFile(join(dir, "cut.db"), whole.subarray(0, 9000));
    const cut = await inspectFile(join(dir, "cut.db"));
    assert.equal(cut.state, "damaged");
    assert.ok(cut.problems.length > 0);
    ruinPageOf(path, "tasks");
    assert.equal((await inspectFile(path)).state, "damaged");
  }));

Deno.test("U-069 an index that lost entries is found and REINDEX mends it", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 40);
    emptyIndex(path, "idx_tasks_board");
    const before = await inspectFile(path);
    assert.equal(before.state, "damaged_indexes");
    assert.match(before.problems.join("\n"), /idx_tasks_board/);
    await rebuildIndexes(path);
    assert.equal((await inspectFile(path)).state, "sound");
    assert.equal(titlesIn(path).length, 40);
  }));

Deno.test("U-069 an index of rubbish is mended by a copy of the tables", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 200);
    ruinPageOf(path, "idx_tasks_status");
    assert.equal((await inspectFile(path)).state, "damaged_indexes");
    await assert.rejects(rebuildIndexes(path), { code: "corrupt" });
    const copy = join(dir, "mended.db");
    assert.equal((await copyTables(path, copy)).state, "sound");
    assert.deepEqual(titlesIn(copy), titlesIn(path));
    const board = await openBoard({ slug: "default", path: copy });
    const names = await board.engine.read((tx) =>
      tx.all<{ name: string }>("SELECT name FROM pragma_index_list('tasks')")
    );
    await board.close();
    assert.ok(names.some(({ name }) => name === "idx_tasks_status"));
  }));

Deno.test("U-069 P-048 opening a damaged board keeps one copy, names it, and changes nothing", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 200);
    const bytes = (await Deno.readFile(path)).subarray(0, 9000);
    await Deno.writeFile(path, bytes);
    for (let attempt = 0; attempt < 3; attempt++) {
      const error = await openBoard({ slug: "default", path }).catch((thrown) => thrown);
      assert.ok(error instanceof HermesError);
      assert.equal(error.code, "corrupt");
      const [copy] = await damagedCopies(path);
      assert.match(copy!, /kanban\.db\.corrupt\.[0-9a-f]{16}\.bak$/);
      assert.ok(error.remedy!.includes(copy!));
      assert.match(error.remedy!, /hermes kanban doctor/);
    }
    const copies = await damagedCopies(path);
    assert.equal(copies.length, 1);
    assert.deepEqual(await Deno.readFile(copies[0]!), new Uint8Array(bytes));
    assert.deepEqual(
      await Deno.readFile(path),
      new Uint8Array(bytes),
      "the file itself is as it was",
    );
  }));

Deno.test("U-069 a file that is no database is kept and never replaced by an empty board", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    await Deno.writeTextFile(path, "somebody's notes");
    await assert.rejects(openBoard({ slug: "default", path }), { code: "corrupt" });
    assert.equal(await Deno.readTextFile(path), "somebody's notes");
    assert.equal(await Deno.readTextFile((await damagedCopies(path))[0]!), "somebody's notes");
  }));

Deno.test("U-069 ten copies of damaged files are kept, with their journals, the oldest go", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    const made: string[] = [];
    for (let number = 0; number < 12; number++) {
      await Deno.writeTextFile(path, `broken ${number}`);
      await Deno.writeTextFile(`${path}-wal`, `journal ${number}`);
      const copy = await setAsideDamaged(path);
      made.push(copy);
      await Deno.utime(copy, 1000 + number, 1000 + number);
    }
    const kept = await damagedCopies(path);
    assert.deepEqual(kept, made.slice(2).reverse());
    assert.equal(await Deno.readTextFile(kept[0]!), "broken 11");
    assert.equal(await Deno.readTextFile(`${kept[0]}-wal`), "journal 11");
    assert.equal(namesIn(dir).filter((name) => name.endsWith(".bak-wal")).length, 10);
  }));
