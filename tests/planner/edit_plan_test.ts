// Owns: the proof that people change plans as they mean to, and hear of what cannot be.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Proposal, ProposedTask } from "../../src/kernel/plans.ts";
import {
  changeTasks,
  differences,
  type PlanEdits,
  replaceTasks,
} from "../../src/planner/edit_plan.ts";
import { formOf, readForm } from "../../src/planner/plan_form.ts";
import { planProblem } from "../../src/planner/validate.ts";
import type { TaskRow } from "../../src/kernel/model/rows.ts";

const team = { names: ["default", "researcher", "writer"], defaultAssignee: "default" };

function task(title: string, parents: number[] = []): ProposedTask {
  const more = { assignee: "writer", why: "it writes", runner_up: "researcher" };
  return { title, body: `Goal: ${title}`, parents, ...more };
}

/** find → write → check, and find → draw. */
const plan: Proposal = {
  fanout: true,
  rationale: "because",
  remarks: [],
  based_on: { title: "idea", body: null },
  tasks: [task("find"), task("write", [0]), task("check", [1]), task("draw", [0])],
};

const none: PlanEdits = {
  titles: [],
  bodies: [],
  assignees: [],
  added: [],
  addedParents: [],
  removedParents: [],
  removed: [],
};

function change(edits: Partial<PlanEdits>): string[] {
  return drawn(changeTasks(plan, { ...none, ...edits }, team, "t_1"));
}

function drawn({ tasks }: Proposal): string[] {
  return tasks.map(({ title, assignee, parents }) => {
    const waits = parents.map((parent) => parent + 1).join(" ");
    return `${title} @${assignee}${waits === "" ? "" : ` < ${waits}`}`;
  });
}

Deno.test("changeTasks() changes titles, bodies, profiles and edges by the numbers that are shown", () => {
  assert.deepEqual(
    change({
      titles: [[1, "  look\nup "]],
      assignees: [[2, "@Researcher"]],
      addedParents: [[4, 3]],
      removedParents: [[4, 1], [3, 2]],
      added: ["print"],
    }),
    [
      "look up @writer",
      "write @researcher < 1",
      "check @writer",
      "draw @writer < 3",
      "print @default",
    ],
  );
  const { tasks } = changeTasks(plan, { ...none, bodies: [[2, "Goal: x"]] }, team, "t_1");
  assert.deepEqual(tasks.map(({ body }) => body)[1], "Goal: x");
});

Deno.test("changeTasks() lets what waited for a removed task wait for what that one waited for", () => {
  assert.deepEqual(change({ removed: [2] }), [
    "find @writer",
    "check @writer < 1",
    "draw @writer < 1",
  ]);
  assert.deepEqual(change({ removed: [1] }), [
    "write @writer",
    "check @writer < 1",
    "draw @writer",
  ]);
  assert.deepEqual(change({ removed: [1, 2] }), ["check @writer", "draw @writer"]);
});

Deno.test("tasks are removed from a plan in which everything waits for everything before it", () => {
  const tasks = Array.from({ length: 50 }, (_, at) => task(`task ${at}`, [...Array(at).keys()]));
  const removed = Array.from({ length: 48 }, (_, at) => at + 2);
  const made = changeTasks({ ...plan, tasks }, { ...none, removed }, team, "t_1");
  assert.deepEqual(drawn(made), ["task 0 @writer", "task 49 @writer < 1"]);
});

Deno.test("an added task can be named by the number after the last", () => {
  assert.deepEqual(
    change({ added: ["print"], addedParents: [[5, 3]], assignees: [[5, "writer"]], removed: [4] })
      .at(-1),
    "print @writer < 3",
  );
});

Deno.test("reasons stay with a task as long as its profile does", () => {
  const changed = changeTasks(
    plan,
    { ...none, titles: [[1, "look"]], assignees: [[2, "researcher"]] },
    team,
    "t_1",
  );
  assert.deepEqual(changed.tasks.map(({ why }) => why), [
    "it writes",
    null,
    "it writes",
    "it writes",
  ]);
  const replaced = replaceTasks(plan, [{ title: "find", assignee: "writer" }], team, "t_1");
  assert.equal(replaced.tasks[0]!.runner_up, "researcher");
});

