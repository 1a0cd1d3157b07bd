import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseAssignee, planFrom, planProblem, routeTask } from "../../src/planner/validate.ts";

const team = { names: ["default", "researcher", "writer"], defaultAssignee: "writer" };

function plan(...parents: unknown[][]) {
  return parents.map((list, index) => ({
    title: `t${index}`,
    body: "",
    assignee: "writer",
    parents: list as number[],
  }));
}

Deno.test("S-129 P-035 chooseAssignee() takes an existing profile and else the default", () => {
  assert.equal(chooseAssignee("researcher", team), "researcher");
  assert.equal(chooseAssignee(" @Researcher ", team), "researcher");
  for (const wanted of [null, "", "nobody", "re searcher", "../researcher", "null"]) {
    assert.equal(chooseAssignee(wanted, team), "writer", String(wanted));
  }
});

Deno.test("S-129 planFrom() leaves no child unassigned", () => {
  const task = { title: "t", body: "", parents: [], why: null, runnerUp: null };
  const tasks = [{ ...task, assignee: null }, { ...task, assignee: "ghost" }];
  const made = planFrom({ fanout: true, rationale: "", tasks, dropped: [] }, team);
  assert(made.ok);
  assert.deepEqual(made.tasks.map(({ assignee }) => assignee), ["writer", "writer"]);
});

Deno.test("routeTask() keeps the reason, and a second choice that is somebody else", () => {
  const route = (assignee: string, runnerUp: string | null) =>
    routeTask({ assignee, runnerUp, why: "it finds facts" }, team);
  const found = { assignee: "researcher", why: "it finds facts" };
  assert.deepEqual(route("researcher", "@Writer"), { ...found, runner_up: "writer" });
  for (const second of ["researcher", "ghost", "", null]) {
    assert.deepEqual(route("Researcher", second), { ...found, runner_up: null });
  }
});

Deno.test("planProblem() accepts chains, diamonds and islands", () => {
  assert.equal(planProblem(plan([])), null);
  assert.equal(planProblem(plan([], [0], [1])), null);
  assert.equal(planProblem(plan([], [0], [0], [1, 2], [])), null);
  assert.equal(planProblem(plan([2], [], [1])), null);
});

Deno.test("P-032 planProblem() names the tasks of a circle", () => {
  assert.match(planProblem(plan([1], [0]))!, /wait for each other: 0 after 1 after 0$/);
  assert.match(planProblem(plan([], [0, 3], [1], [2], [3]))!, /1 after 3 after 2 after 1$/);
});

Deno.test("P-032 planProblem() finds a circle behind tasks that only wait for it", () => {
  assert.match(planProblem(plan([1], [2], [1]))!, /1 after 2 after 1$/);
});

Deno.test("S-139 P-037 planProblem() refuses empty plans, blank titles and wild positions", () => {
  assert.match(planProblem([])!, /no tasks/);
  const [task] = plan([]);
  assert.match(planProblem([{ ...task!, title: " " }])!, /task 0 .*no title/);
  assert.match(planProblem([{ ...task!, assignee: "" }])!, /task 0 .*no assignee/);
  assert.match(planProblem(plan([], [1]))!, /task 1 .*waits for itself/);
  for (const parent of [true, false, 0.5, "0", null, -1, 2, NaN, Infinity]) {
    assert.match(planProblem(plan([], [parent]))!, /task 1 .*which is no task/, String(parent));
  }
});

Deno.test("P-032 planProblem() accepts exactly the plans that can be finished", () => {
  const graphs = fc.integer({ min: 1, max: 7 }).chain((count) =>
    fc.array(fc.uniqueArray(fc.nat(count - 1), { maxLength: 3 }), {
      minLength: count,
      maxLength: count,
    })
  );
  fc.assert(fc.property(graphs, (graph) => {
    const acyclic = graph.map((parents, index) => parents.filter((parent) => parent !== index));
    const done = new Set<number>();
    for (let round = 0; round < acyclic.length; round++) {
      acyclic.forEach((parents, index) => {
        if (parents.every((parent) => done.has(parent))) done.add(index);
      });
    }
    assert.equal(planProblem(plan(...acyclic)) === null, done.size === acyclic.length);
  }));
});
