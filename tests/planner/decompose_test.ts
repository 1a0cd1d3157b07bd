import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { createLog } from "../../src/base/log.ts";
import { getDetail } from "../../src/kernel/detail.ts";
import { planForm, specificationForm } from "../../src/planner/answer_schema.ts";
import { decomposeTask } from "../../src/planner/decompose.ts";
import { specifyTask } from "../../src/planner/specify.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { block, complete } from "../kernel/board_fixture.ts";
import { fanout, withPlanner } from "./planner_world.ts";

const chain = fanout(
  { title: "Find", assignee: "researcher", parents: [], body: "Goal: facts" },
  { title: "Look", assignee: "RESEARCHER", parents: [] },
  { title: "Write", assignee: "nobody", parents: [0, true, 9] },
);

Deno.test("S-134 S-135 S-136 decomposeTask() writes children, edges, root, comment and event", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    world.config.kanban.orchestrator_profile = "lead";
    world.config.kanban.default_assignee = "writer";
    const root = await world.idea("Tides", { tenant: "harbour" });
    const outcome = await decomposeTask(world.deps(chain), root, "ada");
    assert.deepEqual(
      { ...outcome, child_ids: outcome.child_ids.length },
      { task_id: root, ok: true, reason: "", fanout: true, child_ids: 3, new_title: null },
    );

    const detail = await getDetail(t.board, root);
    assert.equal(detail.task.status, "todo");
    assert.equal(detail.task.assignee, "lead");
    assert.deepEqual(detail.parents.map(({ id }) => id).sort(), [...outcome.child_ids].sort());
    assert.equal(detail.comments.length, 1);
    assert.equal(detail.comments[0]!.author, "ada");
    for (const id of outcome.child_ids) assert(detail.comments[0]!.body.includes(id));
    assert.equal((await t.events(root, "decomposed")).length, 1);

    const [find, look, write] = await Promise.all(outcome.child_ids.map((id) => t.task(id)));
    assert.deepEqual([find!.assignee, look!.assignee], ["researcher", "researcher"]);
    assert.equal(write!.assignee, "writer");
    for (const child of [find!, look!, write!]) {
      assert.equal(child.tenant, "harbour");
      assert.equal(child.created_by, "ada");
    }
    assert.equal(find!.body, "Goal: facts");
    const writeParents = (await getDetail(t.board, write!.id)).parents.map(({ id }) => id);
    assert.deepEqual(writeParents, [find!.id]);
  });
});

Deno.test("S-137 S-138 children without parents start at once, the root wakes when all are done", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    const root = await world.idea();
    const { child_ids: [find, look, write] } = await decomposeTask(world.deps(chain), root);
    const statuses = async () =>
      await Promise.all([find!, look!, write!, root].map((id) => t.status(id)));
    assert.deepEqual(await statuses(), ["ready", "ready", "todo", "todo"]);
    await t.do(find!, complete);
    assert.deepEqual(await statuses(), ["done", "ready", "ready", "todo"]);
    await t.do(look!, complete);
    await t.do(write!, complete);
    assert.deepEqual(await statuses(), ["done", "done", "done", "ready"]);
  });
});

Deno.test("R-09 U-043 auto_promote_children false holds every child", async () => {
  await withPlanner(async (world) => {
    world.config.kanban.auto_promote_children = false;
    const { child_ids } = await decomposeTask(world.deps(chain), await world.idea());
    for (const id of child_ids) assert.equal(await world.t.status(id), "todo");
  });
});

Deno.test("S-036 decomposeTask() records decomposer as creator when nobody else asked", async () => {
  await withPlanner(async (world) => {
    const { child_ids } = await decomposeTask(world.deps(chain), await world.idea());
    assert.equal((await world.t.task(child_ids[0]!)).created_by, "decomposer");
  });
});

Deno.test("S-122 S-123 S-124 the model is asked through the slot, with idea and whole roster", async () => {
  await withPlanner(async (world) => {
    Object.assign(world.config.auxiliary.kanban_decomposer, {
      model: "planner-model",
      extra_body: { effort: "low" },
    });
    const deps = world.deps();
    world.script = (_, settings) => {
      assert.equal(settings.model, "planner-model");
      assert.equal(settings.timeoutSeconds, 180);
      assert.deepEqual(settings.extraBody, { effort: "low" });
      return JSON.stringify(chain);
    };
    const root = await world.idea("Tides", { body: "about the sea" });
    assert((await decomposeTask(deps, root)).ok);
    const [request] = world.requests;
    assert.equal(request!.temperature, 0.3);
    assert.equal(request!.maxTokens, 4000);
    const user = String(request!.messages[1]!.content);
    for (
      const part of [root, "Tides", "about the sea", "- researcher: Finds facts", "- lead: (und"]
    ) {
      assert(user.includes(part), part);
    }
    assert.match(user, /DEFAULT ASSIGNEE\ndefault/);
  });
});

