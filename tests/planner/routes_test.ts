// Owns: the proof of the planner's addresses — what a request gets, good news or bad.

import assert from "node:assert/strict";
import { join } from "node:path";
import { readInput } from "../../src/http/fields.ts";
import { loadRoutes, runRoute } from "../../src/http/routes.ts";
import type { OpContext } from "../../src/ops/context.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { runOp } from "../../src/ops/run.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { addProfile, inOpsWorld } from "../ops/world.ts";

/** Sends requests to the addresses of the planner, for a person. */
function withRoutes(
  body: (world: {
    // deno-lint-ignore no-explicit-any -- tests look at whatever shape they expect
    send(method: string, path: string, id: string, body?: unknown): Promise<any>;
    idea(title: string): Promise<string>;
    user: OpContext;
  }) => Promise<void>,
): Promise<void> {
  return inOpsWorld(async ({ home, user }) => {
    const model = await startRehearsal();
    const routes = await loadRoutes();
    const send = async (method: string, path: string, id: string, body?: unknown) => {
      const route = routes.find(({ overlay }) =>
        overlay.method === method && overlay.path === path
      );
      assert.ok(route, `${method} ${path}`);
      const { operation, overlay, fields } = route;
      const said = { path: { task_id: id }, query: new URLSearchParams(), body };
      const { signal } = new AbortController();
      return await runRoute(route, user, readInput(operation, overlay, fields, said), signal);
    };
    const idea = async (title: string) =>
      (await runOp(create, user, { title, triage: true })).task.id;
    try {
      await addProfile(home, "writer");
      await Deno.writeTextFile(
        join(home, "config.yaml"),
        `model:\n  provider: custom\n  default: rehearsal\n  base_url: ${model.url}\n`,
      );
      await body({ send, idea, user });
    } finally {
      await model.stop();
    }
  });
}

const task = "/tasks/:task_id";

Deno.test("S-226 POST …/decompose answers with the outcome, also when it is no good news", () =>
  withRoutes(async ({ send, idea }) => {
    const id = await idea("Any idea");
    const { child_ids, ...good } = await send("POST", `${task}/decompose`, id, { author: "maria" });
    const expected = { task_id: id, ok: true, reason: "", fanout: true, new_title: null };
    assert.deepEqual([good, child_ids.length], [expected, 3]);
    const bad = await send("POST", `${task}/decompose`, id);
    assert.deepEqual(
      { ...bad, reason: "" },
      { ...expected, ok: false, fanout: false, child_ids: [] },
    );
    assert.match(bad.reason, /not in triage/);
    const unknown = await send("POST", `${task}/decompose`, "t_none");
    assert.deepEqual([unknown.ok, /t_none/.test(unknown.reason)], [false, true]);
  }));

Deno.test("S-227 POST …/specify answers with the outcome, also when it is no good news", () =>
  withRoutes(async ({ send, idea }) => {
    const id = await idea("Any idea");
    const good = await send("POST", `${task}/specify`, id, { author: "maria" });
    assert.deepEqual(good, { task_id: id, ok: true, reason: "", new_title: "Deliver: Any idea" });
    assert.equal((await send("POST", `${task}/specify`, id)).ok, false);
  }));

Deno.test("nobody reaches all ideas, nor a proposal, through the address of one decomposition", () =>
  withRoutes(async ({ send, idea }) => {
    const [id, other] = [await idea("Any idea"), await idea("Another")];
    await send("POST", `${task}/decompose`, id, { all: true, tenant: "x", plan: true });
    const { reason } = await send("POST", `${task}/decompose`, id);
    assert.match(reason, /not in triage/, "it was decomposed, alone");
    assert.equal((await send("POST", `${task}/decompose`, other)).ok, true);
  }));

Deno.test("a plan is proposed, read, replaced, approved and discarded at its address", () =>
  withRoutes(async ({ send, idea }) => {
    const id = await idea("Any idea");
    const path = `${task}/plan`;
    await assert.rejects(send("GET", path, id), { code: "not_found" });
    const proposed = await send("POST", path, id, {});
    assert.deepEqual([proposed.ok, proposed.plan.tasks.length], [true, 3]);
    const tasks = [{ title: "a", assignee: "writer" }, { title: "b", body: "B", parents: [0] }];
    const put = await send("PUT", path, id, { tasks, plan_id: proposed.plan.id });
    assert.deepEqual((await send("GET", path, id)).plan, put.plan);
    assert.deepEqual(put.plan.waves, [[0], [1]]);
    const wrong = [{ title: "a", parents: [1] }, { title: "b", parents: [0] }];
    await assert.rejects(send("PUT", path, id, { tasks: wrong }), { code: "invalid" });
    await assert.rejects(send("PUT", path, id, { tasks: [{ title: 7 }] }), { code: "malformed" });
    await assert.rejects(send("PUT", path, id, {}), { code: "usage" });
    const approved = await send("POST", `${path}/approve`, id, { plan_id: proposed.plan.id });
    assert.deepEqual([approved.ok, approved.child_ids.length], [true, 2]);
    await assert.rejects(send("POST", `${path}/approve`, id), { code: "not_found" });

    const second = await idea("Another");
    await send("POST", path, second);
    const { plan_id } = await send("DELETE", path, second);
    assert.equal(typeof plan_id, "number");
    await assert.rejects(send("DELETE", path, second), { code: "not_found" });
  }));

Deno.test("S-133 a proposal that cannot be made answers with its reason", () =>
  withRoutes(async ({ send, idea }) => {
    const id = await idea("A malformed idea");
    assert.deepEqual(await send("POST", `${task}/plan`, id), {
      task_id: id,
      ok: false,
      reason: "LLM returned malformed JSON",
      plan: null,
    });
  }));
