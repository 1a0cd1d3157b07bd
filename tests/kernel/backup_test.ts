// Owns: tests of copying boards that are in use and of putting copies in their place.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { backUp, restore } from "../../src/kernel/care/backup.ts";
import { createTask } from "../../src/kernel/create.ts";
import { inspectFile } from "../../src/kernel/engine/sqlite_file.ts";
import { inTempDir, withBoard } from "./board_fixture.ts";
import { boardFile, namesIn, ruinPageOf, titlesIn } from "./damage.ts";

Deno.test("backUp() copies a board while it is being written, as one sound file", () =>
  withBoard(async (t) => {
    for (let number = 0; number < 300; number++) await t.add({ title: `before ${number}` });
    const target = join(t.dir, "copies", "one.db");
    let writing = true;
    const writer = (async () => {
      while (writing) {
        await t.add({ title: "meanwhile" });
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    })();
    const made = await backUp(t.board.path, target);
    writing = false;
    await writer;
    assert.equal(made.file, target);
    assert.equal(made.size, Deno.statSync(target).size);
    assert.deepEqual(namesIn(join(t.dir, "copies")), ["one.db"], "no journal, no leftovers");
    assert.equal((await inspectFile(target)).state, "sound");
    const titles = titlesIn(target);
    assert.equal(titles.filter((title) => title.startsWith("before")).length, 300);
    assert.ok(titles.length <= (await t.count("tasks")));
  }));

Deno.test("backUp() overwrites nothing unless told to, and a failed one leaves the old file", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir);
    const target = join(dir, "copy.db");
    await Deno.writeTextFile(target, "mine");
    await assert.rejects(backUp(path, target), { code: "refused" });
    assert.equal(await Deno.readTextFile(target), "mine");
    ruinPageOf(path, "tasks");
    await assert.rejects(backUp(path, target, { replace: true }), { code: "corrupt" });
    assert.equal(await Deno.readTextFile(target), "mine");
    assert.ok(namesIn(dir).every((name) => !name.endsWith(".tmp")), "nothing half-written stays");
    await assert.rejects(backUp(join(dir, "none.db"), join(dir, "x.db")), { code: "not_found" });
  }));

Deno.test("restore() puts a checked copy in place and keeps the file that was there", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 2);
    const { file } = await backUp(path, join(dir, "copy.db"));
    const board = await openBoard({ slug: "default", path });
    await createTask(board, { title: "made after the backup" });
    await board.close();
    const restored = await restore(path, file, { now: 1_700_000_000 });
    assert.equal(restored.kept, `${path}.before-restore-1700000000`);
    assert.deepEqual(titlesIn(path), ["task 1", "task 2"]);
    assert.deepEqual(titlesIn(restored.kept!), ["task 1", "task 2", "made after the backup"]);
    const again = await openBoard({ slug: "default", path });
    assert.equal(again.engine.info.journal, "wal");
    await createTask(again, { title: "life goes on" });
    await again.close();
  }));

Deno.test("restore() keeps a damaged board bit by bit, journal included", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 50);
    const { file } = await backUp(path, join(dir, "copy.db"));
    ruinPageOf(path, "tasks");
    await Deno.writeTextFile(`${path}-wal`, "left by a power cut");
    const before = await Deno.readFile(path);
    const { kept } = await restore(path, file, { now: 7 });
    assert.deepEqual(await Deno.readFile(kept!), before);
    assert.equal(await Deno.readTextFile(`${kept}-wal`), "left by a power cut");
    assert.equal(titlesIn(path).length, 50);
    // A second restore within the same second gets a name of its own.
    const second = await restore(path, file, { now: 7 });
    assert.equal(second.kept, `${path}.before-restore-7-2`);
  }));

Deno.test("restore() refuses what is damaged, no board, too new, or not there", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 5);
    const copy = async (name: string) => (await backUp(path, join(dir, name))).file;
    const damaged = await copy("damaged.db");
    ruinPageOf(damaged, "tasks");
    const text = join(dir, "notes.txt");
    await Deno.writeTextFile(text, "not a database at all");
    const empty = join(dir, "empty.db");
    await Deno.writeTextFile(empty, "");
    const newer = await copy("newer.db");
    const board = await openBoard({ slug: "default", path: newer });
    await board.engine.write((tx) =>
      tx.run("INSERT INTO board_migrations (version, name, applied_at) VALUES (999, 'x', 1)")
    );
    await board.close();
    const before = await Deno.readFile(path);
    for (
      const [source, code] of [
        [damaged, "corrupt"],
        [text, "corrupt"],
        [empty, "corrupt"],
        [newer, "schema_too_new"],
        [join(dir, "none.db"), "not_found"],
        [path, "invalid"],
      ] as const
    ) await assert.rejects(restore(path, source, { now: 1 }), { code }, source);
    assert.deepEqual(await Deno.readFile(path), before);
    assert.ok(namesIn(dir).every((name) => !name.includes("before-restore")));
  }));

Deno.test("restore() leaves a board alone that somebody has open, unless forced", () =>
  withBoard(async (t) => {
    await t.add({ title: "old" });
    const { file } = await backUp(t.board.path, join(t.dir, "copy.db"));
    await t.add({ title: "newer" });
    await assert.rejects(restore(t.board.path, file, { now: 1 }), { code: "busy" });
    assert.deepEqual(titlesIn(t.board.path), ["old", "newer"]);
    const { kept } = await restore(t.board.path, file, { now: 1, force: true });
    assert.deepEqual(titlesIn(t.board.path), ["old"]);
    // Who had it open goes on with the old file, and what they write is kept with it.
    await t.add({ title: "by the old connection" });
    assert.deepEqual(titlesIn(kept!), ["old", "newer", "by the old connection"]);
    assert.deepEqual(titlesIn(t.board.path), ["old"]);
  }));

Deno.test("restore() works where no board is yet, and clears an orphaned journal away", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 2);
    const { file } = await backUp(path, join(dir, "copy.db"));
    await Deno.mkdir(join(dir, "elsewhere"));
    const target = join(dir, "elsewhere", "kanban.db");
    await Deno.writeTextFile(`${target}-wal`, "of a file that is gone");
    assert.equal((await restore(target, file, { now: 1 })).kept, null);
    assert.deepEqual(titlesIn(target), ["task 1", "task 2"]);
    assert.deepEqual(namesIn(join(dir, "elsewhere")), ["kanban.db"]);
  }));
