// Owns: proof that the benchmarks compute what they print, and that every quick row can be measured.

import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { parseBenchArgs } from "../../scripts/bench/args.ts";
import { budgetUsed, type Figure, figure, percentileFigure } from "../../scripts/bench/figure.ts";
import { collect, ratePerSecond, timed } from "../../scripts/bench/measure.ts";
import { rows } from "../../scripts/bench/rows.ts";
import { seedLinks, seedTasks, seedWaiting, taskId } from "../../scripts/bench/seed.ts";
import { median, percentile } from "../../scripts/bench/statistics.ts";
import { markdownTable } from "../../scripts/bench/table.ts";
import { withBoard } from "../../scripts/bench/world.ts";
import { getDetail, getStats } from "../../src/kernel/detail.ts";

const tinyRow = new URL("./tiny_row.ts", import.meta.url).pathname;

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

Deno.test("median() is the middle sample, or the mean of the middle two, in any order", () => {
  assert.equal(median([5]), 5);
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([10, 1, 2, 9]), 5.5);
  assert.throws(() => median([]), RangeError);
});

Deno.test("percentile() is the nearest rank", () => {
  assert.equal(percentile(hundred, 0.5), 50);
  assert.equal(percentile(hundred, 0.99), 99);
  assert.equal(percentile(hundred, 1), 100);
  assert.equal(percentile(hundred, 0), 1);
  assert.equal(percentile([3, 1, 2], 0.99), 3);
  assert.throws(() => percentile([], 0.5), RangeError);
});

Deno.test("figure() and percentileFigure() keep the range and the number of samples", () => {
  assert.deepEqual(figure("x", "ms", [3, 1, 2], { budget: 4 }), {
    what: "x",
    unit: "ms",
    value: 2,
    min: 1,
    max: 3,
    samples: 3,
    budget: 4,
  });
  const p99 = percentileFigure("x", 0.99, "ms", hundred);
  assert.deepEqual([p99.what, p99.value, p99.min, p99.max], ["x, p99", 99, 1, 100]);
});

Deno.test("budgetUsed() is above 1 when a time is too long or a rate too low", () => {
  const about = { what: "", min: 0, max: 0, samples: 1 };
  assert.equal(budgetUsed({ ...about, unit: "ms", value: 15, budget: 10 }), 1.5);
  assert.equal(budgetUsed({ ...about, unit: "per s", value: 4000, budget: 8000 }), 2);
  assert.equal(budgetUsed({ ...about, unit: "per s", value: 16_000, budget: 8000 }), 0.5);
  assert.equal(budgetUsed({ ...about, unit: "ms", value: 1 }), null);
});

Deno.test("collect() drops the warm-up and lets the measures take turns", async () => {
  const order: string[] = [];
  let next = 0;
  const measure = (name: string) => () => {
    order.push(name);
    return Promise.resolve(next++);
  };
  const samples = await collect(2, { a: measure("a"), b: measure("b") }, 2);
  assert.deepEqual(samples, { a: [4, 6], b: [5, 7] });
  assert.equal(order.join(""), "abababab");
});

Deno.test("timed() gives the time of one call, ratePerSecond() calls per second", async () => {
  let calls = 0;
  const busy = () => {
    calls++;
    const until = performance.now() + 2;
    while (performance.now() < until);
  };
  const each = await timed(busy, 5)();
  assert.equal(calls, 5);
  assert.ok(each >= 2 && each < 10, `${each}`);
  const rate = await ratePerSecond(10, () => Promise.resolve(busy()));
  assert.ok(rate > 1000 && rate <= 5000, `${rate}`);
});

Deno.test("markdownTable() shows budget, range, share and reference, and collects notes", () => {
  const made: Figure[] = [
    { ...figure("tick", "ms", [0.5], { budget: 1, reference: 13.6 }), note: "quiet" },
    figure("cycles", "per s", [4000, 12_345, 9000], { budget: 8000 }),
    figure("slow", "ms", [286], { reference: 143, note: "quiet" }),
  ];
  assert.equal(
    markdownTable(made),
    `| Row | Budget | Figure | Min–max | Budget used | Reference | Against it |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| tick [1] | ≤ 1 ms | 0.5 ms | 0.5–0.5 | 50 % | 13.6 ms | 27.2 × faster |
| cycles | ≥ 8,000 per s | 9,000 per s | 4,000–12,345 | 89 % |  |  |
| slow [1] |  | 286 ms | 286–286 |  | 143 ms | 2 × slower |

[1] quiet`,
  );
});

