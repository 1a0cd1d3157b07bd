import assert from "node:assert/strict";
import { parseAnswer } from "../../src/planner/parse_answer.ts";

function fanout(tasks: unknown, more: Record<string, unknown> = {}) {
  const parsed = parseAnswer(JSON.stringify({ fanout: true, rationale: "r", tasks, ...more }));
  if (!parsed.ok) return parsed.reason;
  assert(parsed.answer.fanout);
  return parsed.answer;
}

const unsaid = { why: null, runnerUp: null };

function parentsOf(parents: unknown, count = 3): number[] {
  const filler = Array.from({ length: count - 1 }, () => ({ title: "t" }));
  const answer = fanout([...filler, { title: "last", parents }]);
  assert(typeof answer !== "string");
  return answer.tasks.at(-1)!.parents;
}

Deno.test("S-126 parseAnswer() reads a fan-out", () => {
  const answer = fanout([
    { title: " Find  sources\n", body: " Goal: x ", assignee: " researcher ", parents: [] },
    { title: "Write", body: "b", assignee: null, parents: [0] },
  ]);
  assert.deepEqual(answer, {
    fanout: true,
    rationale: "r",
    tasks: [
      { title: "Find sources", body: "Goal: x", assignee: "researcher", ...unsaid, parents: [] },
      { title: "Write", body: "b", assignee: null, ...unsaid, parents: [0] },
    ],
    dropped: [],
  });
});

Deno.test("S-127 parseAnswer() reads a single task", () => {
  const parsed = parseAnswer(
    '{"fanout": false, "rationale": "small", "title": " T ", "body": "B", "assignee": "ops"}',
  );
  assert.deepEqual(parsed, {
    ok: true,
    answer: {
      fanout: false,
      rationale: "small",
      title: "T",
      body: "B",
      assignee: "ops",
      ...unsaid,
    },
  });
});

Deno.test("parseAnswer() reads why and runner-up where a model gives them, in whatever form", () => {
  const routed = (why: unknown, runner_up: unknown) => {
    const answer = fanout([{ title: "a", why, runner_up }]);
    assert(typeof answer !== "string");
    return [answer.tasks[0]!.why, answer.tasks[0]!.runnerUp];
  };
  assert.deepEqual(routed(" finds\n facts ", " writer "), ["finds facts", "writer"]);
  assert.deepEqual(routed("w".repeat(900), 7), ["w".repeat(400), null]);
  for (const odd of [undefined, null, 7, true, [], {}, "", " \u200b "]) {
    assert.deepEqual(routed(odd, odd), [null, null], String(odd));
  }
});

Deno.test("S-128 parseAnswer() looks through fences and prose, and says malformed otherwise", () => {
  assert(parseAnswer('Sure!\n```json\n{"fanout": false, "title": "T"}\n```\nEnjoy.').ok);
  for (const text of ["", "no", "[]", '{"fanout": true, "tasks": [{"title": ']) {
    assert.deepEqual(parseAnswer(text), { ok: false, reason: "LLM returned malformed JSON" });
  }
});

Deno.test("S-130 parseAnswer() takes parents that are no list as none", () => {
  for (const parents of [undefined, null, 0, "0", { 0: 1 }, true]) {
    assert.deepEqual(parentsOf(parents), []);
  }
});

Deno.test("S-130 P-037 parseAnswer() drops booleans, fractions, texts, strangers and itself", () => {
  assert.deepEqual(parentsOf([true, false, 0.5, "0", null, -1, 3, 99, 2, [0], 1, 1, 0]), [0, 1]);
  const answer = fanout([{ title: "a", parents: [true, 7] }, { title: "b" }]);
  assert(typeof answer !== "string");
  assert.deepEqual(answer.dropped, ["task 0: parent true", "task 0: parent 7"]);
});

Deno.test("S-130 parseAnswer() trims and cuts titles at 200 and empties bodies that are no text", () => {
  const answer = fanout([{ title: `  ${"x".repeat(300)}`, body: 7 }, { title: "😀".repeat(150) }]);
  assert(typeof answer !== "string");
  assert.equal(answer.tasks[0]!.title, "x".repeat(200));
  assert.equal(answer.tasks[0]!.body, "");
  assert.equal(answer.tasks[1]!.title, "😀".repeat(100));
});

Deno.test("S-131 parseAnswer() refuses a fan-out without tasks", () => {
  for (const tasks of [undefined, null, [], {}, "two", 2]) {
    assert.match(String(fanout(tasks)), /no tasks/);
  }
});

Deno.test("S-131 parseAnswer() names the position of what is no task or has no title", () => {
  const table: [unknown, RegExp][] = [
    ["do it", /task 1 .*not an object/],
    [null, /task 1 .*not an object/],
    [["t"], /task 1 .*not an object/],
    [{}, /task 1 .*no title/],
    [{ title: "  " }, /task 1 .*no title/],
    [{ title: 7 }, /task 1 .*no title/],
  ];
  for (const [task, reason] of table) {
    assert.match(String(fanout([{ title: "fine" }, task])), reason);
  }
});

Deno.test("P-073 parseAnswer() refuses a flood of tasks", () => {
  const tasks = Array.from({ length: 51 }, () => ({ title: "again" }));
  assert.match(String(fanout(tasks)), /51 tasks/);
});

Deno.test("S-132 parseAnswer() wants a title or a body of a single task", () => {
  const single = (parts: Record<string, unknown>) =>
    parseAnswer(JSON.stringify({ fanout: false, ...parts }));
  assert(single({ title: "T" }).ok);
  assert(single({ body: "B" }).ok);
  for (const parts of [{}, { title: " " }, { title: 1, body: [] }]) {
    assert.match(
      String((single(parts) as { reason: string }).reason),
      /neither a title nor a body/,
    );
  }
});

Deno.test("parseAnswer() takes a list of tasks without the fanout key as a fan-out", () => {
  const parsed = parseAnswer('{"tasks": [{"title": "a"}]}');
  assert(parsed.ok && parsed.answer.fanout);
});
