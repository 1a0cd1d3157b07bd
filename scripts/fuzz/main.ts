// Owns: `deno task fuzz`: random operations in several processes, and how to repeat what they find.

import { HermesError } from "../../src/base/errors.ts";
import { projectRoot, runScript } from "../project.ts";
import { type FuzzOptions, fuzzUsage, parseFuzzArgs } from "./args.ts";
import type { Share } from "./job.ts";
import { type BatchReport, describeFailure } from "./report.ts";

async function main(): Promise<number> {
  const options = parseFuzzArgs(Deno.args, navigator.hardwareConcurrency);
  if (options.help) {
    console.log(fuzzUsage);
    return 0;
  }
  const started = performance.now();
  const reports: BatchReport[] = [];
  const shares = sharesOf(options);
  console.log(`fuzz: seed ${options.seed}, ${shares.length} processes`);
  const over = new AbortController();
  await Promise.all(shares.map((share) =>
    runJob(share, over.signal, (report) => {
      reports.push(report);
      // One failure is enough: the others would only keep the machine busy.
      if (report.failure) over.abort();
    })
  ));
  const operations = reports.reduce((sum, report) => sum + report.operations, 0);
  const seconds = (performance.now() - started) / 1000;
  const failed = reports.filter((report) => report.failure !== null);
  for (const report of failed) console.log(describeFailure(report, options.longest));
  const rate = Math.round(operations / seconds);
  console.log(
    `fuzz: ${operations} operations, the whole board checked after each, ` +
      `${failed.length} failed, ${Math.round(seconds)} s, ${rate}/s, seed ${options.seed}`,
  );
  return failed.length === 0 ? 0 : 1;
}

/** Every job gets seeds of its own, so that the sequences depend on the seed and not on who is faster. */
function sharesOf({ ops, seed, jobs, longest, path }: FuzzOptions): Share[] {
  if (path !== undefined) return [{ first: seed, step: 1, ops, longest, path }];
  return Array.from({ length: jobs }, (_, job) => ({
    first: seed + job,
    step: jobs,
    ops: Math.ceil(ops / jobs),
    longest,
  }));
}

async function runJob(
  share: Share,
  signal: AbortSignal,
  hear: (report: BatchReport) => void,
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "scripts/fuzz/job.ts", JSON.stringify(share)],
    cwd: projectRoot,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    signal,
  }).spawn();
  let pending = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (pending + text).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) hear(JSON.parse(line) as BatchReport);
  }
  const { success } = await child.status;
  if (!success && !signal.aborted) {
    throw new HermesError(
      "internal",
      `Cannot finish the fuzz: the job from seed ${share.first} ended`,
    );
  }
}

if (import.meta.main) await runScript("fuzz", main);
