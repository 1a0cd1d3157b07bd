// Owns: the proof that a search finds what people typed, in every script, and leaves foreign programs alone.

import assert from "node:assert/strict";
import { addComment } from "../../src/kernel/comments.ts";
import type { Board } from "../../src/kernel/board.ts";
import type { ReadTx } from "../../src/kernel/engine/port.ts";
import { indexSql } from "../../src/kernel/queries/search.ts";
import { findTasks } from "../../src/kernel/search/find.ts";
import { likePattern, matchQuery, termsOf } from "../../src/kernel/search/words.ts";
import { complete, type TestBoard, withBoard } from "./board_fixture.ts";

async function found(board: Board, typed: string): Promise<string[]> {
  return (await findTasks(board, typed, {})).tasks.map(({ title }) => title).sort();
}

Deno.test("search finds title, body, result, comments, handoffs and id; all words must be there", () =>
  withBoard(async (t) => {
    const id = await t.add({ title: "Login page", body: "with a captcha" });
    const done = await t.add({ title: "Logo" });
    await t.do(done, { ...complete, result: "svg", summary: "drawn in turquoise" });
    await addComment(t.board, id, "ana", "use the turquoise one");
    assert.deepEqual(await found(t.board, "captcha"), ["Login page"]);
    assert.deepEqual(await found(t.board, "SVG"), ["Logo"]);
    assert.deepEqual(await found(t.board, "turquoise"), ["Login page", "Logo"]);
    assert.deepEqual(await found(t.board, "turquoise login"), ["Login page"]);
    assert.deepEqual(await found(t.board, "log"), ["Login page", "Logo"], "beginnings of words");
    assert.deepEqual(await found(t.board, id), ["Login page"]);
    assert.deepEqual(await found(t.board, '"a captcha"'), ["Login page"]);
    assert.deepEqual(await found(t.board, '"captcha a"'), []);
    assert.deepEqual(await found(t.board, "captcha svg"), []);
  }));

Deno.test("search keeps up with edits, comments and tasks that went away", () =>
  withBoard(async (t) => {
    const id = await t.add({ title: "alpha" });
    assert.deepEqual(await found(t.board, "alpha"), ["alpha"]);
    await t.do(id, { type: "edit", title: "beta" });
    assert.deepEqual(await found(t.board, "alpha"), []);
    assert.deepEqual(await found(t.board, "beta"), ["beta"]);
    await addComment(t.board, id, "ana", "gamma");
    assert.deepEqual(await found(t.board, "gamma"), ["beta"]);
    await t.raw("INSERT INTO task_events (task_id, kind, created_at) VALUES (?, 'deleted', 1)", [
      id,
    ]);
    await t.raw("DELETE FROM tasks");
    assert.deepEqual(await found(t.board, "beta"), []);
    assert.equal(await t.count("board_search_docs"), 0);
  }));

Deno.test("search is CJK-safe and finds words without spaces, and letters with and without accents", () =>
  withBoard(async (t) => {
    for (
      const title of [
        "東京都の天気を調べる",
        "发布说明",
        "로그인을고치다",
        "ทำงานให้เสร็จ",
        "Über Zürich",
      ]
    ) {
      await t.add({ title });
    }
    assert.deepEqual(await found(t.board, "京都"), ["東京都の天気を調べる"]);
    assert.deepEqual(await found(t.board, "都"), ["東京都の天気を調べる"]);
    assert.deepEqual(await found(t.board, "都京"), []);
    assert.deepEqual(await found(t.board, "说明"), ["发布说明"]);
    assert.deepEqual(await found(t.board, "고치"), ["로그인을고치다"]);
    assert.deepEqual(await found(t.board, "งาน"), ["ทำงานให้เสร็จ"]);
    assert.deepEqual(await found(t.board, "uber zur"), ["Über Zürich"]);
  }));

Deno.test("S-027 search takes any punctuation, operator and SQL for plain text", () =>
  withBoard(async (t) => {
    await t.add({ title: "Port it to C++ (not C)", body: "100% of a_b \\ done" });
    await t.add({ title: "Ship it 🚀", body: "'; DROP TABLE tasks; --" });
    assert.deepEqual(await found(t.board, "C++"), ["Port it to C++ (not C)"]);
    assert.deepEqual(await found(t.board, "🚀"), ["Ship it 🚀"]);
    assert.deepEqual(await found(t.board, "++"), ["Port it to C++ (not C)"]);
    assert.deepEqual(await found(t.board, "%"), ["Port it to C++ (not C)"], "no wildcard");
    assert.deepEqual(await found(t.board, "\\"), ["Port it to C++ (not C)"]);
    assert.deepEqual(await found(t.board, "'; DROP"), ["Ship it 🚀"]);
    const nasty = [
      "NOT",
      "a AND",
      "(",
      '"',
      '""',
      "a*b",
      "^a",
      "title:x",
      "NEAR(a b)",
      "-",
      "{a}",
      "a\u0000b",
    ];
    for (const typed of nasty) {
      if (termsOf(typed).length > 0) await findTasks(t.board, typed, {});
    }
    for (const typed of ["", "  ", '""']) {
      await assert.rejects(findTasks(t.board, typed, {}), { code: "invalid" });
    }
    assert.equal(await t.count("tasks"), 2);
  }));

