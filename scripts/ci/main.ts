// Owns: everything a change must pass, in order, and the one closing line that sums it up.

import { join } from "node:path";
import { runVisibly } from "../command.ts";
import { runGates } from "../ok/gates.ts";
import { projectRoot, runScript } from "../project.ts";
import { makeBarePath } from "./bare_path.ts";
import { type Count, countTestRun, failedTests, filterFor, single, sum } from "./count.ts";

const reports = join(projectRoot, ".cache", "reports");
const demoLimitMs = 180_000;

/** `npx -y deno@… task <name> …`, as the README tells people to run it. */
function task(name: string, ...args: string[]): string[] {
  return ["npx", "-y", `deno@${Deno.version.deno}`, "task", name, ...args];
}

async function gates(): Promise<Count> {
  const results = await runGates(({ name, problems }) => {
    console.log(problems === "" ? `ok      ${name}` : `FAILED  ${name}\n${problems}`);
  });
  return sum(results.map((result) => single(result.problems === "")));
}

/** Tests that fail beside others and are run once more at most; of more than these something is wrong. */
const mostRepeated = 5;

/**
 * Runs tests. The few that failed run once more, with nothing beside them: those that pass then are told of as
 * unsteady, for somebody to mend, and count as passed.
 */
async function tests(
  report: string,
  argv: string[],
  env: Record<string, string> = {},
): Promise<Count> {
  const first = await testRun(report, argv, env);
  const failed = failedTests(first.report ?? "");
  if (failed.length === 0 || failed.length > mostRepeated) return first.count;
  console.log(`\n-- once more, alone:\n${failed.join("\n")}`);
  const alone = { ...env, DENO_JOBS: "1" };
  const again = await testRun(`again-${report}`, [...argv, `--filter=${filterFor(failed)}`], alone);
  if (again.count.failed > 0 || again.count.passed < failed.length) return first.count;
  console.log(`\n-- unsteady, failed beside others and passed alone:\n${failed.join("\n")}`);
  return { passed: first.count.passed + first.count.failed, failed: 0 };
}

async function testRun(name: string, argv: string[], env: Record<string, string>) {
  const path = join(reports, name);
  const code = await runVisibly([...argv, `--junit-path=${path}`], { cwd: projectRoot, env });
  const report = await Deno.readTextFile(path).catch(() => null);
  return { report, count: countTestRun(code, report) };
}

/** Other operations every time: the seed that is printed repeats them. */
async function fuzz(): Promise<Count> {
  return single(await runVisibly(task("fuzz", "--ops", "200000"), { cwd: projectRoot }) === 0);
}

async function compile(out: string): Promise<Count> {
  const code = await runVisibly(task("compile", "--runtime=npm", `--out=${out}`), {
    cwd: projectRoot,
  });
  return single(code === 0);
}

/** The demo from the program alone: empty home, no runtime on PATH, nothing beside the file. */
async function demo(program: string, dir: string): Promise<Count> {
  const path = join(dir, "path");
  const home = join(dir, "home");
  await makeBarePath(path, Deno.env.get("PATH") ?? "");
  await Deno.mkdir(home);
  const child = new Deno.Command(program, {
    args: ["demo"],
    cwd: join(dir, "program"),
    clearEnv: true,
    env: { HOME: home, PATH: path, CI: "true", LANG: "C.UTF-8" },
    stdin: "null",
  }).spawn();
  const limit = setTimeout(() => child.kill("SIGTERM"), demoLimitMs);
  const { success } = await child.status;
  clearTimeout(limit);
  return single(success);
}

async function main(): Promise<number> {
  const dir = await Deno.makeTempDir({ prefix: "hermes-ci-" });
  const program = join(dir, "program", "hermes");
  const steps: [name: string, run: () => Promise<Count>][] = [
    ["gates", gates],
    ["tests from source", () => tests("source.xml", task("test"))],
    ["200,000 random operations", fuzz],
    ["compile to one program", () => compile(program)],
    [
      "end-to-end tests with the program",
      () => tests("program.xml", task("test", "tests/e2e"), { HERMES_BIN: program }),
    ],
    ["demo with the program alone", () => demo(program, dir)],
  ];
  await Deno.remove(reports, { recursive: true }).catch(() => {});
  await Deno.mkdir(reports, { recursive: true });
  const counts: Count[] = [];
  try {
    for (const [name, run] of steps) {
      console.log(`\n== ${name}`);
      const started = performance.now();
      const count = await run().catch((error) => {
        console.error(error);
        return single(false);
      });
      const seconds = Math.round((performance.now() - started) / 1000);
      console.log(`-- ${name}: ${count.passed} ok, ${count.failed} not, ${seconds} s`);
      counts.push(count);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
  const total = sum(counts);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

if (import.meta.main) await runScript("ci", main);
