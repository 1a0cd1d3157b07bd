// Owns: proof of following a program line by line, of ending it, and of finding programs and lines.

import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { findProgram } from "../../src/platform/find_program.ts";
import { LineSplitter } from "../../src/platform/line_splitter.ts";
import { type PipedOptions, startPiped } from "../../src/platform/piped_program.ts";
import { identify } from "../../src/platform/process.ts";

const env = { PATH: Deno.env.get("PATH") ?? "" };

/** Starts a shell script and collects what it prints. */
async function start(script: string, more: Partial<PipedOptions> = {}) {
  const lines: string[] = [];
  const program = await startPiped({
    argv: ["sh", "-c", script],
    cwd: Deno.cwd(),
    env,
    onLine: (line, stream) => lines.push(`${stream} ${line}`),
    ...more,
  });
  return { program, lines };
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 500 && !condition(); round++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.ok(condition());
}

Deno.test("startPiped: lines of both streams, input, environment and exit status", async () => {
  const { program, lines } = await start("cat; echo err >&2; printf last; echo $SECRET; exit 5", {
    input: "one\ntwo\n",
  });
  assert.deepEqual(await program.ended, { code: 5, signal: null });
  assert.deepEqual(lines.filter((line) => line.startsWith("stdout")), [
    ...["stdout one", "stdout two", "stdout last"],
  ]);
  assert.ok(lines.includes("stderr err"));
});

Deno.test("startPiped: input that nobody reads is no failure", async () => {
  const { program } = await start("exit 0", { input: "x".repeat(1_000_000) });
  assert.equal((await program.ended).code, 0);
});

Deno.test("startPiped: what is left in the background is not waited for", async () => {
  const { program, lines } = await start("sleep 600 & echo $!");
  assert.equal((await program.ended).code, 0);
  const pid = Number(lines[0]!.split(" ")[1]);
  assert.ok(identify(pid));
  Deno.kill(pid, "SIGKILL");
});

Deno.test("startPiped: ended by the signal it understands, else by force, with its children", async () => {
  const polite = await start("trap 'echo bye; exit 3' INT; echo on; while :; do sleep 0.05; done");
  await until(() => polite.lines.length > 0);
  await polite.program.end("SIGINT", 5000);
  assert.equal((await polite.program.ended).code, 3);
  assert.equal(polite.lines.at(-1), "stdout bye");

  const deaf = await start("trap '' INT TERM; sleep 600 & echo $!; wait; wait; wait");
  await until(() => deaf.lines.length > 0);
  const child = Number(deaf.lines[0]!.split(" ")[1]);
  await deaf.program.end("SIGINT", 100);
  assert.equal((await deaf.program.ended).signal, "SIGKILL");
  assert.equal(identify(child), null);
  // Once more is nothing.
  await deaf.program.end("SIGTERM", 100);
});

Deno.test("startPiped: a program or folder that is not there is told", async () => {
  const missing = start("", { argv: ["/no/such/program"] });
  await assert.rejects(
    missing,
    (error) => error instanceof HermesError && /no such program/.test(error.message),
  );
  await assert.rejects(start("true", { cwd: "/no/such/folder" }), /working directory/);
});

Deno.test("LineSplitter: lines over chunks, cut characters, carriage returns, and no end", () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  const bytes = new TextEncoder().encode("añb\r\n\nlast 🌊");
  for (const byte of bytes) splitter.add(new Uint8Array([byte]));
  splitter.end();
  assert.deepEqual(lines, ["añb", "", "last 🌊"]);
  const big: number[] = [];
  const bounded = new LineSplitter((line) => big.push(line.length));
  for (let part = 0; part < 10; part++) bounded.add(new Uint8Array(1024 * 1024).fill(120));
  bounded.end();
  assert.deepEqual(big, [4, 4, 2].map((mb) => mb * 1024 * 1024));
});

Deno.test("findProgram: by name in the folders of PATH, by path, and only what can be run", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "tool"), "#!/bin/sh\n", { mode: 0o755 });
    await Deno.writeTextFile(join(folder, "text"), "", { mode: 0o644 });
    await Deno.mkdir(join(folder, "folder"));
    const path = `/no/such/folder::${folder}`;
    assert.equal(await findProgram("tool", path), join(folder, "tool"));
    assert.equal(await findProgram(join(folder, "tool"), ""), join(folder, "tool"));
    for (const name of ["text", "folder", "nothing", join(folder, "text"), "../tool"]) {
      assert.equal(await findProgram(name, path), null, name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
