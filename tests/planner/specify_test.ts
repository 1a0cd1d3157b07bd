import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import { specifyTask } from "../../src/planner/specify.ts";
import { withPlanner } from "./planner_world.ts";
import type { PlannerWorld } from "./planner_world.ts";

const spec = { title: "Count the tides", body: "Goal: a table of tides" };

/** Everything a write could have touched. */
async function traces({ t }: PlannerWorld) {
  return {
    tasks: await t.rows("SELECT * FROM tasks ORDER BY id"),
    events: await t.count("task_events"),
    comments: await t.count("task_comments"),
  };
}

Deno.test("S-145 the model is asked through the slot triage_specifier, with the whole body", async () => {
  await withPlanner(async (world) => {
    Object.assign(world.config.auxiliary.triage_specifier, { model: "spec-model" });
    const deps = world.deps();
    world.script = (_, settings) => {
      assert.equal(settings.model, "spec-model");
      assert.equal(settings.timeoutSeconds, 120);
      return JSON.stringify(spec);
    };
    const body = `${"facts ".repeat(2000)}last words`;
    const id = await world.idea("tides?", { body });
    assert((await specifyTask(deps, id, "ada")).ok);
    const [system, user] = world.requests[0]!.messages.map(({ content }) => String(content));
    for (const part of [id, "title: tides?", body]) assert(user!.includes(part), part.slice(0, 40));
    for (const section of ["Goal:", "Approach:", "Acceptance criteria:", "Out of scope:"]) {
      assert(system!.includes(section), section);
    }
    assert.match(system!, /bare JSON[^]*"title"[^]*"body"/);
    assert.equal(world.requests[0]!.tools, undefined);
  });
});

Deno.test("S-147 S-148 S-149 specifyTask() rewrites the task, says what changed, and lets it go", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    const id = await world.idea("tides?", { assignee: "writer" });
    const outcome = await specifyTask(world.deps(spec), id, "ada");
    assert.deepEqual(outcome, { task_id: id, ok: true, reason: "", new_title: "Count the tides" });
    const { task, comments } = await getDetail(t.board, id);
    assert.deepEqual(
      [task.status, task.title, task.body, task.assignee],
      ["ready", spec.title, spec.body, "writer"],
    );
    const [event] = await t.events(id, "specified");
    assert.deepEqual(event!.payload, { changed_fields: ["title", "body"] });
    assert.deepEqual(comments.map(({ author }) => author), ["ada"]);
    assert.match(comments[0]!.body, /title, body/);
  });
});

Deno.test("S-147 a specified task that waits for another stays in todo", async () => {
  await withPlanner(async (world) => {
    const parent = await world.t.add();
    const id = await world.idea("tides?", { parents: [parent] });
    assert((await specifyTask(world.deps(spec), id, "ada")).ok);
    assert.equal(await world.t.status(id), "todo");
  });
});

Deno.test("S-148 no comment without an author, nor when nothing changed; same title is no new one", async () => {
  await withPlanner(async (world) => {
    const unsigned = await world.idea("tides?");
    assert((await specifyTask(world.deps(spec), unsigned, null)).ok);
    const same = await world.idea(spec.title, { body: spec.body });
    const outcome = await specifyTask(world.deps(spec), same, "ada");
    assert.deepEqual([outcome.ok, outcome.new_title], [true, null]);
    assert.equal((await world.t.events(same, "specified"))[0]!.payload, null);
    assert.equal(await world.t.status(same), "ready");
    assert.equal(await world.t.count("task_comments"), 0);
  });
});

Deno.test("S-146 a reply that is no JSON becomes the body; the title stays", async () => {
  await withPlanner(async (world) => {
    const id = await world.idea("tides?", { body: "old" });
    const outcome = await specifyTask(world.deps("Goal: a table"), id, "ada");
    assert.deepEqual([outcome.ok, outcome.new_title], [true, null]);
    const { title, body } = await world.t.task(id);
    assert.deepEqual([title, body], ["tides?", "Goal: a table"]);
  });
});

