// Owns: the proof of what is said about a plan's size and about work that is there already.

import assert from "node:assert/strict";
import { sizeOfPlan, usualSize, wavesOf } from "../../src/planner/estimate.ts";
import { likelyDuplicates, likeness, wordsOf } from "../../src/planner/likeness.ts";

function run(seconds: number, tokens: number | null = null, cost: number | null = null) {
  return {
    started_at: 100,
    ended_at: 100 + seconds,
    input_tokens: tokens,
    output_tokens: null,
    cost_usd: cost,
  };
}

function waits(...parents: number[][]) {
  return parents.map((list) => ({ parents: list }));
}

Deno.test("wavesOf() tells what can run side by side", () => {
  assert.deepEqual(wavesOf(waits([], [], [0], [0, 1], [3])), [[0, 1], [2, 3], [4]]);
  assert.deepEqual(wavesOf(waits([2], [], [1])), [[1], [2], [0]]);
  assert.deepEqual(wavesOf(waits([])), [[0]]);
});

Deno.test("usualSize() is the median of what is known; unknown stays unknown", () => {
  assert.equal(usualSize([]), null);
  assert.deepEqual(usualSize([run(10), run(1000), run(20)]), {
    runs: 3,
    seconds: 20,
    tokens: null,
    cost_usd: null,
  });
  const mixed = usualSize([run(10, 100, 0.5), run(20, null, null), run(40, 300, 0.1)]);
  assert.deepEqual(mixed, { runs: 3, seconds: 20, tokens: 200, cost_usd: 0.3 });
  assert.equal(usualSize([run(-5)])!.seconds, 0, "a clock that was set back");
});

Deno.test("sizeOfPlan() takes the time of the longest way and the cost of all of it", () => {
  const size = (seconds: number, cost_usd: number | null) => ({
    runs: 1,
    seconds,
    tokens: 10,
    cost_usd,
  });
  const tasks = [
    { parents: [], size: size(100, 1) },
    { parents: [], size: size(10, null) },
    { parents: [0, 1], size: size(5, 2) },
    { parents: [1], size: null },
  ];
  assert.deepEqual(sizeOfPlan(tasks), { seconds: 105, tokens: 30, cost_usd: 3, unknown: 1 });
  const nothing = { seconds: null, tokens: null, cost_usd: null, unknown: 1 };
  assert.deepEqual(sizeOfPlan([{ parents: [], size: null }]), nothing);
});

for (
  const [alike, one, other] of [
    [true, "Write the tides page", "Write the tides page"],
    [true, "Write the tides page", "write  TIDES pages!"],
    [true, "Write a page about tides", "Write the tides page"],
    [true, "Übersetze die Anleitung", "Ubersetze Anleitung"],
    [true, "比较备份工具", "比较备份工具"],
    [true, "Collect facts about ocean tides", "Collect facts about the tides of the ocean"],
    [false, "Write the tides page", "Review the tides page"],
    [false, "Research: publish a small tides site", "Review: publish a small tides site"],
    [false, "Write docs for the parser", "Write docs for the lexer"],
    [false, "比较备份工具", "写一个转换器"],
    [false, "The", "Fix the login"],
    [false, "", ""],
  ] as [boolean, string, string][]
) {
  Deno.test(`"${one}" ${alike ? "looks like" : "is something else than"} "${other}"`, () => {
    const open = [{ task: { id: "t_1", title: other }, words: wordsOf(other) }];
    const found = likelyDuplicates(one, open);
    assert.equal(found.length > 0, alike, String(likeness(wordsOf(one), wordsOf(other))));
  });
}

Deno.test("likelyDuplicates() gives the most alike first, and not too many", () => {
  const titles = [
    "Write tides page soon",
    "Write tides page",
    "Write tides pages",
    "Write tides page!",
  ];
  const open = titles.map((title, id) => ({ task: { id, title }, words: wordsOf(title) }));
  const found = likelyDuplicates("Write the tides page", open);
  assert.deepEqual(found.map(({ id, likeness }) => [id, likeness]), [[1, 1], [2, 1], [3, 1]]);
});
