// Owns: proof that `deno task fuzz` does what it is asked, and says how to repeat what it finds.

import assert from "node:assert/strict";
import { parseFuzzArgs } from "../../scripts/fuzz/args.ts";
import { describeFailure } from "../../scripts/fuzz/report.ts";
import { runProgram } from "../../scripts/command.ts";
import { projectRoot } from "../../scripts/project.ts";

Deno.test("S-075 fuzz performs at least as many operations as asked and names its seed", async () => {
  const argv = ["run", "-A", "scripts/fuzz/main.ts", "--ops", "300", "--seed", "3", "--jobs", "2"];
  const { code, stdout } = await runProgram([Deno.execPath(), ...argv], { cwd: projectRoot });
  assert.equal(code, 0, stdout);
  const [, operations] = /^fuzz: (\d+) operations, .* 0 failed, .*, seed 3$/m.exec(stdout) ?? [];
  assert.ok(Number(operations) >= 300, stdout);
});

Deno.test("fuzz draws a seed, and refuses numbers and flags that make no sense", () => {
  const { seed, ops, jobs } = parseFuzzArgs(["--ops", "1_000_000"], 4);
  assert.ok(Number.isInteger(seed) && seed >= 0);
  assert.deepEqual([ops, jobs], [1_000_000, 4]);
  assert.throws(() => parseFuzzArgs(["--ops", "many"], 2), /Cannot use ops "many"/);
  assert.throws(() => parseFuzzArgs(["--speed", "2"], 2), /Cannot read the command line/);
});

Deno.test("a failure is shown with its operations and the command that repeats it", () => {
  const failure = { operations: [{ do: "sweep" }], path: "4:1", error: "Error: two open runs" };
  const text = describeFailure({ seed: 9, operations: 70, failure }, 80);
  assert.match(text, /two open runs\nafter 1 operation:\n {2}\{"do":"sweep"\}/);
  assert.match(text, /repeat: deno task fuzz --seed 9 --path 4:1 --longest 80$/);
});