for (
  const [what, edits, reason] of [
    ["a blank title", { titles: [[2, " \u200b "]] }, /task 2 has no title/],
    ["a title that is too long", { titles: [[2, "t".repeat(201)]] }, /task 2 has 201 characters/],
    ["a profile that is not there", { assignees: [[3, "wirter"]] }, /task 3 "check": .*"wirter"/],
    ["a task that is not there", { assignees: [[9, "writer"]] }, /no task 9/],
    ["task 0", { removed: [0] }, /no task 0/],
    ["a parent that is not there", { addedParents: [[1, 7]] }, /no task 7/],
    [
      "a task that waits for itself",
      { addedParents: [[1, 1]] },
      /task 1 "find" would wait for its/,
    ],
    ["a circle", { addedParents: [[1, 3]] }, /task 1 after task 3 after task 2 after task 1/],
    ["an edge that is not there", { removedParents: [[3, 1]] }, /"check" does not wait for task 1/],
    ["nothing left", { removed: [1, 2, 3, 4] }, /no tasks/],
    ["far too many", { added: Array(60).fill("more") }, /64 tasks, and 50 are allowed/],
  ] as [string, Partial<PlanEdits>, RegExp][]
) {
  Deno.test(`changeTasks() refuses ${what} by name and drops nothing`, () => {
    assert.throws(() => change(edits), (error: Error & { code?: string }) => {
      assert.match(error.message, /^Cannot edit plan of task "t_1": /);
      assert.match(error.message, reason);
      return error.code === "invalid";
    });
  });
}

Deno.test("replaceTasks() takes a whole plan; absent fields mean nothing, the default, no parents", () => {
  const made = replaceTasks(
    plan,
    [{ title: "a" }, { title: "b", assignee: " ", parents: [0, 0] }],
    team,
    "t",
  );
  assert.deepEqual(drawn(made), ["a @default", "b @default < 1"]);
  for (const parents of [[2], [-1], [0.5], [NaN]]) {
    assert.throws(() => replaceTasks(plan, [{ title: "a" }, { title: "b", parents }], team, "t"));
  }
});

Deno.test("a plan that stayed one task becomes several when it gets several, and stays one otherwise", () => {
  const single = { ...plan, fanout: false, tasks: [task("all")] };
  assert.equal(replaceTasks(single, [{ title: "x" }], team, "t").fanout, false);
  assert.equal(replaceTasks(single, [{ title: "x" }, { title: "y" }], team, "t").fanout, true);
  assert.equal(replaceTasks(plan, [{ title: "x" }], team, "t").fanout, true);
});

Deno.test("a long title that a task had already is no reason to refuse other changes", () => {
  const title = "long ".repeat(60).trim();
  const long = { ...plan, tasks: [task(title)] };
  const { tasks } = changeTasks(long, { ...none, bodies: [[1, "x"]] }, team, "t");
  assert.deepEqual([tasks[0]!.title, tasks[0]!.body], [title, "x"]);
});

Deno.test("changeTasks() makes sound plans or refuses, whatever is asked for", () => {
  const number = fc.integer({ min: 0, max: 7 });
  const pairs = fc.array(fc.tuple(number, number), { maxLength: 4 });
  fc.assert(fc.property(pairs, pairs, fc.array(number, { maxLength: 3 }), (add, take, removed) => {
    try {
      const edits = { ...none, addedParents: add, removedParents: take, removed };
      const { tasks } = changeTasks(plan, edits, team, "t");
      assert.equal(planProblem(tasks), null);
    } catch (error) {
      assert.equal((error as { code?: string }).code, "invalid");
    }
  }));
});

Deno.test("differences() names what changed, and nothing when nothing did", () => {
  assert.deepEqual(differences(plan, structuredClone(plan)), []);
  const edits = { ...none, titles: [[1, "x"]], addedParents: [[4, 2]] } as PlanEdits;
  assert.deepEqual(differences(plan, changeTasks(plan, edits, team, "t")), [
    "task 1: title",
    "task 4: parents",
  ]);
  const fewer = changeTasks(plan, { ...none, removed: [4] }, team, "t");
  assert.deepEqual(differences(plan, fewer), ["4 tasks became 3"]);
});

