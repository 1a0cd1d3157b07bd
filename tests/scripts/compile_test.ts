// Owns: proof that `deno task compile` takes only the base runtime that is pinned.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { parseCompileArgs } from "../../scripts/compile/args.ts";
import { cutBaseRuntime, provideBaseRuntime } from "../../scripts/compile/base_runtime_cache.ts";
import table from "../../scripts/compile/base_runtimes.json" with { type: "json" };
import {
  type BaseRuntimePin,
  pinFor,
  readBaseRuntimes,
} from "../../scripts/compile/base_runtimes.ts";
import { baseRuntimeLength } from "../../scripts/compile/elf.ts";
import { compile, compileFailure } from "../../scripts/compile/steps.ts";

const trailer = new TextEncoder().encode("d3n0l4nd and somebody's program");

/** A made file with an ELF header, a section header table that ends at `end`, and a trailer. */
function madeProgram(end = 256): Uint8Array {
  const program = new Uint8Array(end + trailer.length);
  program.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  const view = new DataView(program.buffer);
  view.setBigUint64(0x28, BigInt(end - 2 * 64), true);
  view.setUint16(0x3a, 64, true);
  view.setUint16(0x3c, 2, true);
  program.set(trailer, end);
  return program;
}

function pinOf(program: Uint8Array, bytes = 256): BaseRuntimePin {
  const sha256 = createHash("sha256").update(program.subarray(0, bytes)).digest("hex");
  return { package: "@made/program", version: "1.2.3", file: "package/bin/made", bytes, sha256 };
}

function refusal(code: string, words: RegExp) {
  return (error: unknown) =>
    error instanceof HermesError && error.code === code && words.test(error.message);
}

