// Owns: tests of boards that travel as text.

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { attachFile } from "../../src/kernel/attachments.ts";
import { exportBoard, exportToFile } from "../../src/kernel/care/export.ts";
import { importBoard, type Imported } from "../../src/kernel/care/import.ts";
import { placeFiles } from "../../src/kernel/care/import_attachments.ts";
import { readImport } from "../../src/kernel/care/import_file.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { checkBoard } from "../../src/kernel/care/board_checks.ts";
import { openBoard, read } from "../../src/kernel/board.ts";
import { getAttachments } from "../../src/kernel/attachments.ts";
import { claim, inTempDir, type TestBoard, withBoard } from "./board_fixture.ts";
import { namesIn } from "./damage.ts";

/** The lines of an export, parsed, without what tells one export from another. */
async function exported(path: string): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  await exportBoard(path, { board: "b", now: 1 }, (line) => lines.push(line));
  return lines.map((line) => JSON.parse(line));
}

async function toFile(t: TestBoard, name = "board.jsonl"): Promise<string> {
  const file = join(t.dir, name);
  await exportToFile(t.board.path, file, { board: "b", now: 1, replace: true });
  return file;
}

function take(
  t: TestBoard,
  file: string,
  options: { remap?: boolean; dryRun?: boolean } = {},
): Promise<Imported> {
  const { remap = false, dryRun = false } = options;
  return importBoard(t.board, readImport(file), { remap, dryRun, files: new Map() });
}

/** A board with everything on it: history, links, comments, handoffs, and what other programs add. */
async function furnish(t: TestBoard): Promise<{ parent: string; child: string }> {
  const parent = await t.add({
    title: `'); DROP TABLE tasks; -- "ü" 漢字 👩‍👩‍👧 \u202eabc`,
    body: "line one\nline two\r\n\ttab \\ \u2028",
    assignee: "writer",
    idempotencyKey: "key-1",
    skills: ["a", "b"],
  });
  const child = await t.add({ title: "child", parents: [parent], priority: -3 });
  await t.do(parent, claim);
  await t.do(parent, {
    type: "complete",
    result: "done",
    summary: "all of it",
    metadata: { files: ["a.md"], deep: { n: 1.5 } },
  });
  await addComment(t.board, child, "user", `see ${parent}`);
  await t.raw("ALTER TABLE tasks ADD COLUMN sprint TEXT DEFAULT 'none'");
  await t.raw("ALTER TABLE tasks ADD COLUMN points");
  await t.raw("UPDATE tasks SET sprint = 'it''s 7', points = 2.0, status = 'review' WHERE id = ?", [
    child,
  ]);
  await t.raw("UPDATE tasks SET points = 9007199254740993 WHERE id = ?", [parent]);
  await t.raw(`CREATE TABLE projects (slug TEXT, task_id TEXT, logo BLOB, weight REAL DEFAULT 1.5,
    PRIMARY KEY (slug, task_id))`);
  await t.raw("INSERT INTO projects VALUES ('p', ?, x'00ff10', 2.0)", [child]);
  await t.raw("CREATE TABLE notes (id INTEGER PRIMARY KEY, task_id TEXT, text TEXT NOT NULL)");
  await t.raw("INSERT INTO notes VALUES (7, ?, 'n')", [child]);
  return { parent, child };
}

Deno.test("an export imported into a new board and exported again is the same, foreign parts included", () =>
  withBoard(async (t) => {
    await furnish(t);
    const file = await toFile(t);
    await withBoard(async (other) => {
      const imported = await take(other, file);
      assert.equal(imported.tasks, 2);
      assert.deepEqual(imported.ids, {});
      assert.deepEqual(imported.added.sort(), [
        "notes",
        "projects",
        "tasks.points",
        "tasks.sprint",
      ]);
      const [before, after] = [await exported(t.board.path), await exported(other.board.path)];
      assert.deepEqual(after.slice(1), before.slice(1));
      const tables = (lines: Record<string, unknown>[]) =>
        (lines[0]!["tables"] as { name: string; rows: number }[]).map((
          { name, rows },
        ) => [name, rows]);
      assert.deepEqual(tables(after), tables(before));
      const [row] = await other.rows<{ big: string; kind: string; logo: string }>(
        `SELECT (SELECT CAST(points AS TEXT) FROM tasks WHERE sprint = 'none') AS big,
          (SELECT typeof(points) FROM tasks WHERE status = 'review') AS kind,
          (SELECT hex(logo) || typeof(weight) FROM projects) AS logo`,
      );
      assert.deepEqual({ ...row }, { big: "9007199254740993", kind: "real", logo: "00FF10real" });
      assert.deepEqual(
        (await read(other.board, checkBoard)).map(({ check }) => check),
        ["statuses"],
      );
    });
  }));

