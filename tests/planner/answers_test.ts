// Owns: the proof that no answer, however odd, loses a task, leaves one unassigned or writes half a graph.

import assert from "node:assert/strict";
import { getDetail } from "../../src/kernel/detail.ts";
import { approvePlan } from "../../src/kernel/plans.ts";
import type { TaskDetail } from "../../src/kernel/views.ts";
import { decomposeTask } from "../../src/planner/decompose.ts";
import { parseAnswer } from "../../src/planner/parse_answer.ts";
import { parseSpec } from "../../src/planner/parse_spec.ts";
import { proposeTask } from "../../src/planner/propose.ts";
import { specifyTask } from "../../src/planner/specify.ts";
import { type CorpusAnswer, readCorpus } from "./answer_corpus.ts";
import { type PlannerWorld, withPlanner } from "./planner_world.ts";

const tables = [
  "tasks",
  "task_links",
  "task_comments",
  "task_events",
  "task_runs",
  "task_plans",
];

/** The plan of the same answer when a person looks at it first. */
async function approved(world: PlannerWorld, answer: string): Promise<[string[], string]> {
  const { board } = world.t;
  const id = await world.idea("the idea", { body: "its body" });
  const { plan, reason } = await proposeTask(world.deps(answer), id, "ada");
  assert.equal(reason, "");
  assert.equal(await world.t.status(id), "triage");
  const how = { orchestrator: "lead", author: "ada", autoPromote: true, anyway: false };
  const { childIds } = await approvePlan(board, { plan: plan!, ...how });
  return [childIds, id];
}

/** Every row of the board, to compare before and after. */
async function everything({ t }: PlannerWorld): Promise<unknown> {
  return await Promise.all(tables.map((table) => t.rows(`SELECT * FROM ${table} ORDER BY rowid`)));
}

/** Gives each answer of a collection to an idea of its own, all on one board. */
async function eachAnswer(
  collection: string,
  context: Deno.TestContext,
  check: (world: PlannerWorld, answer: CorpusAnswer, id: string) => Promise<void>,
): Promise<void> {
  const answers = await readCorpus(collection);
  assert.equal(new Set(answers.map(({ name }) => name)).size, answers.length, "names differ");
  await withPlanner(async (world) => {
    world.config.kanban.default_assignee = "lead";
    for (const answer of answers) {
      await context.step(answer.name, async () => {
        await check(world, answer, await world.idea("the idea", { body: "its body" }));
      });
    }
  });
}

/** One line per child, as the collections write them. */
function drawn(children: readonly TaskDetail[], ids: readonly string[]): string[] {
  return children.map(({ task, parents }) => {
    const waits = parents.map(({ id }) => ids.indexOf(id)).sort((a, b) => a - b);
    return `${task.title} @${task.assignee}${waits.length > 0 ? ` < ${waits.join(" ")}` : ""}`;
  });
}

Deno.test("S-126 S-128 S-129 S-130 P-035 P-037 plans.yaml: every plan is written whole, each child assigned", async (context) => {
  await eachAnswer("plans", context, async (world, { answer, plan, bodies, fails }, id) => {
    const { t } = world;
    assert.equal(fails, undefined, "belongs to unusable.yaml");
    const before = await t.count("tasks");
    const outcome = await decomposeTask(world.deps(answer), id);
    assert.equal(outcome.reason, "");
    const ids = outcome.child_ids;
    const children = await Promise.all(ids.map((child) => getDetail(t.board, child)));
    if (typeof plan === "number") assert.equal(children.length, plan);
    else assert.deepEqual(drawn(children, ids), plan);
    if (bodies) assert.deepEqual(children.map(({ task }) => task.body), bodies);
    assert.equal(await t.count("tasks"), before + ids.length);
    for (const { task, parents } of children) {
      assert.equal(task.status, parents.length > 0 ? "todo" : "ready", task.title);
      assert.ok(world.names.includes(task.assignee ?? ""), String(task.assignee));
    }
    const [later] = await approved(world, answer);
    const same = await Promise.all(later.map((child) => getDetail(t.board, child)));
    assert.deepEqual(drawn(same, later), drawn(children, ids), "looked at first");
    const root = await getDetail(t.board, id);
    assert.deepEqual([root.task.status, root.task.title], ["todo", "the idea"]);
    assert.deepEqual(root.parents.map((parent) => parent.id).sort(), [...ids].sort());
    assert.ok(root.task.assignee);
  });
});