Deno.test("S-127 S-132 fanout false specifies the task and gives it an assignee", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    const root = await world.idea("fix typo");
    const answer = { fanout: false, title: "Fix the typo", body: "Goal: …", assignee: "writer" };
    const outcome = await decomposeTask(world.deps(answer), root, "ada");
    assert.deepEqual(outcome, {
      task_id: root,
      ok: true,
      reason: "",
      fanout: false,
      child_ids: [],
      new_title: "Fix the typo",
    });
    const task = await t.task(root);
    assert.deepEqual(
      [task.status, task.title, task.body, task.assignee],
      ["ready", "Fix the typo", "Goal: …", "writer"],
    );
    assert.equal((await t.events(root, "specified")).length, 1);
  });
});

Deno.test("S-132 S-129 P-035 fanout false keeps an assignee and else never leaves the task without", async () => {
  await withPlanner(async (world) => {
    world.config.kanban.default_assignee = "writer";
    const answer = { fanout: false, body: "only a body", assignee: "ghost" };
    const kept = await world.idea("one", { assignee: "somebody" });
    const outcome = await decomposeTask(world.deps(answer), kept);
    assert.equal(outcome.new_title, null);
    assert.equal((await world.t.task(kept)).assignee, "somebody");
    const open = await world.idea("two");
    await decomposeTask(world.deps(answer), open);
    assert.equal((await world.t.task(open)).assignee, "writer");
  });
});

Deno.test("S-128 S-131 S-132 P-032 unusable answers fail with a reason and write nothing", async () => {
  const table: [unknown, RegExp][] = [
    ["I cannot do that", /^LLM returned malformed JSON$/],
    [fanout(), /no tasks/],
    [{ fanout: true, tasks: [{ title: "a" }, "b"] }, /task 1 .*not an object/],
    [fanout({ title: "a" }, { title: " " }), /task 1 .*no title/],
    [fanout({ title: "a", parents: [1] }, { title: "b", parents: [0] }), /wait for each other/],
    [{ fanout: false, title: " " }, /neither a title nor a body/],
  ];
  await withPlanner(async (world) => {
    const root = await world.idea();
    for (const [answer, reason] of table) {
      const outcome = await decomposeTask(world.deps(answer), root);
      assert.equal(outcome.ok, false);
      assert.match(outcome.reason, reason);
      assert.equal(outcome.task_id, root);
      assert.deepEqual(outcome.child_ids, []);
    }
    assert.equal(await world.t.status(root), "triage");
    assert.equal(await world.t.count("tasks"), 1);
    assert.equal((await world.t.kinds(root)).length, 1);
  });
});

Deno.test("S-133 decomposeTask() never throws for what can be expected", async () => {
  await withPlanner(async (world) => {
    const unknown = await decomposeTask(world.deps(chain), "t_ffffffff");
    assert.match(unknown.reason, /t_ffffffff/);
    const ready = await world.t.add();
    assert.match((await decomposeTask(world.deps(chain), ready)).reason, /not in triage.*ready/);
    assert.equal(world.requests.length, 0);

    const root = await world.idea();
    const deps = world.deps();
    world.script = () =>
      Promise.reject(new HermesError("rate_limited", "busy", { details: { status: 429 } }));
    assert.match((await decomposeTask(deps, root)).reason, /^LLM error: rate_limited/);
    world.script = () => Promise.reject(new HermesError("unavailable", "gone", { details: {} }));
    assert.match((await decomposeTask(deps, root)).reason, /^client unavailable/);
    world.config.model.provider = "";
    assert.match((await decomposeTask(deps, root)).reason, /no auxiliary client configured/);
  });
});

Deno.test("P-033 S-133 the loser of two decompositions writes nothing", async () => {
  await withPlanner(async (world) => {
    const root = await world.idea();
    const outcomes = await Promise.all([1, 2].map(() => decomposeTask(world.deps(chain), root)));
    assert.deepEqual(outcomes.map(({ ok }) => ok).sort(), [false, true]);
    assert.match(outcomes.find(({ ok }) => !ok)!.reason, /moved out of triage meanwhile/);
    assert.equal(await world.t.count("tasks"), 4);
  });
});