Deno.test("parseBenchArgs() takes rows, runs and flags", () => {
  assert.deepEqual(parseBenchArgs([], ["tick"]), {
    rows: [],
    runs: 7,
    big: false,
    json: false,
    help: false,
  });
  const options = parseBenchArgs(["--row", "tick", "--row=list", "--runs", "3", "--big"], [
    "tick",
    "list",
  ]);
  assert.deepEqual([options.rows, options.runs, options.big], [["tick", "list"], 3, true]);
});

Deno.test("parseBenchArgs() refuses what it cannot measure", () => {
  const refuses = (argv: string[], message: RegExp, remedy: RegExp) =>
    assert.throws(
      () => parseBenchArgs(argv, ["tick", "list"]),
      (error: HermesError) =>
        error.code === "usage" && message.test(error.message) && remedy.test(error.remedy ?? ""),
    );
  refuses(["--row", "tik"], /row "tik"/, /Did you mean "tick"/);
  refuses(["--row", "zzzzzz"], /row "zzzzzz"/, /tick list/);
  refuses(["--runs", "0"], /runs "0"/, /whole|number/);
  refuses(["--fast"], /--fast/, /Usage/);
});

Deno.test("seedWaiting() makes a chain in which every task waits for those before it", async () => {
  await withBoard(async (board) => {
    await seedWaiting(board, 20, 3);
    assert.deepEqual((await getStats(board)).by_status, { blocked: 3, todo: 20 });
    const detail = await getDetail(board, taskId(10));
    assert.deepEqual(
      detail.parents.map((parent) => parent.id).sort(),
      [
        taskId(7),
        taskId(8),
        taskId(9),
      ].sort(),
    );
    assert.deepEqual(detail.events.map((event) => event.kind), ["created"]);
  });
});

Deno.test("taskId() and the bulk statements agree on every id", async () => {
  await withBoard(async (board) => {
    const first = 999_000;
    await seedTasks(board, { first, count: 1000, status: "todo", assignee: null });
    await seedLinks(board, { first: first + 1, count: 1 }, 1);
    const rows = await board.engine.read((tx) => tx.all<{ id: string }>("SELECT id FROM tasks"));
    const wanted = Array.from({ length: 1000 }, (_, index) => taskId(first + index));
    assert.deepEqual(new Set(rows.map((row) => row.id)), new Set(wanted));
  });
});

/** All rows but those that start the whole program, which take seconds whatever their size. */
const quick = [
  "tick",
  "promotion",
  "fan-out",
  "list",
  "stats",
  "brief",
  "cycles",
  "create",
  "crowd",
  "start-worker",
  "watch",
];

/** Measures a row on a tiny board, in a process whose temporary folders lie in `dir`. */
async function measureTiny(name: string, dir: string): Promise<Figure[]> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", tinyRow, name],
    env: { TMPDIR: dir },
  }).output();
  const decoder = new TextDecoder();
  assert.ok(output.success, decoder.decode(output.stderr));
  return JSON.parse(decoder.decode(output.stdout));
}

for (const name of quick) {
  Deno.test(`row ${name} is measured on a tiny board and leaves nothing behind`, async () => {
    const dir = await Deno.makeTempDir({ prefix: "hermes-bench-test-" });
    try {
      const figures = await measureTiny(name, dir);
      assert.ok(figures.length > 0);
      for (const { what, value, min, max } of figures) {
        assert.ok(value > 0 && min <= value && value <= max, `${what}: ${min} ${value} ${max}`);
      }
      assert.deepEqual(await Array.fromAsync(Deno.readDir(dir)), []);
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

Deno.test("row names are unique, so that --row means one of them", () => {
  assert.equal(new Set(rows.map((row) => row.name)).size, rows.length);
});
