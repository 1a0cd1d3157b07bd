// Owns: the conformance suite run against the embedded engine, and what only SQLite promises.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Engine } from "../../src/kernel/engine/port.ts";
import { openSqlite, type SqliteOptions } from "../../src/kernel/engine/sqlite.ts";
import { inspectFile } from "../../src/kernel/engine/sqlite_file.ts";
import { hasWalResetBug } from "../../src/kernel/engine/sqlite_version.ts";
import { inTempDir } from "./board_fixture.ts";
import { testEngine } from "./engine_conformance.ts";
import { eventually } from "./eventually.ts";
import { race, start } from "./race/process.ts";

const affected = "3.50.2";

testEngine({
  name: "SQLite engine",
  open: (dir, options) => openSqlite({ path: fileIn(dir), ...options }),
  holdLock: (dir) => start("hold_lock", fileIn(dir)),
  commitOnce: (dir) => start("commit_once", fileIn(dir)),
});

Deno.test("S-006 a new file is in WAL with synchronous NORMAL on a safe SQLite", () =>
  inTempDir(async (dir) => {
    const engine = await openSqlite({ path: fileIn(dir) });
    assert.equal(hasWalResetBug(engine.info.version), false);
    assert.equal(engine.info.journal, "wal");
    assert.equal(await pragma(engine, "journal_mode"), "wal");
    assert.equal(await pragma(engine, "synchronous"), 1);
    await engine.close();
  }));

Deno.test("S-006 write() takes the lock before the body runs: BEGIN IMMEDIATE", () =>
  inTempDir(async (dir) => {
    const options: SqliteOptions = { path: fileIn(dir), busyMs: 20 };
    const [first, second] = [await openSqlite(options), await openSqlite(options)];
    await first.write(async () => {
      await assert.rejects(second.write(() => Promise.resolve()), { code: "busy" });
    });
    await second.write(() => Promise.resolve());
    await Promise.all([first.close(), second.close()]);
  }));

Deno.test("S-006 P-050b an affected SQLite gives a new file the rollback journal and FULL", () =>
  inTempDir(async (dir) => {
    const engine = await openSqlite({ path: fileIn(dir), version: affected });
    assert.equal(engine.info.journal, "delete");
    assert.match(engine.info.notices.join(), /3\.50\.2.*rollback journal/);
    await engine.write((tx) => tx.run("CREATE TABLE word (text TEXT)"));
    await engine.write((tx) => tx.run("INSERT INTO word VALUES ('kept')"));
    assert.equal(await pragma(engine, "synchronous"), 2);
    assert.deepEqual(await namesIn(dir), ["board.db"], "no WAL file beside the board");
    await engine.close();
  }));

