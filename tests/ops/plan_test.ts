// Owns: the proof of plans as operations — who may, what travels as JSON, and the editor.

import assert from "node:assert/strict";
import { join } from "node:path";
import type { OpContext } from "../../src/ops/context.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { planApprove } from "../../src/ops/planning/plan_approve.ts";
import { planDiscard } from "../../src/ops/planning/plan_discard.ts";
import { planEdit } from "../../src/ops/planning/plan_edit.ts";
import { planPropose } from "../../src/ops/planning/plan_propose.ts";
import { planShow } from "../../src/ops/planning/plan_show.ts";
import { profileDelete } from "../../src/ops/profiles/delete.ts";
import type { Operation } from "../../src/ops/define.ts";
import { runOp } from "../../src/ops/run.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { addProfile, inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

/** A world with a scripted model, the profile writer, and an idea with a proposed plan. */
function withPlan(body: (world: OpsWorld & { id: string }) => Promise<void>): Promise<void> {
  return inOpsWorld(async (world) => {
    const model = await startRehearsal();
    try {
      await addProfile(world.home, "writer");
      await Deno.writeTextFile(
        join(world.home, "config.yaml"),
        `model:\n  provider: custom\n  default: rehearsal\n  base_url: ${model.url}\n`,
      );
      const made = await runOp(create, world.user, { title: "Water the garden", triage: true });
      const { id } = made.task;
      const { ok, reason, plan } = await runOp(planPropose, world.user, { task_id: id });
      assert.deepEqual([ok, reason, plan?.tasks.length], [true, "", 3]);
      await body({ ...world, id });
    } finally {
      await model.stop();
    }
  });
}

/** The context with an editor that makes `to` of every form. */
function withEditor(context: OpContext, to: (form: string) => string) {
  const seen = { name: "", discarded: 0 };
  const editText = (form: string, name: string) => {
    seen.name = name;
    const discard = () => Promise.resolve(void seen.discarded++);
    return Promise.resolve({ text: to(form), path: "/tmp/kept.yaml", discard });
  };
  const edited: OpContext = Object.assign(Object.create(Object.getPrototypeOf(context)), context);
  Object.defineProperty(edited, "host", { value: { ...context.host, editText } });
  edited.board = () => context.board();
  edited.config = () => context.config();
  return { context: edited, seen };
}

Deno.test("a proposal that cannot be made is an answer and no error, as REST shows it", () =>
  withPlan(async ({ user }) => {
    const { task } = await runOp(create, user, { title: "A malformed idea", triage: true });
    assert.deepEqual(await runOp(planPropose, user, { task_id: task.id }), {
      task_id: task.id,
      ok: false,
      reason: "LLM returned malformed JSON",
      plan: null,
    });
    const unknown = await runOp(planPropose, user, { task_id: "t_none" });
    assert.equal(unknown.ok, false);
  }));

Deno.test("a shown plan fits its schema, with waves and positions counted from 0", () =>
  withPlan(async ({ user, id }) => {
    const { plan } = planShow.output.parse(await runOp(planShow, user, { task_id: id }));
    assert.deepEqual(plan.tasks.map(({ parents }) => parents), [[], [0], [1]]);
    assert.deepEqual([plan.waves, plan.stale, plan.status], [[[0], [1], [2]], false, "triage"]);
    assert.deepEqual(plan.total, { seconds: null, tokens: null, cost_usd: null, unknown: 3 });
  }));

Deno.test("a plan names likely duplicates, and sizes by what the profile completed before", () =>
  withPlan(async ({ user, board, clock, id }) => {
    await runOp(create, user, { title: "Research: water the gardens" });
    const { task } = await runOp(create, user, { title: "old work", assignee: "writer" });
    const claim = { type: "claim", lock: "h:1", ttlSeconds: 900, lane: "builtin" } as const;
    const { mustCommand } = await import("../../src/kernel/board.ts");
    await mustCommand(board, task.id, claim);
    clock.advance(240);
    const done = { type: "complete", result: null, summary: "x", metadata: null } as const;
    await mustCommand(board, task.id, done);
    const { plan } = await runOp(planShow, user, { task_id: id });
    assert.deepEqual(plan.tasks[0]!.duplicates.map((it) => [it.title, it.likeness]), [
      ["Research: water the gardens", 1],
    ]);
    const sizes = plan.tasks.map(({ assignee, size }) => [assignee, size?.seconds ?? null]);
    assert.deepEqual(sizes, [["default", null], ["writer", 240], ["default", null]]);
    assert.deepEqual([plan.total.seconds, plan.total.unknown], [240, 2]);
  }));

