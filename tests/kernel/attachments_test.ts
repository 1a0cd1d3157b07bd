// Owns: proof of attachments — names, sizes, collisions, events, the brief, and what detaching may delete.

import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { attachmentName, mediaTypeOf, numberedName } from "../../src/kernel/attachment_name.ts";
import {
  attachFile,
  detachFile,
  getAttachments,
  maxAttachmentBytes,
} from "../../src/kernel/attachments.ts";
import { buildBrief } from "../../src/kernel/brief.ts";
import { complete, type TestBoard, withBoard } from "./board_fixture.ts";

const rootOf = (t: TestBoard) => join(t.dir, "attachments");

async function file(t: TestBoard, name: string, text = "text"): Promise<string> {
  const path = join(t.dir, name);
  await Deno.writeTextFile(path, text);
  return path;
}

function attach(t: TestBoard, id: string, source: string, name?: string, fence?: number) {
  return attachFile(t.board, rootOf(t), id, { source, name, uploadedBy: "ann" }, fence ?? null);
}

/** Rows of the engine have no prototype. */
async function listed(t: TestBoard, id: string) {
  return (await getAttachments(t.board, id)).map((row) => ({ ...row }));
}

async function filesBelow(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(path)) names.push(entry.name);
  return names.sort();
}

function failsWith(code: string, pattern: RegExp) {
  return (error: unknown) =>
    error instanceof HermesError && error.code === code && pattern.test(error.message);
}

Deno.test("U-011 U-058 attachFile() keeps a copy, its row and one event", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const row = await attach(t, id, await file(t, "spec.md", "# spec"));
    assert.deepEqual(row, {
      id: 1,
      task_id: id,
      filename: "spec.md",
      stored_path: join(rootOf(t), id, "spec.md"),
      content_type: "text/markdown",
      size: 6,
      uploaded_by: "ann",
      created_at: t.clock.now(),
    });
    assert.deepEqual(await listed(t, id), [row]);
    assert.equal(await Deno.readTextFile(row.stored_path), "# spec");
    const event = await t.last(id);
    assert.equal(event.kind, "attached");
    assert.deepEqual(event.payload, { attachment_id: 1, filename: "spec.md", size: 6 });
  }));

Deno.test("U-058 a name that is taken gets a number before its ending, and no file is replaced", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const names: string[] = [];
    for (const text of ["one", "two", "three"]) {
      names.push((await attach(t, id, await file(t, "a.tar.gz", text))).filename);
    }
    assert.deepEqual(names, ["a.tar.gz", "a.tar (1).gz", "a.tar (2).gz"]);
    assert.equal(await Deno.readTextFile(join(rootOf(t), id, "a.tar.gz")), "one");
    const raced = await Promise.all(
      [1, 2, 3, 4].map(async () => (await attach(t, id, join(t.dir, "a.tar.gz"), "race")).filename),
    );
    assert.deepEqual(raced.sort(), ["race", "race (1)", "race (2)", "race (3)"]);
  }));

Deno.test("U-058 attachmentName() leaves nothing that a path, a file system or a reader could trip over", () => {
  const cases: [string, string][] = [
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\a\\plan.doc", "plan.doc"],
    ["a:b*c?.txt", "a_b_c_.txt"],
    ["nul\x00l\nine.txt", "nul_l_ine.txt"],
    ["gpj\u202eexe.png", "gpj_exe.png"],
    ["  .hidden ", "hidden"],
    ["...", "attachment"],
    ["", "attachment"],
    ["dir/", "dir"],
    ["報告 最終.pdf", "報告 最終.pdf"],
  ];
  for (const [given, wanted] of cases) assert.equal(attachmentName(given), wanted, given);
  const long = attachmentName(`${"x".repeat(500)}.json`);
  assert.equal(long.length, 200);
  assert.ok(long.endsWith("x.json"));
  const wide = attachmentName(`${"題".repeat(300)}.txt`);
  assert.ok(new TextEncoder().encode(numberedName(wide, 999)).length <= 255);
  assert.ok(wide.endsWith("題.txt"));
  assert.equal(mediaTypeOf("a.PNG"), "image/png");
  assert.equal(mediaTypeOf("a.unheard"), null);
});

