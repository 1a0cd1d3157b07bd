import assert from "node:assert/strict";
import { plannerPrompt } from "../../src/planner/prompt.ts";

const roster = [
  { name: "researcher", description: "Finds\nfacts" },
  { name: "quiet", description: "" },
];

function prompt(task: Partial<{ id: string; title: string; body: string | null }> = {}) {
  const whole = { id: "t_0000abcd", title: "Tides", body: "A page about tides", ...task };
  return plannerPrompt({ task: whole, roster, defaultAssignee: "writer" });
}

Deno.test("S-123 plannerPrompt() names id, title, body, roster and the default assignee", () => {
  const { user } = prompt();
  for (const part of ["id: t_0000abcd", "title: Tides", "A page about tides"]) {
    assert(user.includes(part), part);
  }
  assert.match(user, /^DEFAULT ASSIGNEE\nwriter$/m);
  assert.match(user, /^- researcher: Finds facts$/m);
});

Deno.test("S-123 S-124 plannerPrompt() lists undescribed profiles and marks them", () => {
  assert.match(prompt().user, /^- quiet: \(undescribed/m);
});

Deno.test("S-123 plannerPrompt() cuts the title at 400 and the body at 4000", () => {
  const { user } = prompt({ title: "T".repeat(500), body: "B".repeat(5000) });
  assert.equal(/T{2,}/.exec(user)![0].length, 400);
  assert.equal(/B{2,}/.exec(user)![0].length, 4000);
});

Deno.test("S-123 plannerPrompt() puts a placeholder where there is no body", () => {
  for (const body of [null, "", " \n "]) assert.match(prompt({ body }).user, /body:\n\(none/);
});

Deno.test("S-125 the planner is asked for everything a routed plan needs", () => {
  const { system } = prompt();
  const demands = [
    /2 to 6/,
    /parallel unless one needs another's output/,
    /sees nothing else/,
    /Goal:/,
    /Approach:/,
    /Acceptance:/,
    /Route by the descriptions/,
    /write null/,
    /bare JSON/,
    /"fanout": true/,
    /"fanout": false/,
  ];
  for (const demand of demands) assert.match(system, demand);
});