Deno.test("edit takes a whole plan, and opens no editor when told not to", () =>
  withPlan(async ({ user, id }) => {
    const tasks = [{ title: "a", assignee: "writer" }, { title: "b", body: "B", parents: [0] }];
    const { plan, changes } = await runOp(planEdit, user, { task_id: id, tasks });
    assert.deepEqual(changes, ["3 tasks became 2"]);
    assert.deepEqual(
      plan.tasks.map(({ title, body, assignee, parents }) => [title, body, assignee, parents]),
      [["a", "", "writer", []], ["b", "B", "default", [0]]],
    );
    const { context, seen } = withEditor(user, () => "");
    await assert.rejects(runOp(planEdit, context, { task_id: id, interactive: false }), {
      code: "usage",
    });
    assert.equal(seen.name, "");
    assert.deepEqual([planEdit.http].flat()[0]?.fixed, { interactive: false });
  }));

Deno.test("edit opens the form in an editor; a text that is refused is kept and named", () =>
  withPlan(async ({ user, id }) => {
    const good = withEditor(user, (form) => form.replace("Research:", "Find out:"));
    const { plan } = await runOp(planEdit, good.context, { task_id: id });
    assert.match(plan.tasks[0]!.title, /^Find out:/);
    assert.deepEqual([good.seen.name, good.seen.discarded], [`plan-${plan.id}.yaml`, 1]);
    const bad = withEditor(user, (form) => form.replace("assignee: writer", "assignee: ghost"));
    await assert.rejects(runOp(planEdit, bad.context, { task_id: id }), {
      code: "invalid",
      message: /no profile "ghost"/,
      remedy: /kept: correct \/tmp\/kept.yaml and run: hermes kanban plan edit t_\w+ --file \/tmp/,
    });
    assert.equal(bad.seen.discarded, 0);
    const empty = withEditor(user, () => "\n");
    assert.deepEqual((await runOp(planEdit, empty.context, { task_id: id })).changes, []);
  }));

Deno.test("approve takes only the plan that was looked at, and signs for who asks", () =>
  withPlan(async ({ user, board, id }) => {
    const { plan } = await runOp(planShow, user, { task_id: id });
    await assert.rejects(runOp(planApprove, user, { task_id: id, plan_id: plan.id + 1 }), {
      code: "lost_race",
    });
    const input = { task_id: id, plan_id: plan.id, author: "maria" };
    const outcome = planApprove.output.parse(await runOp(planApprove, user, input));
    assert.deepEqual([outcome.ok, outcome.fanout, outcome.child_ids.length], [true, true, 3]);
    const { getDetail } = await import("../../src/kernel/detail.ts");
    assert.equal((await getDetail(board, id)).comments[0]!.author, "maria");
  }));

Deno.test("S-136 approve creates no task for a profile that was deleted since", () =>
  withPlan(async ({ user, home, id }) => {
    await addProfile(home, "intern");
    await runOp(planEdit, user, { task_id: id, set_assignee: ["2=intern"] });
    await runOp(profileDelete, user, { name: "intern" });
    await assert.rejects(runOp(planApprove, user, { task_id: id }), {
      code: "refused",
      message: /task 2 ".*" is for "intern", and there is no such profile any more/,
    });
    await runOp(planEdit, user, { task_id: id, set_assignee: ["2=writer"] });
    const { child_ids } = await runOp(planApprove, user, { task_id: id });
    assert.equal(child_ids.length, 3);
  }));

Deno.test("workers may look at plans and not steer them", () =>
  withPlan(async ({ as, id }) => {
    const worker = await as(workerOf(id, null));
    await runOp(planShow, worker, { task_id: id });
    for (const operation of [planPropose, planEdit, planApprove, planDiscard] as Operation[]) {
      await assert.rejects(runOp(operation, worker, { task_id: id }), { code: "forbidden" });
    }
  }));
