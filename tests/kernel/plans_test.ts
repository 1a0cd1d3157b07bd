// Owns: proof of proposed plans: kept, replaced, changed, approved whole or not at all, discarded.

import assert from "node:assert/strict";
import { writePlan, writeSpec } from "../../src/kernel/decomposition.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import {
  approvePlan,
  changePlan,
  discardPlan,
  keepPlan,
  mustOpenPlan,
  type OpenPlan,
  openPlan,
  type Proposal,
  type ProposedTask,
} from "../../src/kernel/plans.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";

function task(title: string, parents: number[] = [], assignee = "writer"): ProposedTask {
  return { title, body: `do ${title}`, assignee, parents, why: null, runner_up: null };
}

function proposal(tasks: ProposedTask[], over: Partial<Proposal> = {}): Proposal {
  const based_on = { title: "a task", body: null };
  return { fanout: true, rationale: "because", remarks: [], based_on, tasks, ...over };
}

const pair = proposal([task("find"), task("write", [0])]);

function approve(t: TestBoard, plan: OpenPlan, over = {}) {
  const approval = { plan, orchestrator: "lead", author: "ada", autoPromote: true, anyway: false };
  return approvePlan(t.board, { ...approval, ...over });
}

const tables = ["tasks", "task_links", "task_comments", "task_events", "task_plans"];

/** Every row of the board, to compare before and after. */
function everything(t: TestBoard): Promise<unknown> {
  return Promise.all(tables.map((table) => t.rows(`SELECT * FROM ${table} ORDER BY rowid`)));
}

Deno.test("keepPlan() creates no task, notes the proposal, and replaces an earlier one", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    await keepPlan(t.board, id, pair, "maria");
    const second = await keepPlan(t.board, id, proposal([task("all")]), "ada");
    assert.deepEqual([await t.count("tasks"), await t.status(id)], [1, "triage"]);
    assert.deepEqual(await t.kinds(id), ["created", "plan_proposed", "plan_proposed"]);
    assert.deepEqual((await t.last(id)).payload, { author: "ada", fanout: true, tasks: 1 });
    const open = await mustOpenPlan(t.board, "show", id);
    assert.deepEqual(
      [open.id, open.author, open.proposal],
      [second.id, "ada", proposal([task("all")])],
    );
    const statuses = await t.rows<{ status: string }>("SELECT status FROM task_plans ORDER BY id");
    assert.deepEqual(statuses.map(({ status }) => status), ["discarded", "proposed"]);
  }));

Deno.test("keepPlan() refuses tasks that are unknown or not in triage", () =>
  withBoard(async (t) => {
    const id = await t.add();
    await assert.rejects(keepPlan(t.board, id, pair, "ada"), { code: "refused" });
    await assert.rejects(keepPlan(t.board, "t_none", pair, "ada"), { code: "not_found" });
    assert.equal(await t.count("task_plans"), 0);
  }));

Deno.test("S-134 S-136 approvePlan() writes the whole graph and marks the plan, in one transaction", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true, tenant: "acme" });
    const { childIds, newTitle } = await approve(t, await keepPlan(t.board, id, pair, "maria"));
    const root = await getDetail(t.board, id);
    assert.deepEqual([root.task.status, root.task.assignee, newTitle], ["todo", "lead", null]);
    assert.deepEqual(root.parents.map((it) => it.id).sort(), [...childIds].sort());
    const [find, write] = await Promise.all(childIds.map((child) => t.task(child)));
    assert.deepEqual([find!.status, write!.status, write!.tenant], ["ready", "todo", "acme"]);
    assert.deepEqual([find!.created_by, root.comments[0]!.author], ["ada", "ada"]);
    assert.deepEqual((await t.rows("SELECT status FROM task_plans")).map((row) => row["status"]), [
      "approved",
    ]);
    assert.equal(await openPlan(t.board, id), null);
    const again = await everything(t);
    await assert.rejects(mustOpenPlan(t.board, "approve", id), { code: "not_found" });
    assert.deepEqual(await everything(t), again);
  }));

Deno.test("S-147 approvePlan() of a plan that stays one task specifies it", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true, assignee: "writer" });
    const only = proposal([task("clear title", [], "writer")], { fanout: false });
    const { childIds, newTitle } = await approve(t, await keepPlan(t.board, id, only, "ada"));
    assert.deepEqual([childIds, newTitle], [[], "clear title"]);
    const { title, body, status } = await t.task(id);
    assert.deepEqual([title, body, status], ["clear title", "do clear title", "ready"]);
    assert.equal(await t.count("tasks"), 1);
  }));

Deno.test("approvePlan() says so when the text changed since, and does it anyway when told to", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    const plan = await keepPlan(t.board, id, pair, "maria");
    await t.do(id, { type: "edit", body: "typed since" });
    const before = await everything(t);
    await assert.rejects(approve(t, plan), { code: "lost_race", message: /text was changed/ });
    assert.deepEqual(await everything(t), before);
    assert.equal((await approve(t, plan, { anyway: true })).childIds.length, 2);
  }));

