// Owns: what every engine promises, written against the port alone.

import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import type { Engine, ReadTx } from "../../src/kernel/engine/port.ts";
import { inTempDir } from "./board_fixture.ts";
import { eventually } from "./eventually.ts";
import type { Racer } from "./race/process.ts";

/** An engine to be examined, and the programs that meet it from other processes. */
export interface Candidate {
  name: string;
  /** Opens the engine that belongs to a fresh folder; a second call opens the same data again. */
  open(dir: string, options?: { busyMs?: number; watchMs?: number }): Promise<Engine>;
  /** A process that prints `holding` once it has the write lock, and lets go after one line. */
  holdLock(dir: string): Racer;
  /** A process that prints `ready` and commits one row `foreign` after one line. */
  commitOnce(dir: string): Racer;
}

interface Word {
  id: number;
  text: string;
}

/** Registers one test per promise. */
export function testEngine(candidate: Candidate): void {
  function test(name: string, body: (engine: Engine, dir: string) => Promise<void>): void {
    Deno.test(`${candidate.name}: ${name}`, () =>
      inTempDir(async (dir) => {
        const engine = await candidate.open(dir, { watchMs: 10 });
        try {
          await engine.write((tx) => tx.run(table));
          await body(engine, dir);
        } finally {
          await engine.close();
        }
      }));
  }

  test("read() returns rows as plain objects keyed by column", async (engine) => {
    await say(engine, "one");
    const rows = await engine.read((tx) => tx.all<Word>("SELECT id, text FROM word"));
    assert.deepEqual(rows.map((row) => ({ ...row })), [{ id: 1, text: "one" }]);
    assert.equal(await engine.read((tx) => tx.get("SELECT 1 FROM word WHERE id = 9")), undefined);
  });

  test("run() reports the changed rows and the id of the inserted one", async (engine) => {
    const first = await say(engine, "one");
    const second = await say(engine, "two");
    assert.deepEqual([first.changes, second.lastId - first.lastId], [1, 1]);
    const update = await engine.write((tx) => tx.run("UPDATE word SET text = 'same'"));
    assert.equal(update.changes, 2);
  });

  test("write() returns what the body returns and keeps what it wrote", async (engine, dir) => {
    const value = await engine.write(async (tx) => {
      await tx.run("INSERT INTO word (text) VALUES ('kept')");
      return 42;
    });
    assert.equal(value, 42);
    const second = await candidate.open(dir);
    assert.deepEqual(await words(second), ["kept"]);
    await second.close();
  });

  test("write() sees its own changes before the commit, readers do not", async (engine) => {
    await engine.write(async (tx) => {
      await tx.run("INSERT INTO word (text) VALUES ('mine')");
      assert.equal((await tx.all("SELECT id FROM word")).length, 1);
      assert.deepEqual(await words(engine), []);
    });
    assert.deepEqual(await words(engine), ["mine"]);
  });

  test("a throwing body is rolled back whole and its own error comes out", async (engine) => {
    const failure = new Error("the body failed");
    await assert.rejects(
      engine.write(async (tx) => {
        await tx.run("INSERT INTO word (text) VALUES ('lost')");
        throw failure;
      }),
      (error) => error === failure,
    );
    assert.deepEqual(await words(engine), []);
    await say(engine, "usable afterwards");
    assert.deepEqual(await words(engine), ["usable afterwards"]);
  });

  test("a failing statement rolls back the statements before it", async (engine) => {
    await assert.rejects(engine.write(async (tx) => {
      await tx.run("INSERT INTO word (id, text) VALUES (1, 'first')");
      await tx.run("INSERT INTO word (id, text) VALUES (1, 'again')");
    }));
    assert.deepEqual(await words(engine), []);
  });

  test("a body that catches a statement's error commits the rest", async (engine) => {
    await engine.write(async (tx) => {
      await tx.run("INSERT INTO word (id, text) VALUES (1, 'first')");
      await assert.rejects(tx.run("INSERT INTO word (id, text) VALUES (1, 'again')"));
      await tx.run("INSERT INTO word (id, text) VALUES (2, 'second')");
    });
    assert.deepEqual(await words(engine), ["first", "second"]);
  });

  test("a throwing read leaves the engine usable", async (engine) => {
    await assert.rejects(engine.read(() => Promise.reject(new Error("reader failed"))), {
      message: "reader failed",
    });
    await assert.rejects(engine.read((tx) => tx.all("SELECT nothing FROM nowhere")));
    assert.deepEqual(await words(engine), []);
  });

  test("all queries of one read() see one moment", async (engine) => {
    await say(engine, "before");
    await engine.read(async (tx) => {
      assert.equal(await count(tx), 1);
      await say(engine, "meanwhile");
      assert.equal(await count(tx), 1);
    });
    assert.equal(await engine.read(count), 2);
  });

  test("a read transaction cannot write", async (engine) => {
    await assert.rejects(
      engine.read((tx) => tx.all("INSERT INTO word (text) VALUES ('sneaked in') RETURNING id")),
    );
    assert.deepEqual(await words(engine), []);
  });

  test("concurrent writes run one after another, first come first served", async (engine) => {
    const order: string[] = [];
    await Promise.all(["a", "b", "c"].map((name) =>
      engine.write(async (tx) => {
        order.push(`${name} in`);
        await tx.run("INSERT INTO word (text) VALUES (?)", [name]);
        await tx.all("SELECT id FROM word");
        order.push(`${name} out`);
      })
    ));
    assert.deepEqual(order, ["a in", "a out", "b in", "b out", "c in", "c out"]);
    assert.deepEqual(await words(engine), ["a", "b", "c"]);
  });

  test("of concurrent writes only the failing one is undone", async (engine) => {
    const results = await Promise.allSettled(
      ["a", "b", "c", "d"].map((name) =>
        engine.write(async (tx) => {
          await tx.run("INSERT INTO word (text) VALUES (?)", [name]);
          if (name === "b") throw new Error("b failed");
          if (name === "c") await tx.run("INSERT INTO nowhere VALUES (1)");
          return name;
        })
      ),
    );
    assert.deepEqual(results.map(({ status }) => status), [
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    assert.deepEqual(await words(engine), ["a", "d"]);
  });

  test("write() resolves once others can see the change", async (engine, dir) => {
    const second = await candidate.open(dir);
    await Promise.all(["a", "b", "c"].map(async (name) => {
      await say(engine, name);
      assert.ok((await words(second)).includes(name), `${name} was not committed yet`);
    }));
    await second.close();
  });

  test("values come back as they were bound", async (engine) => {
    for (const text of ["", "'; DROP TABLE word; --", "مرحبا", "👩‍👩‍👧", "two\nlines"]) {
      const { lastId } = await say(engine, text);
      const row = await engine.read((tx) =>
        tx.get<Word>("SELECT id, text FROM word WHERE id = ?", [lastId])
      );
      assert.equal(row?.text, text);
    }
    const row = await engine.read((tx) =>
      tx.get<{ id: number; gone: null }>("SELECT MAX(id) AS id, NULL AS gone FROM word")
    );
    assert.deepEqual([typeof row?.id, row?.gone], ["number", null]);
  });

  test("S-027 a NUL character cuts nothing off: it is stored as U+FFFD", async (engine) => {
    await say(engine, "before\0after");
    assert.deepEqual(await words(engine), ["before\ufffdafter"]);
  });

  test("onCommit() is called once per commit, never for a rollback", async (engine) => {
    let calls = 0;
    const off = engine.onCommit(() => calls++);
    await say(engine, "one");
    await say(engine, "two");
    await engine.write(() => Promise.reject(new Error("no"))).catch(() => {});
    await tick();
    assert.equal(calls, 2);
    off();
    await say(engine, "three");
    await tick();
    assert.equal(calls, 2);
  });

  test("onCommit() is called after the commit: a listener sees the new rows", async (engine) => {
    const seen = Promise.withResolvers<string[]>();
    engine.onCommit(() => words(engine).then(seen.resolve, seen.reject));
    await say(engine, "news");
    assert.deepEqual(await seen.promise, ["news"]);
  });

  test("watch() wakes for this engine's own commits", async (engine) => {
    let calls = 0;
    engine.watch(() => calls++);
    await say(engine, "one");
    await eventually("a call for the own commit", () => calls > 0);
  });

  test("watch() wakes for a commit of another process", async (engine, dir) => {
    const other = candidate.commitOnce(dir);
    assert.equal(await other.line(), "ready");
    let calls = 0;
    const off = engine.watch(() => calls++);
    await other.send("go");
    await eventually("a call for the foreign commit", () => calls > 0);
    assert.deepEqual(await words(engine), ["foreign"]);
    off();
    await other.done();
  });

  test("an unsubscribed watcher is not called any more", async (engine) => {
    let stale = 0;
    let fresh = 0;
    engine.watch(() => stale++)();
    engine.watch(() => fresh++);
    await say(engine, "one");
    await eventually("a call of the other watcher", () => fresh > 0);
    assert.equal(stale, 0);
  });

  test("a lock held elsewhere ends in code busy after the wait", async (engine, dir) => {
    const holder = candidate.holdLock(dir);
    assert.equal(await holder.line(), "holding");
    const impatient = await candidate.open(dir, { busyMs: 80 });
    let ran = 0;
    const started = performance.now();
    await assert.rejects(
      impatient.write(() => Promise.resolve(ran++)),
      (error) => error instanceof HermesError && error.code === "busy" && !!error.remedy,
    );
    assert.ok(performance.now() - started >= 80, "gave up before the wait was over");
    assert.equal(ran, 0, "the body ran without the lock");
    await impatient.close();
    await holder.send("let go");
    await holder.done();
    assert.deepEqual(await words(engine), ["held"]);
  });

  test(
    "a lock that is let go in time is waited for, and the body runs once",
    async (engine, dir) => {
      const holder = candidate.holdLock(dir);
      assert.equal(await holder.line(), "holding");
      let ran = 0;
      const waiting = engine.write(async (tx) => {
        ran++;
        await tx.run("INSERT INTO word (text) VALUES ('waited')");
      });
      assert.deepEqual(await words(engine), [], "readers wait for the writer");
      await holder.send("let go");
      await waiting;
      assert.equal(ran, 1);
      assert.deepEqual(await words(engine), ["held", "waited"]);
      await holder.done();
    },
  );

  test("script() runs several statements inside the transaction", async (engine) => {
    await assert.rejects(
      engine.write(async (tx) => {
        await engine.script(tx, "CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER);");
        await tx.run("INSERT INTO b (x) VALUES (1)");
        throw new Error("undo");
      }),
      { message: "undo" },
    );
    await assert.rejects(engine.read((tx) => tx.all("SELECT x FROM a")));
  });

  test("close() can be repeated, and a closed engine refuses with a clear error", async (engine) => {
    await engine.close();
    await engine.close();
    for (const use of [engine.read(count), say(engine, "late")]) {
      await assert.rejects(
        use,
        (error) => error instanceof HermesError && /closed/.test(error.message),
      );
    }
  });

  test("close() waits for the transactions under way", async (engine, dir) => {
    const [inWrite, inRead] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writing = engine.write(async (tx) => {
      await tx.run("INSERT INTO word (text) VALUES ('first half')");
      inWrite.resolve();
      await tick();
      await tx.run("INSERT INTO word (text) VALUES ('second half')");
    });
    const reading = engine.read(async (tx) => {
      inRead.resolve();
      await tick();
      return await count(tx);
    });
    await Promise.all([inWrite.promise, inRead.promise]);
    const closing = engine.close();
    await Promise.all([writing, reading, closing]);
    const second = await candidate.open(dir);
    assert.deepEqual(await words(second), ["first half", "second half"]);
    await second.close();
  });

  test("info names the dialect, the place and the version", (engine, dir) => {
    const { dialect, location, version, notices } = engine.info;
    assert.ok(dialect === "sqlite" || dialect === "postgres");
    assert.ok(location.includes(dir) && version !== "");
    assert.deepEqual(notices, []);
    return Promise.resolve();
  });
}

const table = "CREATE TABLE IF NOT EXISTS word (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";

function say(engine: Engine, text: string) {
  return engine.write((tx) => tx.run("INSERT INTO word (text) VALUES (?)", [text]));
}

async function words(engine: Engine): Promise<string[]> {
  const rows = await engine.read((tx) => tx.all<Word>("SELECT id, text FROM word ORDER BY id"));
  return rows.map((row) => row.text);
}

async function count(tx: ReadTx): Promise<number> {
  return (await tx.get<{ n: number }>("SELECT COUNT(*) AS n FROM word"))?.n ?? 0;
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
