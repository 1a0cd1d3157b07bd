// Owns: the two steps from source to program: bundle, then compile the bundle.

import { basename, dirname, join, resolve } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { runProgram } from "../command.ts";

const plainOutput = { NO_COLOR: "1", RUST_BACKTRACE: "0" };

/** What turns a bundle into a program: a compiler's argv, and the base runtime it must append to. */
export interface Compiler {
  argv: string[];
  /** Path of a base runtime; null lets the compiler download its own. */
  baseRuntime: string | null;
}

/**
 * Bundles `entry` into `outdir`; gives the bundle's main file. One chunk per lazy import, so that a
 * command line verb parses only what it uses; text imports become strings inside the chunks.
 */
export async function bundle(entry: string, outdir: string): Promise<string> {
  const result = await runProgram(
    [Deno.execPath(), "bundle", "--quiet", "--minify", "--code-splitting", "--outdir", outdir]
      .concat(entry),
    { cwd: dirname(resolve(entry)), env: plainOutput },
  );
  if (result.code !== 0) {
    throw new HermesError("internal", `Cannot bundle "${entry}": ${result.stderr.trim()}`);
  }
  return join(outdir, basename(entry).replace(/\.ts$/, ".js"));
}

/**
 * Compiles the bundle at `main` to `out`, replacing it only when the whole file is there.
 *
 * The code cache stays off: it would lie under a guessable name in the shared temp folder, and a
 * bundle in chunks starts as fast without it.
 *
 * @throws HermesError `unavailable` when the base runtime cannot be downloaded.
 */
export async function compile(main: string, out: string, compiler: Compiler): Promise<void> {
  const target = resolve(out);
  await Deno.mkdir(dirname(target), { recursive: true });
  const dir = await Deno.makeTempDir({ dir: dirname(target), prefix: ".compile-" });
  try {
    const fresh = join(dir, basename(target));
    const result = await runProgram(
      [...compiler.argv, "compile", "--quiet", "--allow-all", "--no-check", "--no-code-cache"]
        .concat("--no-config", "--no-lock", "--no-npm", "--no-remote", "--output", fresh, main),
      {
        cwd: dirname(main),
        env: {
          ...plainOutput,
          ...(compiler.baseRuntime === null ? {} : { DENORT_BIN: compiler.baseRuntime }),
        },
      },
    );
    if (result.code !== 0) throw compileFailure(out, result.stderr);
    await Deno.rename(fresh, target);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The error for a failed compile step; a failed download is told apart by what it was fetching. */
export function compileFailure(out: string, stderr: string): HermesError {
  if (/\bdenort\b/.test(stderr) && /https?:\/\//.test(stderr)) {
    return new HermesError(
      "unavailable",
      `Cannot compile "${out}": the base runtime could not be downloaded\n${stderr.trim()}`,
      {
        remedy: "On a network that reaches only an npm registry run: " +
          "deno task compile --runtime=npm",
      },
    );
  }
  return new HermesError("internal", `Cannot compile "${out}": ${stderr.trim()}`);
}