Deno.test("approvePlan() refuses when the task has moved out of triage, also with anyway", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    const plan = await keepPlan(t.board, id, pair, "maria");
    await t.do(id, { type: "move", to: "todo" });
    const before = await everything(t);
    for (const anyway of [false, true]) {
      await assert.rejects(approve(t, plan, { anyway }), {
        code: "refused",
        message: /not in triage: its status is todo/,
      });
    }
    assert.deepEqual(await everything(t), before);
  }));

Deno.test("approvePlan() never approves another plan than the one that was read", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    const read = await keepPlan(t.board, id, pair, "maria");
    const replaced = await keepPlan(t.board, id, proposal([task("other")]), "maria");
    await assert.rejects(approve(t, read), { code: "lost_race", message: /plan was changed/ });
    await changePlan(t.board, replaced, pair, "ada");
    await assert.rejects(approve(t, replaced), { code: "lost_race", message: /plan was changed/ });
    await discardPlan(t.board, id, "ada");
    await assert.rejects(approve(t, replaced), { code: "not_found" });
    assert.deepEqual([await t.status(id), await t.count("tasks")], ["triage", 1]);
  }));

Deno.test("P-033 of two approvals at once one writes the plan, the other nothing", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    const plan = await keepPlan(t.board, id, pair, "maria");
    const both = await Promise.allSettled([approve(t, plan), approve(t, plan)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    assert.equal(await t.count("tasks"), 3);
  }));

Deno.test("S-134 approvePlan() leaves nothing when it fails in the middle", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    const plan = await keepPlan(t.board, id, pair, "maria");
    await t.raw(`CREATE TRIGGER stop BEFORE INSERT ON task_comments
      BEGIN SELECT RAISE(ABORT, 'no comment'); END`);
    const before = await everything(t);
    await assert.rejects(approve(t, plan));
    assert.deepEqual(await everything(t), before);
  }));

Deno.test("P-032 approvePlan() refuses a circle that a foreign program put into a proposal", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    const circle = proposal([task("a", [1]), task("b", [0])]);
    const plan = await keepPlan(t.board, id, circle, "x");
    await assert.rejects(approve(t, plan), { code: "invalid", message: /cycle/ });
    assert.deepEqual([await t.status(id), await t.count("tasks")], ["triage", 1]);
  }));

Deno.test("changePlan() keeps what one person typed when another was faster", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    const read = await keepPlan(t.board, id, pair, "maria");
    const changed = await changePlan(t.board, read, proposal([task("ada's")]), "ada");
    await assert.rejects(changePlan(t.board, read, proposal([task("eve's")]), "eve"), {
      code: "lost_race",
    });
    const { proposal: kept } = await mustOpenPlan(t.board, "show", id);
    assert.equal(kept.tasks[0]!.title, "ada's");
    await changePlan(t.board, changed, pair, "ada");
    assert.deepEqual((await t.last(id)).kind, "plan_edited");
  }));

Deno.test("discardPlan() drops the proposal, also a damaged one; the task stays", () =>
  withBoard(async (t) => {
    const id = await t.add({ triage: true });
    for (const stored of [null, "no json", "{}", '{"tasks": []}']) {
      await keepPlan(t.board, id, pair, "maria");
      if (stored !== null) {
        await t.raw("UPDATE task_plans SET proposal = ? WHERE status = 'proposed'", [stored]);
        await assert.rejects(openPlan(t.board, id), { code: "invalid", message: /damaged/ });
      }
      await discardPlan(t.board, id, "ada");
      assert.equal(await openPlan(t.board, id), null);
    }
    assert.deepEqual([await t.status(id), (await t.last(id)).kind], ["triage", "plan_discarded"]);
    await assert.rejects(discardPlan(t.board, id, "ada"), { code: "not_found" });
  }));

Deno.test("a task that is decomposed or specified without its proposal leaves none behind", () =>
  withBoard(async (t) => {
    const ids = [await t.add({ triage: true }), await t.add({ triage: true })];
    for (const id of ids) await keepPlan(t.board, id, pair, "maria");
    const write = { orchestrator: "lead", author: "ada", autoPromote: true };
    await writePlan(t.board, { ...write, rootId: ids[0]!, children: pair.tasks });
    const spec = { title: "x", body: null, assignee: null, author: null };
    assert.ok((await writeSpec(t.board, { ...spec, taskId: ids[1]! })).ok);
    for (const id of ids) assert.equal(await openPlan(t.board, id), null);
  }));

Deno.test("S-132 writePlan() writes nothing over a text that was edited since it was read", () =>
  withBoard(async (t) => {
    const rootId = await t.add({ triage: true });
    const write = { rootId, orchestrator: "lead", author: "ada", autoPromote: true };
    const basedOn = { title: "a task", body: "another" };
    const before = await everything(t);
    await assert.rejects(
      writePlan(t.board, { ...write, children: pair.tasks, basedOn }),
      { code: "lost_race", message: /text was changed meanwhile/ },
    );
    assert.deepEqual(await everything(t), before);
  }));
