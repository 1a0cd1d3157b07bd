// Owns: proof that a worker in goal mode leaves its task by no way that the judge does not watch.

import assert from "node:assert/strict";
import { command } from "../../src/kernel/board.ts";
import { completeTask } from "../../src/kernel/completion.ts";
import type { Command, WriteContext } from "../../src/kernel/lifecycle/commands.ts";
import type { BlockKind } from "../../src/kernel/model/status.ts";
import { claim, complete, type TestBoard, withBoard } from "./board_fixture.ts";

/** A running task in goal mode, and its worker's way to give commands. */
async function goal(t: TestBoard, input = {}) {
  const id = await t.add({ goalMode: true, title: "Reach it", ...input });
  const fence = await t.claimed(id);
  const ask = (what: Command, context: WriteContext = { fence }) =>
    command(t.board, id, what, context);
  const refused = async (what: Command, context?: WriteContext) => {
    const applied = await ask(what, context);
    assert.ok(!applied.ok, `${what.type} was accepted`);
    assert.equal(await t.status(id), "running");
    return applied.refusal.message;
  };
  const judge = (passed: boolean | null, reason = "because") =>
    t.do(id, { type: "judge", passed, reason }, { fence });
  return { id, fence, ask, refused, judge };
}

const blocked = (kind: BlockKind | null): Command => ({ type: "block", reason: "why", kind });

Deno.test("U-056 P-068 a worker in goal mode completes only after a passing verdict", () =>
  withBoard(async (t) => {
    const { id, ask, refused, judge, fence } = await goal(t);
    assert.match(await refused(complete), /no judge has found its goal reached/);
    await judge(false, "no tests");
    assert.match(await refused(complete), /its goal is not reached: no tests/);
    await judge(true);
    await judge(null, "the provider is down");
    assert.match(await refused(complete), /the judge could not decide: the provider is down/);
    await judge(true, "all holds");
    assert.ok((await ask(complete)).ok);
    assert.equal(await t.status(id), "done");
    const events = await t.events(id, "goal_judged");
    assert.deepEqual(events.map(({ payload }) => payload), [
      { passed: false, reason: "no tests" },
      { passed: true, reason: "because" },
      { passed: null, reason: "the provider is down" },
      { passed: true, reason: "all holds" },
    ]);
    assert.ok(events.every(({ run_id }) => run_id === fence));
  }));

Deno.test("P-068 a verdict counts for the attempt it was given in, and only for that", () =>
  withBoard(async (t) => {
    const { id, judge } = await goal(t);
    await judge(true);
    await t.do(id, { type: "reclaim", reason: null });
    const second = await t.claimed(id);
    const applied = await command(t.board, id, complete, { fence: second });
    assert.ok(!applied.ok && /no judge has found/.test(applied.refusal.message));
  }));

Deno.test("P-068 the gate holds for a worker that hides its run", () =>
  withBoard(async (t) => {
    const { id, refused, judge } = await goal(t);
    assert.match(await refused(complete, { agent: true }), /no judge has found/);
    const bare = { result: null, summary: "done", metadata: null, createdCards: [], artifacts: [] };
    const asAgent = { fence: null, person: null, agent: true };
    await assert.rejects(completeTask(t.board, id, bare, asAgent), /no judge has found/);
    await judge(true);
    await completeTask(t.board, id, bare, asAgent);
    assert.equal(await t.status(id), "done");
  }));

Deno.test("U-056 #38696 a worker in goal mode blocks only as dependency or needs_input", () =>
  withBoard(async (t) => {
    for (const kind of [null, "capability", "transient"] as const) {
      const { refused } = await goal(t);
      assert.match(await refused(blocked(kind)), /kind dependency or needs_input/, String(kind));
    }
    for (const kind of ["dependency", "needs_input"] as const) {
      const { id, ask } = await goal(t);
      assert.ok((await ask(blocked(kind))).ok, kind);
      assert.equal(await t.status(id), "blocked");
    }
  }));

Deno.test("U-056 a worker whose judge cannot decide may block until there is one again", () =>
  withBoard(async (t) => {
    const { id, ask, refused, judge } = await goal(t);
    await judge(null);
    await judge(false);
    assert.match(await refused(blocked("transient")), /kind dependency or needs_input/);
    await judge(null);
    assert.ok((await ask(blocked("transient"))).ok);
    assert.equal((await t.task(id)).block_kind, "transient");
  }));

Deno.test("P-068 a worker in goal mode neither archives, moves nor reclaims its task, nor changes the goal", () =>
  withBoard(async (t) => {
    const ways: Command[] = [
      { type: "archive" },
      { type: "move", to: "todo" },
      { type: "reclaim", reason: null },
      { type: "edit", title: "Something easier" },
      { type: "edit", body: null },
    ];
    for (const way of ways) {
      const { refused } = await goal(t);
      assert.match(await refused(way, { agent: true }), /it is in goal mode/, way.type);
    }
  }));

Deno.test("U-056 people, the dispatcher and workers of other tasks are not held by the gate", () =>
  withBoard(async (t) => {
    const byPerson = await goal(t);
    assert.ok((await byPerson.ask(complete, {})).ok);
    const crashed = await goal(t);
    assert.ok((await crashed.ask({ type: "crash", pid: 1, error: "gone" }, {})).ok);
    const ordinary = await goal(t, { goalMode: false });
    assert.ok((await ordinary.ask(complete)).ok);
  }));

Deno.test("U-056 a verdict needs a running task, and a closed run gives none", () =>
  withBoard(async (t) => {
    const id = await t.add({ goalMode: true });
    const verdict: Command = { type: "judge", passed: true, reason: "early" };
    assert.ok(!(await command(t.board, id, verdict)).ok);
    const first = await t.claimed(id);
    await t.do(id, { type: "reclaim", reason: null });
    await t.do(id, claim);
    const late = await command(t.board, id, verdict, { fence: first });
    assert.ok(!late.ok && late.refusal.code === "fenced");
    assert.equal((await t.events(id, "goal_judged")).length, 0);
  }));

Deno.test("U-063 set_model writes both overrides, one event, and none when nothing changes", () =>
  withBoard(async (t) => {
    const id = await t.add();
    const set = (model: string | null, provider: string | null) =>
      t.do(id, { type: "set_model", model, provider });
    assert.equal((await set("gpt-4.1", "openai")).changed, true);
    assert.equal((await set("gpt-4.1", "openai")).changed, false);
    const { model_override, provider_override } = await t.task(id);
    assert.deepEqual([model_override, provider_override], ["gpt-4.1", "openai"]);
    await set(null, null);
    assert.deepEqual(
      (await t.events(id, "model_override_set")).map(({ payload }) => payload),
      [{ model: "gpt-4.1", provider: "openai" }, { model: null, provider: null }],
    );
  }));