Deno.test("S-133 a task archived while the model thinks stays archived", async () => {
  await withPlanner(async (world) => {
    const root = await world.idea();
    const deps = world.deps();
    for (const answer of [chain, { fanout: false, title: "x" }]) {
      world.script = async () => {
        if (await world.t.status(root) === "triage") await world.t.do(root, { type: "archive" });
        return JSON.stringify(answer);
      };
      const outcome = await decomposeTask(deps, root);
      assert.match(outcome.reason, /triage/);
    }
    assert.equal(await world.t.status(root), "archived");
  });
});

Deno.test("S-132 a rewrite never replaces what a person typed while the model thought", async () => {
  await withPlanner(async (world) => {
    const root = await world.idea("x", { body: "old" });
    const deps = world.deps();
    world.script = async () => {
      await world.t.do(root, { type: "edit", body: "typed meanwhile" });
      return JSON.stringify({ fanout: false, title: "y", body: "new" });
    };
    assert.match((await decomposeTask(deps, root)).reason, /text was changed meanwhile/);
    const { body, status } = await world.t.task(root);
    assert.deepEqual([body, status], ["typed meanwhile", "triage"]);
  });
});

Deno.test("R-11 a task the loop guard sent back can still be decomposed by a person", async () => {
  await withPlanner(async (world) => {
    const { t } = world;
    const id = await t.add({ assignee: "writer" });
    for (const last of [false, true]) {
      await t.do(id, { ...block("again"), kind: "capability" } as Parameters<typeof t.do>[1]);
      if (!last) await t.do(id, { type: "unblock", byHuman: true });
    }
    assert.equal(await t.status(id), "triage");
    assert((await decomposeTask(world.deps(chain), id)).ok);
  });
});

Deno.test("S-133 P-074 decomposeTask() ends when its caller gives up", async () => {
  await withPlanner(async (world) => {
    const root = await world.idea();
    const controller = new AbortController();
    const reason = new Error("stopping");
    const deps = { ...world.deps(), signal: controller.signal };
    world.script = (request) => {
      controller.abort(reason);
      return Promise.reject(request.signal?.reason);
    };
    await assert.rejects(decomposeTask(deps, root), (error) => error === reason);
    assert.equal(await world.t.status(root), "triage");
  });
});

Deno.test("S-121 S-126 decomposeTask() works over real HTTP against the rehearsal model", async () => {
  const server = await startRehearsal();
  try {
    await withPlanner(async (world) => {
      Object.assign(world.config.model, { provider: "custom", base_url: server.url });
      const deps = { ...world.deps(), createClient: undefined };
      const root = await world.idea("Publish a small static site about tides");
      const outcome = await decomposeTask(deps, root);
      assert.equal(outcome.reason, "");
      assert(outcome.child_ids.length >= 2);
      const broken = await world.idea("malformed idea");
      assert.match((await decomposeTask(deps, broken)).reason, /malformed JSON/);
    });
  } finally {
    await server.stop();
  }
});

Deno.test("the plan is asked for as a JSON schema; a model that refuses is told the form in words, once", async () => {
  const server = await startRehearsal();
  try {
    await withPlanner(async (world) => {
      Object.assign(world.config.model, { provider: "custom", base_url: server.url });
      const lines: string[] = [];
      const log = createLog((level, message) => lines.push(`${level}: ${message}`));
      const asked = async (model: string) => {
        world.config.model.default = model;
        const before = server.requests();
        const deps = { ...world.deps(), createClient: undefined, log };
        const decomposed = await decomposeTask(deps, await world.idea("Any idea"));
        const specified = await specifyTask(deps, await world.idea("Another"), "ada");
        assert.deepEqual([decomposed.reason, specified.reason], ["", ""]);
        return server.requests() - before;
      };
      assert.equal(await asked("rehearsal"), 2);
      assert.deepEqual(lines, []);
      assert.equal(await asked("rehearsal-plain"), 3, "one refusal, then in words");
      assert.equal(await asked("rehearsal-plain"), 2);
      assert.equal(lines.length, 1, lines.join());
      assert.match(lines[0]!, /takes no JSON schema/);
    });
  } finally {
    await server.stop();
  }
});

Deno.test("the form of an answer is strict: every key required, none besides, and the parser reads it", () => {
  const check = (schema: Record<string, unknown>): void => {
    if (schema["type"] === "object") {
      const properties = schema["properties"] as Record<string, Record<string, unknown>>;
      assert.deepEqual(schema["required"], Object.keys(properties));
      assert.equal(schema["additionalProperties"], false);
      Object.values(properties).forEach(check);
    }
    if (schema["type"] === "array") check(schema["items"] as Record<string, unknown>);
  };
  check(planForm.schema);
  check(specificationForm.schema);
});