for (
  const layout of ["first", "hardened", "telemetry", "runs", "newest"] as const
) {
  Deno.test(`S-024 a file of the ${layout} layout of hermes-agent is exported as it is and imported whole`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, "old.db");
      const db = new DatabaseSync(path);
      db.exec(await Deno.readTextFile(new URL(`./dumps/${layout}_layout.sql`, import.meta.url)));
      const titles = db.prepare("SELECT title FROM tasks ORDER BY id").all().map((row) =>
        row["title"]
      );
      const events = Number(db.prepare("SELECT COUNT(*) AS n FROM task_events").get()!["n"]);
      db.close();
      const bytes = await Deno.readFile(path);
      const file = join(dir, "old.jsonl");
      await exportToFile(path, file, { board: "old", now: 1, replace: false });
      assert.deepEqual(await Deno.readFile(path), bytes, "an export changes nothing");
      await withBoard(async (t) => {
        const imported = await take(t, file);
        const rows = await t.rows<{ title: string }>("SELECT title FROM tasks ORDER BY id");
        assert.deepEqual(rows.map(({ title }) => title), titles);
        assert.equal(await t.count("task_events"), events + imported.released.length);
        assert.equal(await t.count("tasks WHERE status = 'running'"), 0);
      });
    }));
}

Deno.test("import beside other tasks keeps task ids and moves the numbers of runs and events", () =>
  withBoard(async (t) => {
    const { parent, child } = await furnish(t);
    const file = await toFile(t);
    const runs = await t.runs(parent);
    await withBoard(async (other) => {
      const own = await other.add({ title: "was here before" });
      await other.do(own, claim);
      const lastEvent = (await other.last(own)).id;
      const [ownRun] = await other.runs(own);
      await other.raw("UPDATE tasks SET id = 't_ffffffff' WHERE id = ?", [own]);
      for (const table of ["task_events", "task_runs"]) {
        await other.raw(`UPDATE ${table} SET task_id = 't_ffffffff'`);
      }
      await take(other, file);
      const moved = await other.runs(parent);
      assert.deepEqual(moved.map(({ id }) => id), runs.map(({ id }) => id + ownRun!.id));
      assert.equal(moved[0]!.summary, "all of it");
      const events = await other.events(parent);
      assert.ok(events.every(({ id }) => id > lastEvent));
      assert.deepEqual(
        events.filter(({ run_id }) => run_id !== null).map(({ run_id }) => run_id),
        events.filter(({ run_id }) => run_id !== null).map(() => moved[0]!.id),
      );
      const claimed = events.find(({ kind }) => kind === "claimed")!;
      assert.equal((claimed.payload as { run_id: number }).run_id, moved[0]!.id);
      assert.deepEqual((await other.events(child, "created"))[0]!.payload, {
        ...(await t.events(child, "created"))[0]!.payload as object,
      });
      assert.equal(await other.status("t_ffffffff"), "running", "what was there is as it was");
    });
  }));