Deno.test("S-146 S-149 specifyTask() fails with a reason and changes nothing", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    const id = await world.idea("tides?", { body: "old" });
    const long = await world.idea("long", { body: "x".repeat(16_001) });
    const ready = await t.add();
    const gone = await t.in("archived");
    const before = await traces(world);
    const deps = world.deps("");
    const fails = async (taskId: string, reason: RegExp) => {
      const outcome = await specifyTask(deps, taskId, "ada");
      assert.deepEqual([outcome.task_id, outcome.ok, outcome.new_title], [taskId, false, null]);
      assert.match(outcome.reason, reason);
    };
    await fails(id, /empty answer/);
    world.script = () => "{}";
    await fails(id, /neither a title nor a body/);
    const asked = world.requests.length;
    await fails(ready, /not in triage.*ready/);
    await fails(gone, /not in triage.*archived/);
    await fails("t_ffffffff", /t_ffffffff/);
    await fails(long, /16001 characters/);
    assert.equal(world.requests.length, asked, "no model was asked in vain");
    world.script = () => Promise.reject(new HermesError("unavailable", "gone", { details: {} }));
    await fails(id, /^client unavailable/);
    world.script = () =>
      Promise.reject(new HermesError("rate_limited", "busy", { details: { status: 429 } }));
    await fails(id, /^LLM error: rate_limited/);
    world.config.model.provider = "";
    await fails(id, /no auxiliary client configured/);
    assert.deepEqual(await traces(world), before);
  });
});

Deno.test("S-149 half an answer never replaces a whole text", async () => {
  await withPlanner(async (world) => {
    const id = await world.idea("tides?", { body: "old" });
    const createClient = () => ({
      chat: () =>
        Promise.resolve({
          text: '{"title": "Count", "body": "Goal: a ta',
          toolCalls: [],
          usage: { inputTokens: 1, outputTokens: 1 },
          model: "m",
          finishReason: "length",
        }),
    });
    const outcome = await specifyTask({ ...world.deps(), createClient }, id, "ada");
    assert.deepEqual([outcome.ok, outcome.reason], [false, "the model's answer was cut off"]);
    assert.equal((await world.t.task(id)).body, "old");
  });
});

Deno.test("S-149 what people did while the model thought stands", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    const deps = world.deps();
    const during = async (act: (id: string) => Promise<unknown>) => {
      const id = await world.idea("tides?", { body: "old" });
      world.script = async () => {
        await act(id);
        return JSON.stringify(spec);
      };
      const outcome = await specifyTask(deps, id, "ada");
      assert.equal(outcome.ok, false);
      return { reason: outcome.reason, task: await t.task(id) };
    };
    const archived = await during((id) => t.do(id, { type: "archive" }));
    assert.match(archived.reason, /moved out of triage meanwhile/);
    assert.equal(archived.task.status, "archived");
    const edited = await during((id) =>
      t.raw("UPDATE tasks SET body = 'typed meanwhile' WHERE id = ?", [id])
    );
    assert.match(edited.reason, /text was changed meanwhile/);
    assert.deepEqual([edited.task.status, edited.task.body], ["triage", "typed meanwhile"]);
  });
});

Deno.test("S-149 of two specifications at once one wins and the other says so", async () => {
  await withPlanner(async (world) => {
    const id = await world.idea("tides?");
    const outcomes = await Promise.all([1, 2].map(() => specifyTask(world.deps(spec), id, "ada")));
    assert.deepEqual(outcomes.map(({ ok }) => ok).sort(), [false, true]);
    assert.equal((await world.t.events(id, "specified")).length, 1);
  });
});

Deno.test("S-149 specifyTask() ends when its caller gives up", async () => {
  await withPlanner(async (world) => {
    const id = await world.idea();
    const controller = new AbortController();
    const reason = new Error("stopping");
    const deps = { ...world.deps(), signal: controller.signal };
    world.script = (request) => {
      controller.abort(reason);
      return Promise.reject(request.signal?.reason);
    };
    await assert.rejects(specifyTask(deps, id, "ada"), (error) => error === reason);
    assert.equal(await world.t.status(id), "triage");
  });
});

Deno.test("U-009 HERMES_KANBAN_SPECIFY_MAX_TOKENS limits the answer, and a wrong value is named", async () => {
  await withPlanner(async (world) => {
    const limits: (number | undefined)[] = [];
    const specified = async (value?: string) => {
      const id = await world.idea();
      const deps = { ...world.deps({ title: "T", body: "B" }), ...limitedTo(value) };
      const { reason } = await specifyTask(deps, id, null);
      limits.push(world.requests.at(-1)?.maxTokens);
      return reason;
    };
    for (const value of [undefined, "", "900"]) assert.equal(await specified(value), "");
    assert.deepEqual(limits, [4000, 4000, 900]);
    for (const value of ["0", "-1", "1.5", "lots"]) {
      assert.match(await specified(value), new RegExp(`MAX_TOKENS is "${value}" and no whole`));
    }
    assert.equal(world.requests.length, 3, "no model was asked");
  });
});

function limitedTo(value: string | undefined) {
  return { env: { HERMES_KANBAN_SPECIFY_MAX_TOKENS: value } };
}
