// Owns: proof that texts nobody expects come back as they were, and that a task may have a great deal of everything.

import assert from "node:assert/strict";
import { buildBrief } from "../../src/kernel/brief.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { writePlan, writeSpec } from "../../src/kernel/decomposition.ts";
import { getDetail, getList, getStats } from "../../src/kernel/detail.ts";
import { block, claim, complete, withBoard } from "./board_fixture.ts";
import { checkBoard } from "./invariants.ts";

const oddTexts: Record<string, string> = {
  "SQL that would drop a table": `'); DROP TABLE tasks; --`,
  "SQL with parameters and a comment": `? :id $1 @x /* " */ "; SELECT * FROM tasks WHERE 1=1`,
  "right-to-left and bidirectional marks": "\u202eabc\u202c مرحبا שלום \u2066x\u2069",
  "emoji of several code points": "👩‍👩‍👧‍👦 🏴‍☠️ é e\u0301 ﷽",
  "control characters": "a\tb\r\nc\u0007\u001b[31m\u007f",
  "markup and templates": "<script>alert(1)</script> ${x} {{y}} %s \\n",
  "a million characters": "long ".repeat(200_000),
  "CJK and astral letters": "任务𝒳𠮷",
};

for (const [what, text] of Object.entries(oddTexts)) {
  Deno.test(`S-027 S-037 every field that takes text gives back ${what}`, () =>
    withBoard(async (t) => {
      const odd = text.trim();
      const fields = { title: odd, body: text, assignee: odd, tenant: text, createdBy: text };
      const place = { workspaceKind: "dir", workspacePath: text, branchName: text };
      const id = await t.add({ ...fields, ...place, idempotencyKey: text });
      const run = await t.claimed(id);
      await t.do(id, { type: "heartbeat", note: text }, { fence: run });
      await addComment(t.board, id, odd, text, run);
      await t.do(id, { ...complete, result: text, summary: text, metadata: { [text]: text } });
      const other = await t.in("running");
      await t.do(other, block(text));
      const { task, comments, runs, events } = await getDetail(t.board, id);
      assert.deepEqual(
        [task.title, task.body, task.assignee, task.tenant, task.created_by, task.result],
        [odd, text, odd, text, text, text],
      );
      assert.deepEqual([task.workspace_path, task.branch_name], [text, text]);
      assert.equal(task.idempotency_key, text);
      assert.deepEqual([comments[0]?.author, comments[0]?.body], [odd, text]);
      assert.deepEqual([runs[0]?.summary, runs[0]?.metadata], [text, { [text]: text }]);
      assert.deepEqual(events.find(({ kind }) => kind === "heartbeat")?.payload, { note: text });
      assert.equal((await t.run(other)).summary, text);
      assert.deepEqual(
        (await getList(t.board, { assignee: odd, tenant: text })).map((row) => row.id),
        [id],
      );
      const again = await t.add({ title: "again", idempotencyKey: text });
      assert.equal(again, id, "the key is looked up as data");
      assert.ok((await buildBrief(t.board, id)).length < 200_000, "a brief stays readable");
      await checkBoard(t.board);
    }));
}

Deno.test("S-027 a NUL is stored as U+FFFD, and nothing behind it is lost", () =>
  withBoard(async (t) => {
    const id = await t.add({ title: "a\0b", body: "\0" });
    await addComment(t.board, id, "ana", "x\0y");
    const { task, comments } = await getDetail(t.board, id);
    assert.deepEqual([task.title, task.body, comments[0]?.body], [
      "a\ufffdb",
      "\ufffd",
      "x\ufffdy",
    ]);
  }));

Deno.test("S-027 odd texts in plans and specifications survive too", () =>
  withBoard(async (t) => {
    const text = oddTexts["SQL that would drop a table"]!;
    const root = await t.add({ triage: true });
    const children = [{ title: text, body: text, assignee: text, parents: [] }];
    const plan = { rootId: root, children, orchestrator: text, author: text, autoPromote: true };
    const [child] = await writePlan(t.board, plan) ?? [];
    const { title, body, assignee } = await t.task(child!);
    assert.deepEqual([title, body, assignee], [text, text, text]);
    const vague = await t.add({ triage: true });
    const spec = { taskId: vague, title: text, body: text, assignee: text, author: text };
    assert.ok((await writeSpec(t.board, spec)).ok);
    assert.equal((await t.task(vague)).body, text);
  }));

Deno.test("S-027 metadata 50 levels deep comes back whole, also in the brief of a child", () =>
  withBoard(async (t) => {
    let metadata: Record<string, unknown> = { end: [1, "two", null, true] };
    for (let level = 0; level < 50; level++) metadata = { [`level ${level}`]: metadata };
    const id = await t.add();
    const child = await t.add({ parents: [id] });
    const run = await t.claimed(id);
    await t.do(id, { ...complete, summary: "deep", metadata }, { fence: run });
    assert.deepEqual((await t.run(id)).metadata, metadata);
    assert.match(await buildBrief(t.board, child), /deep/);
  }));

Deno.test("S-066 S-117 a task with 1,000 runs shows them all, and its brief stays short", () =>
  withBoard(async (t) => {
    const id = await t.add({ assignee: "ana" });
    for (let attempt = 1; attempt <= 999; attempt++) {
      await t.claimed(id);
      await t.do(id, { type: "reclaim", reason: `attempt ${attempt}` });
    }
    const run = await t.claimed(id);
    await t.do(id, { ...complete, summary: "at last" }, { fence: run });
    const runs = await t.runs(id);
    assert.equal(runs.length, 1000);
    assert.deepEqual([runs[0]?.error, runs.at(-1)?.outcome], ["attempt 1", "completed"]);
    assert.equal((await t.events(id)).length, 1 + 2 * 1000);
    assert.ok((await buildBrief(t.board, id)).length < 20_000);
    await checkBoard(t.board);
  }));

Deno.test("S-117 a task with 1,000 comments shows them all in order, and its brief the newest", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const numbers = Array.from({ length: 1000 }, (_, index) => index + 1);
    for (const number of numbers) await addComment(t.board, id, "ana", `comment no ${number}.`);
    const { comments } = await getDetail(t.board, id);
    assert.deepEqual(comments.map(({ body }) => body), numbers.map((n) => `comment no ${n}.`));
    const brief = await buildBrief(t.board, id);
    assert.match(brief, /comment no 1000\./);
    assert.doesNotMatch(brief, /comment no 1\./);
    assert.ok(brief.length < 100_000);
  }));

Deno.test("S-057 500 parents of one task and 500 children of another: nothing is forgotten, nothing moves early", () =>
  withBoard(async (t) => {
    const parents: string[] = [];
    for (let index = 0; index < 500; index++) parents.push(await t.add());
    const middle = await t.add({ parents });
    for (let index = 0; index < 500; index++) await t.add({ parents: [middle] });
    for (const parent of parents.slice(1)) await t.do(parent, complete);
    assert.equal(await t.status(middle), "todo");
    await t.do(parents[0]!, complete);
    assert.equal(await t.status(middle), "ready");
    const run = (await t.do(middle, claim)).runId;
    const { promoted } = await t.do(middle, complete, { fence: run });
    assert.equal(promoted.length, 500);
    assert.deepEqual((await getStats(t.board)).by_status, { done: 501, ready: 500 });
    const { parents: shown, children } = await getDetail(t.board, middle);
    assert.deepEqual([shown.length, children.length], [500, 500]);
    await checkBoard(t.board);
  }));
