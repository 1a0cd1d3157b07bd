// Owns: the proof of how plans are drawn, also large and odd ones.

import assert from "node:assert/strict";
import { planText } from "../../src/cli/render/plan_lines.ts";
import type { PlanWire } from "../../src/ops/planning/plan_wire.ts";
import { sizeOfPlan, wavesOf } from "../../src/planner/estimate.ts";

const screen = { width: 100, now: 60, paint: (_: unknown, text: string) => text };

function plan(parents: number[][], over: Partial<PlanWire["tasks"][number]> = {}): PlanWire {
  const tasks = parents.map((list, at) => ({
    title: `task ${at + 1}`,
    body: "",
    assignee: "writer",
    parents: list,
    why: null,
    runner_up: null,
    size: null,
    duplicates: [],
    ...over,
  }));
  return {
    id: 1,
    task_id: "t_1",
    title: "an idea",
    status: "triage",
    author: null,
    created_at: 0,
    updated_at: 0,
    fanout: true,
    rationale: "",
    remarks: [],
    stale: false,
    tasks,
    waves: wavesOf(tasks),
    total: sizeOfPlan(tasks),
  };
}

Deno.test("a plan in which everything waits for everything before it is drawn as a chain, at once", () => {
  const dense = plan(Array.from({ length: 50 }, (_, at) => [...Array(at).keys()]));
  const lines = planText(dense, screen).split("\n").slice(2, 52);
  assert.match(lines[0]!, /^▶ {2}1 +writer +task 1$/);
  assert.ok(lines.every((line, at) => line.startsWith(at === 0 ? "▶" : "◻")), lines.join("\n"));
  assert.ok(lines.every((line) => line.length <= 100));
});

Deno.test("an edge that a longer way says, too, is not drawn", () => {
  const lines = planText(plan([[], [0], [0, 1]]), screen).split("\n").slice(2, 5);
  assert.deepEqual(lines.map((line) => line.replace(/ +/g, " ")), [
    "▶ 1 writer task 1",
    "◻ 2 writer after 1 task 2",
    "◻ 3 writer after 1 2 task 3",
  ]);
});

Deno.test("rails that could not be followed give way to the parents' numbers", () => {
  const all = [...Array(12).keys()];
  const text = planText(plan([...all.map(() => []), ...all.map(() => all)]), screen);
  assert.match(text, /^◻ {2}24 +writer +after 1 2 3 4 5 6 \+6 +task 24$/m);
  assert.doesNotMatch(text, /│/);
});

Deno.test("texts of a model cannot move the cursor or start a line of their own", () => {
  const nasty = "x\x1b[2J\r\ny";
  const text = planText(
    {
      ...plan([[]], { title: nasty, assignee: nasty, why: nasty, runner_up: nasty }),
      title: nasty,
      author: nasty,
      rationale: nasty,
      remarks: [nasty],
    },
    screen,
  );
  // deno-lint-ignore no-control-regex -- control characters are what must not be there
  assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f]/);
  assert.ok(text.split("\n").every((line) => !line.startsWith("y")), text);
});

Deno.test("sizes and costs are told where they are known, and unknown ones are not zero", () => {
  const size = { runs: 3, seconds: 252, tokens: 12_345, cost_usd: 0.421 };
  const known = planText(plan([[], [0]], { size }), screen);
  assert.match(known, /1 {2}writer {2}~4m 12s \$0\.42 +task 1/);
  assert.match(known, /about 8m 24s from start to end, 25k tokens, \$0\.84, going by/);
  const partly = plan([[], [0]]);
  partly.tasks[0]!.size = { ...size, cost_usd: null, tokens: null };
  partly.total = sizeOfPlan(partly.tasks);
  const text = planText(partly, screen);
  assert.match(text, /about 4m 12s from start to end, going by .*; without 1 task of/);
  assert.doesNotMatch(text, /\$/);
  assert.doesNotMatch(planText(plan([[]]), screen), /How large/);
});
