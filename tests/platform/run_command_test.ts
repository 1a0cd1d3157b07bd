import assert from "node:assert/strict";
import { join } from "node:path";
import { runCommand } from "../../src/platform/spawn.ts";
import { inTempDir, pidIn, runs, until } from "./world.ts";

const limits = { timeoutSeconds: 20, maxOutputBytes: 1000 };

function shell(script: string): string[] {
  return ["bash", "-c", script];
}

Deno.test("runCommand() returns both outputs and the exit status", async () => {
  assert.deepEqual(await runCommand({ argv: shell("echo out; echo err >&2; exit 3"), ...limits }), {
    code: 3,
    signal: null,
    stdout: "out\n",
    stderr: "err\n",
    timedOut: false,
    truncated: false,
  });
  const killed = await runCommand({ argv: shell("kill -KILL $$"), ...limits });
  assert.deepEqual([killed.code, killed.signal], [null, "SIGKILL"]);
});

Deno.test("S-010 runCommand() uses the given folder, environment and input", async () => {
  await inTempDir(async (dir) => {
    const script = 'pwd -P; echo "$A"; cat; env | grep -c HOME';
    const env = { A: "ünï", PATH: Deno.env.get("PATH")! };
    const result = await runCommand({
      argv: shell(script),
      cwd: dir,
      env,
      input: "in\n",
      ...limits,
    });
    assert.equal(result.stdout, `${dir}\nünï\nin\n0\n`);
    assert.equal((await runCommand({ argv: ["cat"], ...limits })).stdout, "");
  });
});

Deno.test("runCommand() takes a command that does not read its input", async () => {
  const result = await runCommand({ argv: ["true"], input: "x".repeat(1_000_000), ...limits });
  assert.equal(result.code, 0);
});

Deno.test("runCommand() keeps head and tail of a long output and counts the rest", async () => {
  const script = "echo first; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo last";
  const { stdout, truncated } = await runCommand({ argv: shell(script), ...limits });
  assert.equal(truncated, true);
  assert.match(stdout, /^first\nx+\n… \[2999012 bytes omitted\] …\nx+\nlast\n$/);
});

Deno.test("runCommand() ends a command and all it started when the time is over", async () => {
  await inTempDir(async (dir) => {
    const script = "echo before; setsid sleep 60 & echo $! >child; sleep 61";
    const result = await runCommand({
      argv: shell(script),
      cwd: dir,
      ...limits,
      timeoutSeconds: 0.5,
    });
    assert.equal(result.timedOut, true);
    assert.deepEqual([result.code, result.signal], [null, "SIGTERM"]);
    assert.equal(result.stdout, "before\n");
    const child = await pidIn(join(dir, "child"));
    await until("the child is gone", () => !runs(child));
  });
});

Deno.test("runCommand() kills a command that ignores the request to end", async () => {
  const argv = shell("trap '' TERM; while :; do sleep 1; done");
  const result = await runCommand({ argv, ...limits, timeoutSeconds: 0.2 });
  assert.deepEqual([result.timedOut, result.signal], [true, "SIGKILL"]);
});

Deno.test("runCommand() ends the command and throws the reason when it is aborted", async () => {
  await inTempDir(async (dir) => {
    const controller = new AbortController();
    const argv = shell("echo $$ >pid; sleep 60");
    const running = runCommand({ argv, cwd: dir, ...limits, signal: controller.signal });
    const pid = await pidIn(join(dir, "pid"));
    controller.abort(new Error("the user left"));
    await assert.rejects(running, /the user left/);
    assert.equal(runs(pid), false);
    await assert.rejects(runCommand({ argv, ...limits, signal: controller.signal }), /user left/);
  });
});

Deno.test("runCommand() does not wait for what the command leaves in the background", async () => {
  await inTempDir(async (dir) => {
    const argv = shell("echo done; sleep 60 & echo $! >child");
    const result = await runCommand({ argv, cwd: dir, ...limits });
    assert.deepEqual([result.code, result.stdout], [0, "done\n"]);
    const child = await pidIn(join(dir, "child"));
    assert.equal(runs(child), true);
    Deno.kill(child, "SIGKILL");
  });
});

Deno.test("runCommand() refuses what cannot be started, naming it", async () => {
  await inTempDir(async (dir) => {
    const argv = ["no-such-program"];
    await assert.rejects(runCommand({ argv, ...limits }), {
      code: "unavailable",
      message: 'Cannot start program "no-such-program": no such program',
    });
    const cwd = join(dir, "gone");
    await assert.rejects(runCommand({ argv: ["true"], cwd, ...limits }), {
      code: "io",
      message: `Cannot use working directory "${cwd}": no such file or directory`,
    });
  });
});