Deno.test("import --remap gives every task a new id, in links, comments, events and foreign tables", () =>
  withBoard(async (t) => {
    const { parent, child } = await furnish(t);
    await t.raw("UPDATE tasks SET origin_task_id = ? WHERE id = ?", [parent, child]);
    const file = await toFile(t);
    await assert.rejects(take(t, file), {
      code: "refused",
      message: /2 tasks of it on this board already/,
      remedy: /--remap/,
    });
    const before = await t.count("task_events");
    const { ids, tasks } = await take(t, file, { remap: true });
    assert.equal(tasks, 2);
    assert.deepEqual(Object.keys(ids).sort(), [parent, child].sort());
    const [newParent, newChild] = [ids[parent]!, ids[child]!];
    assert.equal(await t.count("tasks"), 4);
    assert.equal(await t.count("task_events"), before * 2);
    const links = await t.rows("SELECT parent_id, child_id FROM task_links ORDER BY rowid");
    assert.deepEqual(links.map((link) => ({ ...link })), [
      { parent_id: parent, child_id: child },
      { parent_id: newParent, child_id: newChild },
    ]);
    assert.equal((await t.task(newChild)).origin_task_id, newParent);
    assert.equal((await t.task(child)).origin_task_id, parent);
    const created = (await t.events(newChild, "created"))[0]!.payload as { parents: string[] };
    assert.deepEqual(created.parents, [newParent]);
    assert.equal(await t.count("projects WHERE task_id = ?", [newChild]), 1);
    assert.equal(await t.count("notes WHERE task_id = ? AND id = 14", [newChild]), 1);
    const comments = await t.rows<{ body: string }>(
      "SELECT body FROM task_comments WHERE task_id = ?",
      [newChild],
    );
    assert.equal(comments[0]!.body, `see ${parent}`, "what people wrote stays as they wrote it");
    assert.equal((await t.task(parent)).idempotency_key, "key-1");
    assert.equal((await t.task(newParent)).idempotency_key, `key-1 (${newParent})`);
  }));

Deno.test("import --dry-run says what an import would do and changes nothing", () =>
  withBoard(async (t) => {
    await furnish(t);
    const file = await toFile(t);
    await withBoard(async (other) => {
      const before = await exported(other.board.path);
      const tried = await take(other, file, { dryRun: true });
      assert.equal(tried.tasks, 2);
      assert.ok(tried.added.includes("projects"));
      assert.deepEqual(await exported(other.board.path), before);
      assert.deepEqual({ ...await take(other, file) }, { ...tried });
    });
  }));

Deno.test("an attempt does not travel: a task that ran is ready again, its run closed and explained", () =>
  withBoard(async (t) => {
    const id = await t.in("running");
    const file = await toFile(t);
    await withBoard(async (other) => {
      assert.deepEqual((await take(other, file)).released, [id]);
      assert.equal(await other.status(id), "ready");
      const run = await other.run(id);
      assert.deepEqual([run.outcome, run.error], ["reclaimed", "imported"]);
      assert.deepEqual(await read(other.board, checkBoard), []);
    });
  }));

Deno.test("a file that is cut off, changed or no export is refused by line, and nothing is imported", () =>
  withBoard(async (t) => {
    await furnish(t);
    const text = await Deno.readTextFile(await toFile(t));
    const lines = text.trimEnd().split("\n");
    const broken = join(t.dir, "broken.jsonl");
    const row = lines.findIndex((line) => line.startsWith('{"t":"tasks"'));
    const changed = (from: string, to: string) =>
      lines.map((line, index) => index === row ? line.replace(from, to) : line);
    const cases: [name: string, lines: string[], message: RegExp][] = [
      ["empty", [], /it is no exported board/],
      ["another file", ["hello"], /line 1: it is not JSON/],
      ["a list", ["[1]"], /it is no exported board/],
      ["newer", [lines[0]!.replace('"hermes_board":1', '"hermes_board":2')], /version 2.*knows 1/],
      ["without its end", lines.slice(0, -1), /ends too early/],
      ["without a row", lines.toSpliced(row, 1), /13 of 14 rows|\d+ of \d+ rows are there/],
      ["cut within a line", [...lines.slice(0, row), lines[row]!.slice(0, 30)], /is not JSON/],
      ["unknown table", changed('"t":"tasks"', '"t":"taskz"'), /there is no table "taskz"/],
      ["unknown column", changed('"title":', '"titel":'), /there is no column "titel"/],
      ["no id", changed('"id":"t_', '"body":"t_'), /a task has no id/],
      ["twice", lines.toSpliced(row, 0, lines[row]!), /is there twice/],
      ["odd value", changed('"status":"', '"status":[1],"result":"'), /makes no sense/],
      ["more", [...lines, lines[row]!], /something follows the end/],
      [
        "reserved",
        [lines[0]!.replace('"name":"notes"', '"name":"sqlite_x"'), ...lines.slice(1)],
        /list of tables/,
      ],
    ];
    for (const [name, content, message] of cases) {
      await Deno.writeTextFile(broken, content.map((line) => `${line}\n`).join(""));
      assert.throws(() => readImport(broken), { code: "invalid", message }, name);
    }
    assert.throws(() => readImport(join(t.dir, "none")), { code: "io" });
  }));

