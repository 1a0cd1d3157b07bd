// Owns: `deno task compile`: main and the built dashboard → bundle → one program file.

import { join, relative, resolve } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { runProgram } from "../command.ts";
import { loadDashboard } from "../dashboard/build.ts";
import { projectRoot, runScript } from "../project.ts";
import { compileUsage, parseCompileArgs, type RuntimeSource } from "./args.ts";
import { provideBaseRuntime } from "./base_runtime_cache.ts";
import table from "./base_runtimes.json" with { type: "json" };
import { pinFor, readBaseRuntimes } from "./base_runtimes.ts";
import { withEntry } from "./entry.ts";
import { fetchPackageFile } from "./npm_package.ts";
import { bundle, compile, type Compiler } from "./steps.ts";

/** Builds the program at `out` from `entry`; reports each step through `say`. */
export async function compileProgram(
  entry: string,
  out: string,
  runtime: RuntimeSource,
  say: (line: string) => void,
): Promise<void> {
  const bundleDir = await Deno.makeTempDir({ prefix: "hermes-bundle-" });
  try {
    const compiler = runtime === "npm" ? await npmCompiler(say) : defaultCompiler();
    say(`bundling ${relative(projectRoot, resolve(entry))}`);
    const main = await bundle(entry, bundleDir);
    say(`compiling ${out}`);
    await compile(main, out, compiler);
  } finally {
    await Deno.remove(bundleDir, { recursive: true });
  }
}

function defaultCompiler(): Compiler {
  return { argv: [Deno.execPath()], baseRuntime: null };
}

async function npmCompiler(say: (line: string) => void): Promise<Compiler> {
  const { compiler, runtimes } = readBaseRuntimes(table);
  const pin = pinFor({ compiler, runtimes }, Deno.build.os, Deno.build.arch);
  const baseRuntime = await provideBaseRuntime(pin, join(projectRoot, ".cache"), (wanted) => {
    say(`fetching the base runtime from npm package ${wanted.package}@${wanted.version}`);
    return fetchPackageFile(wanted, projectRoot);
  });
  say(`base runtime checked: SHA-256 ${pin.sha256}`);
  return { argv: ["npx", "-y", `deno@${compiler}`], baseRuntime };
}

async function main(): Promise<number> {
  const options = parseCompileArgs(Deno.args);
  if (options.help) {
    console.log(compileUsage);
    return 0;
  }
  const started = performance.now();
  const out = resolve(projectRoot, options.out);
  const say = (line: string) => console.error(`compile: ${line}`);
  const assets = await loadDashboard(say);
  await withEntry(assets, (entry) => compileProgram(entry, out, options.runtime, say));
  const version = await runProgram([out, "--version"]);
  if (version.code !== 0) {
    throw new HermesError("internal", `Cannot run "${out}": ${version.stderr.trim()}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const megabytes = ((await Deno.stat(out)).size / 1e6).toFixed(1);
  say(`${out}: ${version.stdout.trim()}, ${megabytes} MB, in ${seconds} s`);
  return 0;
}

if (import.meta.main) await runScript("compile", main);