Deno.test("U-058 a file of exactly 25 MB is attached, one byte more is refused and leaves nothing", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const path = await file(t, "big.bin", "");
    await Deno.truncate(path, maxAttachmentBytes);
    assert.equal((await attach(t, id, path)).size, maxAttachmentBytes);
    await Deno.truncate(path, maxAttachmentBytes + 1);
    await assert.rejects(
      attach(t, id, path),
      failsWith("too_large", /25\.0 MB, the most is 25 MB/),
    );
    assert.deepEqual(await filesBelow(join(rootOf(t), id)), ["big.bin"]);
    assert.equal((await getAttachments(t.board, id)).length, 1);
  }));

Deno.test("U-058 an unknown task, a missing file and a folder are refused by name", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await assert.rejects(attach(t, "t_nope", await file(t, "a")), failsWith("not_found", /t_nope/));
    await assert.rejects(
      attach(t, id, join(t.dir, "gone")),
      failsWith("not_found", /no such file/),
    );
    await assert.rejects(attach(t, id, t.dir), failsWith("invalid", /no regular file/));
    assert.deepEqual(await t.kinds(id), ["created"]);
  }));

Deno.test("U-058 P-056 a task whose id leads out of the attachments folder gets no file", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await t.raw("UPDATE tasks SET id = '../outside' WHERE id = ?", [id]);
    await assert.rejects(
      attach(t, "../outside", await file(t, "a")),
      failsWith("invalid", /no folder name/),
    );
    assert.ok(!(await filesBelow(t.dir)).includes("outside"));
  }));

Deno.test("U-058 P-013 a worker whose run is closed attaches nothing, and the try is on record", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    const path = await file(t, "late.txt");
    assert.equal((await attach(t, id, path, undefined, run)).filename, "late.txt");
    await t.do(id, complete);
    await assert.rejects(attach(t, id, path, "later.txt", run), failsWith("fenced", /closed/));
    assert.deepEqual(await filesBelow(join(rootOf(t), id)), ["late.txt"]);
    assert.deepEqual((await t.last(id)).payload, { operation: "attach" });
  }));

Deno.test("U-058 detachFile() removes the row and the file, with one event", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const row = await attach(t, id, await file(t, "a.txt"));
    const kept = await attach(t, id, await file(t, "b.txt"));
    const { attachment, fileRemoved } = await detachFile(t.board, rootOf(t), row.id);
    assert.deepEqual([{ ...attachment }, fileRemoved], [row, true]);
    assert.deepEqual(await filesBelow(join(rootOf(t), id)), ["b.txt"]);
    assert.deepEqual(await listed(t, id), [kept]);
    const event = await t.last(id);
    assert.equal(event.kind, "attachment_removed");
    assert.deepEqual(event.payload, { attachment_id: row.id, filename: "a.txt" });
    await assert.rejects(
      detachFile(t.board, rootOf(t), row.id),
      failsWith("not_found", /no such attachment/),
    );
  }));

Deno.test("U-058 P-063 detachFile() deletes no file outside of the board's folder, also behind a link", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const precious = await file(t, "precious.txt");
    const row = await attach(t, id, precious, "a.txt");
    await Deno.remove(row.stored_path);
    await Deno.symlink(t.dir, join(rootOf(t), id, "link"));
    for (const path of [precious, rootOf(t), join(rootOf(t), id, "link", basename(precious))]) {
      await t.raw(
        "INSERT INTO task_attachments (task_id, filename, stored_path) VALUES (?, 'x', ?)",
        [id, path],
      );
      const newest = (await getAttachments(t.board, id)).at(-1)!;
      assert.equal((await detachFile(t.board, rootOf(t), newest.id)).fileRemoved, false, path);
    }
    assert.equal(await Deno.readTextFile(precious), "text");
    assert.equal((await detachFile(t.board, rootOf(t), row.id)).fileRemoved, false, "gone already");
  }));

Deno.test("S-112 U-058 the brief lists attachments with their absolute paths, after the body", () =>
  withBoard(async (t) => {
    const id = await t.add({ body: "Read the plan." });
    assert.ok(!(await buildBrief(t.board, id)).includes("Attachments"));
    const row = await attach(t, id, await file(t, "plan.md", "12345"));
    const brief = await buildBrief(t.board, id);
    assert.ok(brief.includes(`## Attachments\n\n- plan.md (5 bytes): ${row.stored_path}`));
    assert.ok(brief.indexOf("Read the plan.") < brief.indexOf("## Attachments"));
  }));