/** What another process comes to that writes a row and closes the file. */
async function elsewhere(path: string): Promise<string> {
  const code = `import { DatabaseSync } from "node:sqlite";
    const db = new DatabaseSync(${JSON.stringify(path)}, { timeout: 0 });
    try { db.exec("INSERT INTO word VALUES ('other')"); console.log("wrote"); }
    catch (error) { console.log(error.message); }
    db.close();`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("P-048 opening a board again, or checking its file, leaves the locks of this process alone", async () => {
  // Whoever closes a file gives up all locks that its process has on it, unless SQLite does the closing.
  await inTempDir(async (dir) => {
    const path = fileIn(dir);
    const first = await openSqlite({ path, version: affected });
    await first.write((tx) => tx.run("CREATE TABLE word (text TEXT)"));
    const writer = new DatabaseSync(path);
    writer.exec("BEGIN IMMEDIATE");
    const second = await openSqlite({ path, version: affected });
    assert.equal((await inspectFile(path)).state, "sound");
    assert.equal(await elsewhere(path), "database is locked");
    writer.close();
    await Promise.all([first.close(), second.close()]);
  });
});

Deno.test("P-048 a file that is damaged while it is watched wakes the watchers, who then read why", () =>
  inTempDir(async (dir) => {
    const engine = await openSqlite({ path: fileIn(dir), version: affected, watchMs: 5 });
    await engine.write((tx) => tx.run("CREATE TABLE word (text TEXT)"));
    let calls = 0;
    engine.watch(() => calls++);
    await Deno.writeFile(fileIn(dir), new Uint8Array(8192).fill(7));
    await eventually("a call of the watcher", () => calls > 0);
    const reading = engine.read((tx) => tx.all("SELECT text FROM word"));
    await assert.rejects(reading, { code: "corrupt" });
    await engine.close();
  }));

Deno.test("P-049 P-050b an affected SQLite leaves a WAL file in WAL and never checkpoints it", () =>
  inTempDir(async (dir) => {
    const safe = await openSqlite({ path: fileIn(dir) });
    await safe.write((tx) => tx.run("CREATE TABLE word (text TEXT)"));
    const engine = await openSqlite({ path: fileIn(dir), version: affected });
    assert.equal(engine.info.journal, "wal");
    assert.match(engine.info.notices.join(), /does not checkpoint/);
    assert.equal(await pragma(engine, "wal_autocheckpoint"), 0);
    const before = await Deno.readFile(fileIn(dir));
    for (let i = 0; i < 60; i++) {
      await engine.write((tx) => tx.run("INSERT INTO word VALUES (?)", ["x".repeat(100_000)]));
    }
    assert.deepEqual(await Deno.readFile(fileIn(dir)), before, "something was checkpointed");
    await Promise.all([engine.close(), safe.close()]);
  }));

Deno.test("P-047 a COMMIT that has to wait is repeated, the body is not", () =>
  inTempDir(async (dir) => {
    const engine = await openSqlite({ path: fileIn(dir), version: affected });
    await engine.write((tx) => tx.run("CREATE TABLE word (text TEXT)"));
    const reader = new DatabaseSync(fileIn(dir));
    reader.exec("BEGIN; SELECT text FROM word");
    let ran = 0;
    const writing = engine.write((tx) => {
      ran++;
      return tx.run("INSERT INTO word VALUES ('waited')");
    });
    await new Promise((resolve) => setTimeout(resolve, 40));
    assert.equal(ran, 1, "the body waits for readers");
    assert.equal(reader.prepare("SELECT text FROM word").all().length, 0);
    reader.exec("COMMIT");
    await writing;
    assert.equal(ran, 1);
    assert.equal(reader.prepare("SELECT text FROM word").all().length, 1);
    reader.close();
    await engine.close();
  }));

Deno.test("P-047 when SQLite gives up a whole transaction, no write of it is kept or confirmed", () =>
  inTempDir(async (dir) => {
    const engine = await openSqlite({ path: fileIn(dir) });
    await engine.write((tx) =>
      engine.script(
        tx,
        `CREATE TABLE word (text TEXT);
         CREATE TRIGGER give_up BEFORE INSERT ON word WHEN NEW.text = 'disk full'
         BEGIN SELECT RAISE(ROLLBACK, 'gave up'); END;`,
      )
    );
    const say = (text: string) =>
      engine.write((tx) => tx.run("INSERT INTO word VALUES (?)", [text]));
    const results = await Promise.allSettled(["before", "disk full", "after"].map(say));
    const kept = await engine.read((tx) => tx.all<{ text: string }>("SELECT text FROM word"));
    const confirmed = ["before", "disk full", "after"].filter((_, index) =>
      results[index]!.status === "fulfilled"
    );
    assert.deepEqual(confirmed, ["after"]);
    assert.deepEqual(kept.map(({ text }) => text), confirmed);
    await say("usable");
    await engine.close();
  }));

Deno.test("S-006 readers and the writer of a rollback journal take turns", () =>
  inTempDir(async (dir) => {
    const engine = await openSqlite({ path: fileIn(dir), version: affected });
    await engine.write((tx) => tx.run("CREATE TABLE word (text TEXT)"));
    await Promise.all(
      Array.from(
        { length: 20 },
        (_, index) =>
          index % 2 === 0
            ? engine.write((tx) => tx.run("INSERT INTO word VALUES ('x')"))
            : engine.read((tx) => tx.all("SELECT text FROM word")),
      ),
    );
    const rows = await engine.read((tx) => tx.all("SELECT text FROM word"));
    assert.equal(rows.length, 10);
    await engine.close();
  }));

for (const version of [affected, undefined]) {
  const name = version ? "a rollback journal" : "WAL";
  Deno.test(`P-047 opening and the first read wait for a lock held on ${name}`, () =>
    inTempDir(async (dir) => {
      const first = await openSqlite({ path: fileIn(dir), version });
      await first.write((tx) => tx.run("CREATE TABLE word (text TEXT)"));
      const reading = await openSqlite({ path: fileIn(dir), version });
      const holder = new DatabaseSync(fileIn(dir));
      holder.exec("BEGIN EXCLUSIVE; INSERT INTO word VALUES ('x')");
      const opening = openSqlite({ path: fileIn(dir), version });
      const read = reading.read((tx) => tx.all("SELECT text FROM word"));
      await new Promise((resolve) => setTimeout(resolve, 40));
      holder.exec("COMMIT");
      holder.close();
      assert.equal((await read).length, version ? 1 : 0);
      for (const engine of [first, reading, await opening]) await engine.close();
    }));
}

for (
  const [version, expected] of [
    ["3.6.23", false],
    ["3.7.0", true],
    ["3.44.5", true],
    ["3.44.6", false],
    ["3.45.0", true],
    ["3.49.2", true],
    ["3.50.2", true],
    ["3.50.6", true],
    ["3.50.7", false],
    ["3.51.0", true],
    ["3.51.2", true],
    ["3.51.3", false],
    ["3.52.0", false],
    ["3.53.2", false],
    ["4.0.0", false],
    ["unknown", true],
    ["", true],
  ] as const
) {
  Deno.test(`P-050b hasWalResetBug("${version}") is ${expected}`, () => {
    assert.equal(hasWalResetBug(version), expected);
  });
}

Deno.test("S-007 S-024 P-044 eight processes open one new file at once: all succeed, one schema", () =>
  inTempDir(async (dir) => {
    const outcomes = await race<{ ran: string[]; journal: string }>(
      8,
      "open_board",
      () => [fileIn(dir)],
    );
    assert.deepEqual(new Set(outcomes.map(({ journal }) => journal)), new Set(["wal"]));
    const ran = outcomes.flatMap((outcome) => outcome.ran);
    assert.equal(ran.length, new Set(ran).size, `a step ran twice: ${ran}`);
    const engine = await openSqlite({ path: fileIn(dir) });
    const found = await engine.read(async (tx) => ({
      tasks: (await tx.all("SELECT id FROM tasks")).length,
      steps: (await tx.all("SELECT version FROM board_migrations")).length,
    }));
    assert.deepEqual(found, { tasks: 8, steps: ran.length });
    await engine.close();
  }));

/** A setting of the connection that writes. */
async function pragma(engine: Engine, name: string): Promise<unknown> {
  const row = await engine.write((tx) => tx.get<Record<string, unknown>>(`PRAGMA ${name}`));
  return row?.[name];
}

function fileIn(dir: string): string {
  return join(dir, "board.db");
}

async function namesIn(dir: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(dir)) names.push(entry.name);
  return names.sort();
}

Deno.test("a file that cannot be opened is told with what to do, as no bug of ours", () =>
  inTempDir(async (dir) => {
    await Deno.symlink(join(dir, "nowhere", "board.db"), fileIn(dir));
    await assert.rejects(openSqlite({ path: fileIn(dir) }), {
      code: "io",
      message: /^Cannot open board ".*": unable to open database file/,
      remedy: /folder exists and is writable/,
    });
  }));
