// Owns: the proof of the verbs that work on ideas — decompose and specify — as operations.

import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import type { Actor, OpContext } from "../../src/ops/context.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { decompose } from "../../src/ops/planning/decompose.ts";
import type { StreamOperation } from "../../src/ops/define.ts";
import { followOp, runOp } from "../../src/ops/run.ts";
import { specify } from "../../src/ops/planning/specify.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

const system: Actor = { kind: "system", name: "gateway", taskId: null, runId: null };

/** A world whose models are scripted. */
function withModel(body: (world: OpsWorld) => Promise<void>): Promise<void> {
  return inOpsWorld(async (world) => {
    const model = await startRehearsal();
    try {
      await Deno.writeTextFile(
        join(world.home, "config.yaml"),
        `model:\n  provider: custom\n  default: rehearsal\n  base_url: ${model.url}\n` +
          "agent:\n  max_retries: 0\n",
      );
      await body(world);
    } finally {
      await model.stop();
    }
  });
}

async function idea(context: OpContext, title: string, more = {}): Promise<string> {
  return (await runOp(create, context, { title, triage: true, ...more })).task.id;
}

async function all(operation: StreamOperation, context: OpContext, input: unknown) {
  const items: Record<string, unknown>[] = [];
  const { signal } = new AbortController();
  for await (const item of followOp(operation, context, input, signal)) {
    items.push(operation.output.parse(item) as Record<string, unknown>);
  }
  return items;
}

for (const operation of [decompose, specify] as unknown as StreamOperation[]) {
  const { name } = operation;

  Deno.test(`S-150 S-188 ${name} wants one task or all of them, and asks no model before that`, () =>
    inOpsWorld(async ({ user }) => {
      for (const input of [{}, { all: false }, { task_id: "t_1", all: true }, { tenant: "a" }]) {
        await assert.rejects(
          all(operation, user, input),
          (error) => error instanceof HermesError && error.code === "usage",
        );
      }
      assert.deepEqual(await all(operation, user, { all: true }), [], "an empty column is fine");
    }));

  Deno.test(`S-150 S-188 ${name} --all takes the whole column, or one tenant's part of it`, () =>
    withModel(async ({ user }) => {
      await runOp(create, user, { title: "not an idea" });
      const acme = await idea(user, "Typo for acme", { tenant: "acme", priority: 1 });
      const bad = await idea(user, "Please error-500", { tenant: "acme" });
      const other = await idea(user, "Typo for others", { tenant: "other" });
      const outcomes = await all(operation, user, { all: true, tenant: "acme" });
      assert.deepEqual(outcomes.map(({ task_id, ok }) => [task_id, ok]), [
        [acme, true],
        [bad, false],
      ]);
      assert.match(String(outcomes[1]!["reason"]), /scripted failure/);
      const rest = await all(operation, user, { all: true });
      assert.deepEqual(rest.map(({ task_id }) => task_id).sort(), [bad, other].sort());
    }));

  Deno.test(`S-140 S-148 ${name} is signed by who asks for it, or who is named`, () =>
    withModel(async ({ board, user, as }) => {
      const authorOf = async (context: OpContext, author?: string) => {
        const id = await idea(user, "Mend it");
        const [outcome] = await all(operation, context, { task_id: id, author });
        assert.equal(outcome!["reason"], "");
        return (await getDetail(board, id)).comments.map((comment) => comment.author);
      };
      assert.deepEqual(await authorOf(user), ["user"]);
      assert.deepEqual(await authorOf(user, "maria"), ["maria"]);
      assert.deepEqual(await authorOf(user, "  "), ["user"]);
      assert.deepEqual(await authorOf(await as(system)), ["gateway"]);
    }));

  Deno.test(`${name} is not for workers`, () =>
    inOpsWorld(async ({ user, as }) => {
      const id = await idea(user, "Mend it");
      const worker = await as(workerOf(id, null));
      await assert.rejects(all(operation, worker, { task_id: id }), { code: "forbidden" });
    }));
}

Deno.test("S-133 S-188 a decomposition answers with exactly the promised keys", () =>
  withModel(async ({ user }) => {
    const [outcome] = await all(decompose, user, { task_id: await idea(user, "Plan the garden") });
    assert.deepEqual(
      Object.keys(outcome!).sort(),
      ["child_ids", "fanout", "new_title", "ok", "reason", "task_id"],
    );
    assert.deepEqual([outcome!["fanout"], outcome!["new_title"]], [true, null]);
  }));

Deno.test("S-149 a specification answers with exactly the promised keys", () =>
  withModel(async ({ user }) => {
    const id = await idea(user, "Plan the garden");
    assert.deepEqual(await all(specify, user, { task_id: id }), [
      { task_id: id, ok: true, reason: "", new_title: "Deliver: Plan the garden" },
    ]);
    const [again] = await all(specify, user, { task_id: id });
    assert.deepEqual([again!["ok"], again!["new_title"]], [false, null]);
    assert.match(String(again!["reason"]), /not in triage/);
  }));
