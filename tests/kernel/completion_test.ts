// Owns: proof of handoffs whose claims are checked, and of blocks that wait for other tasks.

import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { attachFile } from "../../src/kernel/attachments.ts";
import { buildBrief } from "../../src/kernel/brief.ts";
import { completeTask, type Handoff } from "../../src/kernel/completion.ts";
import { link } from "../../src/kernel/graph.ts";
import { complete, type TestBoard, withBoard } from "./board_fixture.ts";

const bare: Handoff = {
  result: null,
  summary: null,
  metadata: null,
  createdCards: [],
  artifacts: [],
};

function hand(t: TestBoard, id: string, parts: Partial<Handoff>, fence: number | null = null) {
  return completeTask(t.board, id, { ...bare, ...parts }, { fence, person: null });
}

Deno.test("U-049 P-057 created_cards that name no task refuse the completion and leave the task in flight", () =>
  withBoard(async (t) => {
    const [id, real] = [await t.add(), await t.add()];
    const run = await t.claimed(id);
    const cards = { createdCards: [real, "t_deadbeef", "t_deadbeef"] };
    await assert.rejects(
      hand(t, id, { summary: "made two cards", ...cards }, run),
      (error) => {
        assert.ok(error instanceof HermesError);
        assert.match(error.message, /t_deadbeef/);
        assert.doesNotMatch(error.message, new RegExp(real));
        assert.match(error.remedy ?? "", /still in flight/);
        return true;
      },
    );
    assert.equal(await t.status(id), "running");
    const event = await t.last(id);
    assert.equal(event.kind, "completion_blocked_hallucination");
    assert.deepEqual(event.payload, { unknown: ["t_deadbeef"] });
    assert.equal(event.run_id, run);
    await hand(t, id, { summary: "made one card", createdCards: [real] }, run);
    assert.equal(await t.status(id), "done");
    const payload = (await t.events(id, "completed"))[0]!.payload as Record<string, unknown>;
    assert.deepEqual(payload.created_cards, [real]);
  }));

Deno.test("U-049 a closed run's invented cards are no event of the task", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const run = await t.claimed(id);
    await t.do(id, { type: "reclaim", reason: null });
    const before = (await t.events(id)).length;
    await assert.rejects(hand(t, id, { createdCards: ["t_deadbeef"] }, run));
    assert.equal((await t.events(id)).length, before);
  }));

Deno.test("U-049 unknown ids in prose are noted, known ones are not", () =>
  withBoard(async (t) => {
    const [id, real] = [await t.add(), "t_0000000a"];
    await t.raw("INSERT INTO tasks (id, title, status, created_at) VALUES (?, 'x', 'ready', 1)", [
      real,
    ]);
    const run = await t.claimed(id);
    await hand(t, id, { summary: `see ${real}`, result: "and t_feedface, t_feedface" }, run);
    assert.equal(await t.status(id), "done");
    const [note] = await t.events(id, "suspected_hallucinated_references");
    assert.deepEqual(note?.payload, { ids: ["t_feedface"] });
  }));

Deno.test("S-071 a handoff without claims leaves the payload as promised", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await hand(t, id, { summary: "one\ntwo", result: "abc" });
    const [event] = await t.events(id, "completed");
    assert.deepEqual(event?.payload, { result_len: 3, summary: "one" });
    assert.deepEqual(await t.events(id, "suspected_hallucinated_references"), []);
  }));

Deno.test("U-023 a dependency block waits in todo for its open parents and goes on by itself", () =>
  withBoard(async (t) => {
    const [id, parent] = [await t.add(), await t.add()];
    const run = await t.claimed(id);
    await link(t.board, parent, id);
    const command = { type: "block", reason: "needs the key", kind: "dependency" } as const;
    await t.do(id, command, { fence: run });
    assert.equal(await t.status(id), "todo");
    const wait = await t.last(id);
    assert.equal(wait.kind, "dependency_wait");
    assert.deepEqual(wait.payload, { reason: "needs the key", parents: [parent] });
    const closed = await t.run(id);
    assert.equal(closed.outcome, "blocked");
    assert.equal(closed.summary, "needs the key");
    assert.equal((await t.task(id)).claim_lock, null);
    await t.do(parent, complete);
    assert.equal(await t.status(id), "ready");
  }));

Deno.test("U-023 a dependency block without an open parent is a block: nothing would wake it", () =>
  withBoard(async (t) => {
    const [id, parent] = [await t.add(), await t.in("done")];
    await link(t.board, parent, id);
    await t.claimed(id);
    await t.do(id, { type: "block", reason: "who?", kind: "dependency" });
    assert.equal(await t.status(id), "blocked");
    assert.equal((await t.last(id)).kind, "blocked");
  }));

Deno.test("U-024 waiting for another task each time is no loop", () =>
  withBoard(async (t) => {
    const id = await t.add();
    for (let round = 0; round < 4; round++) {
      const parent = await t.add();
      await t.claimed(id);
      await link(t.board, parent, id);
      await t.do(id, { type: "block", reason: "next", kind: "dependency" });
      assert.equal(await t.status(id), "todo");
      await t.do(parent, complete);
    }
    assert.equal(await t.status(id), "ready");
  }));

Deno.test("U-050 a child reads where its parents' files lie", () =>
  withBoard(async (t) => {
    const parent = await t.add();
    const child = await t.add({ parents: [parent] });
    const source = `${t.dir}/tides.csv`;
    await Deno.writeTextFile(source, "a,b");
    const file = { source, uploadedBy: "ops" };
    const { stored_path } = await attachFile(t.board, `${t.dir}/attachments`, parent, file);
    await hand(t, parent, { summary: "measured" });
    const brief = await buildBrief(t.board, child);
    assert.ok(brief.includes(`tides.csv (3 bytes): ${stored_path}`), brief);
  }));
