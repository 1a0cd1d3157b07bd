import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { allEnv, readEnv } from "../../src/platform/env.ts";
import { ended, until, withShell } from "./world.ts";

const platform = new URL("../../src/platform/", import.meta.url).href;

/** Runs code that imports a platform file, and returns how it ended and what it wrote. */
async function run(code: string, shellSuffix = "", env: Record<string, string> = {}) {
  const output = await new Deno.Command("bash", {
    args: ["-c", `"$0" eval "$1" ${shellSuffix}`, Deno.execPath(), code],
    env,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const { code: exit } = output;
  return { exit, out: decoder.decode(output.stdout), err: decoder.decode(output.stderr) };
}

Deno.test("readEnv() and allEnv() show the environment as it is", () => {
  Deno.env.set("HERMES_TEST_ENV", "");
  try {
    assert.equal(readEnv("HERMES_TEST_ENV"), "");
    assert.equal(allEnv().HERMES_TEST_ENV, "");
  } finally {
    Deno.env.delete("HERMES_TEST_ENV");
  }
  assert.equal(readEnv("HERMES_TEST_ENV"), undefined);
  assert.equal("HERMES_TEST_ENV" in allEnv(), false);
});

Deno.test("selfCommand() re-runs the source, or the program HERMES_BIN names", async () => {
  const code = `const { isStandalone, selfCommand } = await import("${platform}self.ts");
    console.log(JSON.stringify([isStandalone(), selfCommand()]));`;
  const said = async (bin: string) => JSON.parse((await run(code, "", { HERMES_BIN: bin })).out);
  const main = fileURLToPath(new URL("../../main.ts", import.meta.url));
  assert.deepEqual(await said(""), [false, [Deno.execPath(), "run", "-A", "--quiet", main]]);
  assert.deepEqual(await said("/opt/her mes/hermes"), [false, ["/opt/her mes/hermes"]]);
  assert.deepEqual(await said("dist/hermes"), [false, [join(Deno.cwd(), "dist/hermes")]]);
});

Deno.test("writeOut() and writeErr() write everything before the exit", async () => {
  const code = `const { writeOut, writeErr, exit } = await import("${platform}host_io.ts");
    writeOut("ü".repeat(500000)); writeErr("bad"); exit(3);`;
  const result = await run(code);
  assert.equal(result.exit, 3);
  assert.equal(result.out.length, 500_000);
  assert.equal(result.err, "bad");
});

Deno.test("writeOut() takes a reader that went away for no error", async () => {
  const code = `const { writeOut, writeErr, exit } = await import("${platform}host_io.ts");
    for (let n = 0; n < 100; n++) writeOut("x".repeat(100000) + "\\n");
    writeErr("survived"); exit(0);`;
  const result = await run(code, "| head -c 1; exit \${PIPESTATUS[0]}");
  assert.deepEqual(result, { exit: 0, out: "x", err: "survived" });
});

Deno.test("readStdinText() reads all, and pipes are no terminal", async () => {
  const code = `const io = await import("${platform}host_io.ts");
    const text = await io.readStdinText();
    io.writeOut(JSON.stringify([text.length, ["in", "out", "err"].map(io.isTerminal)]));
    io.writeOut(" " + (io.terminalWidth() > 0));`;
  const result = await run(code, "< <(head -c 300000 /dev/zero)");
  assert.equal(result.out, "[300000,[false,false,false]] true");
});

Deno.test("onShutdownSignal() hears the signals until it is removed", async () => {
  const code = `
    const { onShutdownSignal } = await import("${platform}signals.ts");
    const alive = setInterval(() => {}, 1000);
    let count = 0;
    const remove = onShutdownSignal((signal) => {
      console.log(signal);
      if (++count === 3) { remove(); remove(); clearInterval(alive); }
    });
    console.log("ready");`;
  await withShell('exec "$DENO" eval "$CODE"', { DENO: Deno.execPath(), CODE: code }, async (
    process,
    dir,
  ) => {
    const lines: string[] = ["ready"];
    const shows = () => Deno.readTextFileSync(join(dir, "log")) === lines.join("\n") + "\n";
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
      await until(`the log shows ${lines}`, shows);
      Deno.kill(process.identity.pid, signal);
      lines.push(signal);
    }
    assert.deepEqual(await ended(process), { code: 0, signal: null });
    assert.equal(shows(), true);
  });
});