Deno.test("an import that fails half-way leaves nothing behind, tables of other programs neither", () =>
  withBoard(async (t) => {
    await furnish(t);
    const lines = (await Deno.readTextFile(await toFile(t))).trimEnd().split("\n");
    const note = lines.findIndex((line) => line.startsWith('{"t":"task_runs"'));
    const file = join(t.dir, "twice.jsonl");
    const end = JSON.parse(lines.at(-1)!) as { rows: number };
    const doubled = [
      ...lines.toSpliced(note, 0, lines[note]!).slice(0, -1),
      JSON.stringify({ end: true, rows: end.rows + 1 }),
    ];
    await Deno.writeTextFile(file, doubled.join("\n"));
    await withBoard(async (other) => {
      const before = await exported(other.board.path);
      await assert.rejects(take(other, file), /UNIQUE/);
      assert.deepEqual(await exported(other.board.path), before);
    });
  }));

Deno.test("files of attachments travel in the export and get places of their own", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const source = join(t.dir, "pläne.bin");
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    await Deno.writeFile(source, bytes);
    const root = join(t.dir, "attachments");
    await attachFile(t.board, root, id, { source, uploadedBy: "user" });
    const file = await toFile(t);
    await withBoard(async (other) => {
      const target = join(other.dir, "attachments");
      const placed = await placeFiles(file, target);
      await importBoard(other.board, readImport(file), {
        remap: false,
        dryRun: false,
        files: placed.paths,
      });
      const [attachment] = await getAttachments(other.board, id);
      assert.ok(attachment!.stored_path.startsWith(target));
      assert.deepEqual(await Deno.readFile(attachment!.stored_path), bytes);
      assert.equal(attachment!.filename, "pläne.bin");
      await placed.remove();
      assert.deepEqual(namesIn(target), []);
    });
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, text.replace(/"f":"[^"]{40}/, '"f":"%%%'));
    const target = join(t.dir, "other");
    await assert.rejects(placeFiles(file, target), { code: "invalid" });
    assert.deepEqual(namesIn(target), []);
  }));

Deno.test("exportToFile() overwrites nothing unless told to, and a failed one leaves nothing", () =>
  withBoard(async (t) => {
    await t.add();
    const file = join(t.dir, "x.jsonl");
    await Deno.writeTextFile(file, "mine");
    const about = { board: "b", now: 1, replace: false };
    await assert.rejects(exportToFile(t.board.path, file, about), { code: "refused" });
    assert.equal(await Deno.readTextFile(file), "mine");
    const text = join(t.dir, "notes.txt");
    await Deno.writeTextFile(text, "no database, nothing like it");
    await assert.rejects(exportToFile(text, join(t.dir, "y.jsonl"), about), { code: "corrupt" });
    await assert.rejects(
      exportToFile(t.board.path, join(t.dir, "no", "folder.jsonl"), about),
      { code: "io" },
    );
    assert.deepEqual(namesIn(t.dir).filter((name) => /tmp$|^y/.test(name)), []);
  }));

Deno.test("3,000 tasks travel in one piece", () =>
  withBoard(async (t) => {
    await Promise.all(Array.from({ length: 3000 }, (_, n) => t.add({ title: `task ${n}` })));
    const file = await toFile(t);
    await withBoard(async (other) => {
      assert.equal((await take(other, file)).tasks, 3000);
      assert.deepEqual(
        (await exported(other.board.path)).slice(1),
        (await exported(t.board.path)).slice(1),
      );
    });
    const board = await openBoard({ slug: "x", path: t.board.path });
    await board.close();
  }));
