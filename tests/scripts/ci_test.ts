// Owns: proof that the closing line of CI cannot hide a failure, and that a bare PATH is bare.

import assert from "node:assert/strict";
import { join } from "node:path";
import { makeBarePath } from "../../scripts/ci/bare_path.ts";
import { countTestRun, failedTests, filterFor, single, sum } from "../../scripts/ci/count.ts";

const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="8" failures="2" errors="1" time="0.1">
  <testsuite name="./tests/a_test.ts" tests="6" disabled="1" errors="0" failures="2">
    <testcase name="a tests=&quot;99&quot;"></testcase>
  </testsuite>
  <testsuite name="./tests/b_test.ts" tests="2" disabled="0" errors="1" failures="0"></testsuite>
</testsuites>`;

Deno.test("countTestRun() sums the suites and leaves out what was not run", () => {
  assert.deepEqual(countTestRun(1, report), { passed: 4, failed: 3 });
});

Deno.test("countTestRun() never calls a broken run clean", () => {
  const clean = `<testsuites><testsuite name="x" tests="2" failures="0" errors="0"></testsuites>`;
  assert.deepEqual(countTestRun(0, clean), { passed: 2, failed: 0 });
  assert.deepEqual(countTestRun(1, clean), { passed: 2, failed: 1 });
  assert.deepEqual(countTestRun(1, null), { passed: 0, failed: 1 });
  assert.deepEqual(countTestRun(0, null), { passed: 0, failed: 1 });
});

Deno.test("countTestRun() reads a report that deno test wrote", async () => {
  const dir = await Deno.makeTempDir({ prefix: "hermes-count-" });
  try {
    await Deno.writeTextFile(
      join(dir, "made_test.ts"),
      `Deno.test("good", () => {}); Deno.test("bad <&> (a|b)", () => { throw new Error("no"); });
      Deno.test("bad", () => {});
      Deno.test("parts", async (t) => {
        await t.step("one", () => {});
        await t.step("two", () => { throw new Error("no"); });
      });`,
    );
    const path = join(dir, "report.xml");
    const run = async (...args: string[]) => {
      const { code } = await new Deno.Command(Deno.execPath(), {
        args: ["test", "--no-config", `--junit-path=${path}`, ...args, dir],
        stdout: "null",
        stderr: "null",
      }).output();
      return { code, report: await Deno.readTextFile(path) };
    };
    const { code, report } = await run();
    // A step counts, and so does the test it is a part of.
    assert.deepEqual(countTestRun(code, report), { passed: 3, failed: 3 });
    assert.deepEqual(failedTests(report), ["bad <&> (a|b)", "parts"]);
    const again = await run(`--filter=${filterFor(failedTests(report))}`);
    assert.deepEqual(countTestRun(again.code, again.report), { passed: 1, failed: 3 });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("sum() adds counts", () => {
  assert.deepEqual(sum([single(true), single(false), { passed: 3, failed: 2 }]), {
    passed: 4,
    failed: 3,
  });
});

Deno.test("makeBarePath() keeps programs and drops JavaScript runtimes", async () => {
  const dir = await Deno.makeTempDir({ prefix: "hermes-path-" });
  try {
    for (const [folder, name] of [["a", "git"], ["a", "node"], ["b", "deno"], ["b", "git"]]) {
      await Deno.mkdir(join(dir, folder!), { recursive: true });
      await Deno.writeTextFile(join(dir, folder!, name!), `${folder}`);
    }
    const bare = join(dir, "bare");
    await makeBarePath(bare, [join(dir, "a"), "", join(dir, "gone"), join(dir, "b")].join(":"));
    assert.deepEqual((await Array.fromAsync(Deno.readDir(bare))).map((it) => it.name), ["git"]);
    assert.equal(await Deno.readTextFile(join(bare, "git")), "a");
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