Deno.test("search writes nothing before somebody searches, and nothing when nothing has changed", () =>
  withBoard(async (t) => {
    await t.add({ title: "x" });
    assert.equal(await t.count("sqlite_schema WHERE name = 'board_search'"), 0);
    await found(t.board, "x");
    assert.equal(await t.count("sqlite_schema WHERE name = 'board_search'"), 1);
    let commits = 0;
    const forget = t.board.engine.onCommit(() => commits++);
    await found(t.board, "x");
    forget();
    assert.equal(commits, 0);
  }));

Deno.test("search indexes a board that other programs filled, whose old events are gone", () =>
  withBoard(async (t) => {
    await t.raw(
      "INSERT INTO tasks (id, title, status, created_at) VALUES ('t_1', 'old one', 'review', 1)",
    );
    for (let n = 0; n < 1100; n++) await t.add({ title: `task number${n}` });
    await t.raw("DELETE FROM task_events");
    assert.deepEqual(await found(t.board, "old"), ["old one"]);
    assert.deepEqual(await found(t.board, "number1099"), ["task number1099"]);
    assert.equal((await findTasks(t.board, "task", { limit: 10 })).total, 1100);
  }));

Deno.test("search goes on where it was interrupted", () =>
  withBoard(async (t) => {
    for (let n = 0; n < 3; n++) await t.add({ title: `task${n}` });
    await found(t.board, "task0");
    await t.raw("UPDATE board_search_docs SET stale = 1 WHERE id = 2");
    await t.raw(indexSql.remove, [2]);
    assert.deepEqual(await found(t.board, "task1"), ["task1"]);
  }));

Deno.test("search does without FTS5, with the same answers for whole words", () =>
  withBoard(async (t) => {
    await fill(t);
    const without = { ...t.board, engine: withoutFts(t.board) };
    for (const typed of ["needle", "needle hay", "50%", "東京", "nothing"]) {
      const plain = await found(without, typed);
      assert.equal(await t.count("sqlite_schema WHERE name = 'board_search'"), 0);
      assert.deepEqual(plain, typed === "nothing" ? [] : await expected(typed), typed);
    }
    await found(t.board, "needle");
    assert.deepEqual(
      await found(without, "needle"),
      await expected("needle"),
      "index of another program",
    );
  }));

Deno.test("termsOf, matchQuery and likePattern keep what was typed", () => {
  assert.deepEqual(termsOf(' a  "b c" d"e "open'), ["a", "b c", 'd"e', "open"]);
  assert.equal(matchQuery(["a", "C++", 'd"e']), '"a"* AND "C++" AND "d""e"*');
  assert.equal(matchQuery(["東京"]), '"東  京"*');
  assert.equal(matchQuery(["a", "+"]), null);
  assert.equal(likePattern("50%_\\"), "%50\\%\\_\\\\%");
});

const texts = ["needle", "needle in the hay", "50% off", "東京へ"];

async function fill(t: TestBoard): Promise<void> {
  for (const title of texts) await t.add({ title });
}

function expected(typed: string): Promise<string[]> {
  const terms = typed.split(" ");
  return Promise.resolve(texts.filter((text) => terms.every((term) => text.includes(term))).sort());
}

/** The engine of a SQLite that was built without FTS5. */
function withoutFts({ engine }: Board): Board["engine"] {
  const check = (sql: string) => {
    if (/fts5|board_search\b(?!_)/.test(sql.replaceAll("'board_search'", ""))) {
      throw new Error("no such module: fts5");
    }
  };
  const guarded = <Tx extends ReadTx>(tx: Tx): Tx =>
    new Proxy(tx, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        // deno-lint-ignore require-await -- the port is asynchronous
        return async (sql: string, params: []) => {
          check(sql);
          return value.call(target, sql, params);
        };
      },
    });
  return {
    ...engine,
    info: engine.info,
    read: (body) => engine.read((tx) => body(guarded(tx))),
    write: (body) => engine.write((tx) => body(guarded(tx))),
    onCommit: (listener) => engine.onCommit(listener),
    watch: (listener) => engine.watch(listener),
    script: (tx, sql) => engine.script(tx, sql),
    close: () => engine.close(),
  };
}