Deno.test("S-128 S-131 S-133 S-139 P-032 unusable.yaml: no answer that is none leaves a trace", async (context) => {
  await eachAnswer("unusable", context, async (world, { answer, fails }, id) => {
    const before = await everything(world);
    const outcome = await decomposeTask(world.deps(answer), id);
    assert.equal(outcome.ok, false);
    assert.notEqual(outcome.reason, "");
    assert.ok(outcome.reason.includes(fails ?? "?"), outcome.reason);
    assert.ok(outcome.reason.length < 300, "a reason is no novel");
    assert.deepEqual(outcome.child_ids, []);
    const proposed = await proposeTask(world.deps(answer), id, "ada");
    assert.deepEqual([proposed.reason, proposed.plan], [outcome.reason, null]);
    assert.deepEqual(await everything(world), before);
  });
});

Deno.test("S-127 S-129 S-132 single_tasks.yaml: an idea that stays one is never left unassigned", async (context) => {
  await eachAnswer("single_tasks", context, async (world, { answer, becomes }, id) => {
    const before = await world.t.count("tasks");
    const outcome = await decomposeTask(world.deps(answer), id);
    assert.deepEqual([outcome.reason, outcome.fanout, outcome.child_ids], ["", false, []]);
    const { title, body, assignee, status } = await world.t.task(id);
    assert.deepEqual([title, body, assignee, status], [...becomes!, "ready"]);
    assert.equal(outcome.new_title, title === "the idea" ? null : title);
    assert.equal(await world.t.count("tasks"), before);
    const [children, later] = await approved(world, answer);
    const task = await world.t.task(later);
    assert.deepEqual([children, task.title, task.body, task.assignee], [[], ...becomes!]);
  });
});

Deno.test("S-146 S-149 specifications.yaml: a rewrite keeps what it does not name, or changes nothing", async (context) => {
  await eachAnswer("specifications", context, async (world, { answer, becomes, fails }, id) => {
    const before = await everything(world);
    const outcome = await specifyTask(world.deps(answer), id, "ada");
    const { title, body, assignee, status } = await world.t.task(id);
    if (fails !== undefined) {
      assert.ok(!outcome.ok && outcome.reason.includes(fails), outcome.reason);
      assert.deepEqual(await everything(world), before);
    } else {
      assert.equal(outcome.reason, "");
      assert.deepEqual([title, body, assignee, status], [...becomes!, "ready"]);
      assert.equal(outcome.new_title, title === "the idea" ? null : title);
    }
  });
});

Deno.test("S-128 no plan that was cut off anywhere is taken for a whole one", () => {
  const whole = JSON.stringify({
    fanout: true,
    rationale: 'two "parts" {really}',
    tasks: [
      { title: "Find 🌊", body: "Goal: {facts}\n```sh\nls\n```", assignee: "writer", parents: [] },
      { title: "Write", body: "", assignee: null, parents: [0] },
    ],
  });
  assert.ok(parseAnswer(whole).ok);
  for (let end = 0; end < whole.length; end++) {
    const parsed = parseAnswer(whole.slice(0, end));
    assert.equal(parsed.ok, false, whole.slice(0, end));
  }
});

Deno.test("S-130 S-146 every answer of every collection is read without throwing, also when damaged", async () => {
  const names = ["plans", "unusable", "single_tasks", "specifications"];
  const answers = (await Promise.all(names.map(readCorpus))).flat();
  assert.ok(answers.length >= 300, `only ${answers.length}`);
  for (const { answer } of answers.filter((it) => it.answer.length < 1000)) {
    for (let at = 0; at < answer.length; at += 3) {
      for (const put of ["", "}", '"', "\\", "null"]) {
        const damaged = answer.slice(0, at) + put + answer.slice(at + 1);
        const parsed = parseAnswer(damaged);
        if (parsed.ok && parsed.answer.fanout) {
          assert.ok(parsed.answer.tasks.every((it) => it.title));
        }
        parseSpec(damaged);
      }
    }
  }
});