const row = { id: "t_1", title: "an\nidea # here" } as TaskRow;

function throughForm(
  proposal: Proposal,
  edit: (form: string) => string = (form) => form,
): Proposal {
  const written = readForm(edit(formOf({ proposal, task: row }, team.names)), proposal, "t_1");
  return written === null ? proposal : replaceTasks(proposal, written, team, "t_1");
}

Deno.test("a form that is read back unchanged is the same plan", () => {
  assert.deepEqual(throughForm(plan), plan);
  const odd = fc.record({
    title: fc.string({ minLength: 1, unit: "grapheme" }).filter((it) => /[a-z]/.test(it)),
    body: fc.string({ unit: "grapheme" }),
  });
  fc.assert(fc.property(fc.array(odd, { minLength: 1, maxLength: 4 }), (texts) => {
    const written = texts.map((text, at) => ({ ...text, parents: at > 0 ? [at - 1] : [] }));
    const proposal = replaceTasks(plan, written, team, "t_1");
    assert.deepEqual(throughForm(proposal), proposal);
  }));
});

Deno.test("a body that looks like a part of the form is read back as it was written", () => {
  const body = "Draw after:\n- 1\n- 2\n\ntasks:\n  - n: 7\n    after:\n      - 1\n";
  const tasks = plan.tasks.map((it, index) => index === 1 ? { ...it, body } : it);
  const form = formOf({ proposal: { ...plan, tasks }, task: row }, team.names);
  assert.equal(readForm(form, plan, "t_1")![1]!.body, body);
});

Deno.test("a form keeps its meaning when tasks are moved, removed and added", () => {
  const moved = throughForm(plan, () => `
tasks:
  - {n: 4, title: draw, assignee: writer, after: 1}
  - {title: brand new}
  - {n: 1, title: find, assignee: researcher}
  - {n: 3, title: 2030, after: [4, 1]}
`);
  assert.deepEqual(drawn(moved), [
    "draw @writer < 3",
    "brand new @default",
    "find @researcher",
    "2030 @default < 1 3",
  ]);
  assert.deepEqual(moved.tasks.map(({ why }) => why), ["it writes", null, null, null]);
});

Deno.test("a form without n counts its tasks, and an empty one changes nothing", () => {
  const made = throughForm(plan, () => "- title: a\n- title: b\n  after: [1]\n");
  assert.deepEqual(drawn(made), ["a @default", "b @default < 1"]);
  for (const text of ["", "\n# only comments\n", "---\n"]) {
    assert.equal(throughForm(plan, () => text), plan);
  }
});

for (
  const [text, reason] of [
    ["tasks: [", /it is no YAML: .* at line 1/],
    ["just words", /no list of tasks/],
    ["tasks: none", /no list of tasks/],
    ["tasks: [a]", /task 1 is no mapping/],
    ["tasks:\n- title: a\n  parents: [1]", /task 1 has an unknown key "parents"/],
    ["tasks:\n- title: a\n  asignee: writer", /unknown key "asignee"/],
    ["tasks:\n- {n: 1, title: a}\n- {n: 1, title: b}", /two tasks have n 1/],
    ["tasks:\n- {n: one, title: a}", /n of task 1 is "one"/],
    ["tasks:\n- {n: 7, title: a, after: [8]}", /task 7 comes after 8, which is the n of no task/],
    ["tasks:\n- {title: a, after: [x]}", /comes after "x"/],
    ["tasks:\n- {title: [a]}", /title of task 1 is no text/],
    ["tasks:\n- {title: a, assignee: ghost}", /no profile "ghost"/],
    ["tasks: []", /no tasks/],
    ["tasks:\n- {body: b}", /task 1 has no title/],
    [
      "tasks:\n- {n: 1, title: a, after: [2]}\n- {n: 2, title: b, after: [1]}",
      /task 1 after task 2/,
    ],
  ] as [string, RegExp][]
) {
  Deno.test(`a form is refused by name: ${JSON.stringify(text)}`, () => {
    assert.throws(() => throughForm(plan, () => text), (error: Error & { code?: string }) => {
      assert.match(error.message, reason);
      return error.code === "invalid";
    });
  });
}