async function withDir(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir({ prefix: "hermes compile ü-" });
  try {
    await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("baseRuntimeLength() ends the base runtime where the section header table ends", () => {
  assert.equal(baseRuntimeLength(madeProgram(256)), 256);
  assert.equal(baseRuntimeLength(madeProgram(4096)), 4096);
});

Deno.test("baseRuntimeLength() refuses files it cannot cut exactly", () => {
  const narrow = madeProgram();
  narrow[4] = 1;
  const outside = madeProgram();
  new DataView(outside.buffer).setUint16(0x3c, 60_000, true);
  const empty = madeProgram();
  empty[256] = 0;
  const cases: [Uint8Array, RegExp][] = [
    [new Uint8Array(10), /no ELF file/],
    [new TextEncoder().encode("#!/bin/sh\n".repeat(20)), /no ELF file/],
    [narrow, /64-bit/],
    [outside, /outside the file/],
    [empty, /no program made by deno compile/],
  ];
  for (const [program, words] of cases) {
    assert.throws(() => baseRuntimeLength(program), refusal("corrupt", words));
  }
});

Deno.test("cutBaseRuntime() gives the pinned bytes and refuses one changed bit", () => {
  const program = madeProgram();
  const pin = pinOf(program);
  assert.deepEqual(cutBaseRuntime(program, pin), program.subarray(0, 256));

  const tampered = program.slice();
  tampered[100] = 1;
  assert.throws(
    () => cutBaseRuntime(tampered, pin),
    refusal("corrupt", new RegExp(`expected 256 bytes with SHA-256 ${pin.sha256}, found 256`)),
  );
  assert.throws(
    () => cutBaseRuntime(madeProgram(512), pin),
    refusal("corrupt", /found 512 bytes/),
  );
});

Deno.test("provideBaseRuntime() fetches once and mends a damaged copy", () =>
  withDir(async (dir) => {
    const program = madeProgram();
    const pin = pinOf(program);
    let fetched = 0;
    const fetchProgram = () => {
      fetched++;
      return Promise.resolve(program);
    };

    const path = await provideBaseRuntime(pin, join(dir, "cache"), fetchProgram);
    assert.deepEqual(await Deno.readFile(path), program.slice(0, 256));
    assert.equal(await provideBaseRuntime(pin, join(dir, "cache"), fetchProgram), path);
    assert.equal(fetched, 1);

    await Deno.writeTextFile(path, "damaged");
    await provideBaseRuntime(pin, join(dir, "cache"), fetchProgram);
    assert.equal(fetched, 2);
    assert.deepEqual(await Deno.readFile(path), program.slice(0, 256));
    assert.equal((await Array.fromAsync(Deno.readDir(join(dir, "cache")))).length, 1);
  }));

Deno.test("provideBaseRuntime() keeps nothing of a tampered program", () =>
  withDir(async (dir) => {
    const program = madeProgram();
    const pin = pinOf(program);
    program[200] = 7;
    await assert.rejects(
      () => provideBaseRuntime(pin, dir, () => Promise.resolve(program)),
      refusal("corrupt", /@made\/program@1\.2\.3/),
    );
    assert.deepEqual(await Array.fromAsync(Deno.readDir(dir)), []);
  }));

Deno.test("readBaseRuntimes() accepts the shipped table, with a pin for each Linux machine", () => {
  const shipped = readBaseRuntimes(table);
  assert.match(shipped.compiler, /^2\.7\./);
  assert.match(pinFor(shipped, "linux", "x86_64").package, /x64$/);
  assert.match(pinFor(shipped, "linux", "aarch64").package, /arm64$/);
  assert.throws(
    () => pinFor(shipped, "darwin", "aarch64"),
    refusal("unavailable", /"darwin-aarch64": only linux-x86_64 and linux-aarch64 are pinned/),
  );
});

Deno.test("readBaseRuntimes() names the field that is malformed", () => {
  const changed = (change: Record<string, unknown>) => ({
    compiler: "2.7.11",
    runtimes: { "linux-x86_64": { ...pinOf(madeProgram()), ...change } },
  });
  assert.throws(() => readBaseRuntimes(null), refusal("config", /the top level/));
  assert.throws(
    () => readBaseRuntimes(changed({ sha256: "F12D" })),
    refusal("config", /runtimes\.linux-x86_64\.sha256/),
  );
  assert.throws(
    () => readBaseRuntimes(changed({ file: "package/../../etc/passwd" })),
    refusal("config", /runtimes\.linux-x86_64\.file/),
  );
  assert.throws(
    () => readBaseRuntimes(changed({ version: "latest" })),
    refusal("config", /runtimes\.linux-x86_64\.version/),
  );
});

Deno.test("parseCompileArgs() reads both flags and refuses anything else", () => {
  assert.deepEqual(parseCompileArgs([]), {
    runtime: "default",
    out: "dist/hermes",
    help: false,
  });
  assert.deepEqual(parseCompileArgs(["--runtime=npm", "--out", "x y/h"]), {
    runtime: "npm",
    out: "x y/h",
    help: false,
  });
  assert.throws(() => parseCompileArgs(["--runtime=jsr"]), refusal("usage", /"jsr"/));
  assert.throws(() => parseCompileArgs(["--runtim=npm"]), refusal("usage", /--runtim/));
  assert.throws(() => parseCompileArgs(["npm"]), refusal("usage", /npm/));
  assert.throws(() => parseCompileArgs(["--out="]), refusal("usage", /empty/));
});

Deno.test("compileFailure() names --runtime=npm only when the download failed", () => {
  const download = compileFailure(
    "h",
    "error: sending request for url (https://dl.deno.land/release/v2.9.6/denort-x.zip): dns error",
  );
  assert.equal(download.code, "unavailable");
  assert.match(download.remedy ?? "", /deno task compile --runtime=npm/);
  const other = compileFailure("h", "error: The module's source code could not be parsed");
  assert.equal(other.code, "internal");
  assert.equal(other.remedy, undefined);
});

Deno.test("compile() leaves the old program in place when the compiler fails", () =>
  withDir(async (dir) => {
    const out = join(dir, "hermes");
    const bundled = join(dir, "main.js");
    await Deno.writeTextFile(out, "old");
    await Deno.writeTextFile(bundled, "syntax error here");
    await assert.rejects(
      () => compile(bundled, out, { argv: [Deno.execPath()], baseRuntime: "/nowhere" }),
      refusal("internal", /Cannot compile/),
    );
    assert.equal(await Deno.readTextFile(out), "old");
    const left = (await Array.fromAsync(Deno.readDir(dir))).map((entry) => entry.name).sort();
    assert.deepEqual(left, ["hermes", "main.js"]);
  }));
