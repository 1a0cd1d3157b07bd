import assert from "node:assert/strict";
import { join } from "node:path";
import { hostName, identify, isAlive, selfIdentity } from "../../src/platform/process.ts";
import { parsePs, parseStat, readProcess } from "../../src/platform/process_table.ts";
import { ended, inTempDir, pidIn, runs, until, withProcess, withShell } from "./world.ts";

Deno.test("isAlive() is true while a process runs and false once it is gone", async () => {
  await withShell("sleep 60", {}, async (process) => {
    assert.equal(isAlive(process.identity), true);
    assert.deepEqual(identify(process.identity.pid), process.identity);
    Deno.kill(process.identity.pid, "SIGKILL");
    await ended(process);
    assert.equal(isAlive(process.identity), false);
    assert.equal(identify(process.identity.pid), null);
  });
});

Deno.test("S-099 P-001 isAlive() takes a zombie for dead although signals still reach it", async () => {
  // The shell turns into a program that never collects the child it started, and only then tells of it.
  const script = `sleep 60 & exec sh -c 'echo "$0" >child; exec sleep 61' "$!"`;
  await withShell(script, {}, async (_parent, dir) => {
    const child = await pidIn(join(dir, "child"));
    const identity = await until("the child runs", () => identify(child));
    Deno.kill(child, "SIGKILL");
    await until("the child is a zombie", () => readProcess(child)?.dead);
    assert.doesNotThrow(() => Deno.kill(child, "SIGCONT"));
    assert.equal(isAlive(identity), false);
    assert.equal(identify(child), null);
  });
});

Deno.test("isAlive() is false when the pid now belongs to another process", async () => {
  await withShell("sleep 60", {}, (process) => {
    const before = { ...process.identity, startTime: String(+process.identity.startTime - 1) };
    assert.equal(isAlive(before), false);
  });
});

Deno.test("isAlive() is false for a process of another boot", () => {
  assert.equal(isAlive({ ...selfIdentity(), bootId: "an-earlier-boot" }), false);
});

Deno.test("selfIdentity() is this process and lives", () => {
  assert.equal(selfIdentity().pid, Deno.pid);
  assert.equal(isAlive(selfIdentity()), true);
  assert.notEqual(selfIdentity().bootId, "");
});

Deno.test("identify() is null for numbers that are no pid", () => {
  for (const pid of [0, -1, 1.5, NaN, 2 ** 40]) assert.equal(identify(pid), null);
});

Deno.test("identify() reads past a program name made of spaces and parentheses", async () => {
  await inTempDir(async (dir) => {
    const program = join(dir, "a) Z 1 (b");
    await Deno.copyFile(Deno.build.os === "linux" ? "/bin/sleep" : "/bin/cat", program);
    await Deno.chmod(program, 0o755);
    const logPath = join(dir, "log");
    await withProcess({ argv: [program, "60"], cwd: dir, env: {}, logPath }, ({ identity }) => {
      assert.equal(runs(identity.pid), true);
      assert.equal(readProcess(identity.pid)?.parent, Deno.pid);
    });
  });
});

Deno.test("parseStat() counts fields from the last parenthesis", () => {
  const line = "12 (x) S 7 (y) S 3 4 5 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 98765 0 0";
  assert.deepEqual(parseStat(line), {
    pid: 12,
    parent: 3,
    group: 4,
    startTime: "98765",
    dead: false,
  });
  assert.equal(parseStat(line.replace(") S 3", ") Z 3"))?.dead, true);
  assert.equal(parseStat(line.replace(") S 3", ") X 3"))?.dead, true);
  assert.equal(parseStat(""), null);
});

Deno.test("parsePs() reads the columns macOS prints", () => {
  const text =
    "  501     1   501 Ss   Mon Mar  2 10:00:00 2026    \n 7 1 7 Z+ Tue Mar  3 11:00:00 2026\n";
  assert.deepEqual(parsePs(text), [
    { pid: 501, parent: 1, group: 501, startTime: "Mon Mar  2 10:00:00 2026", dead: false },
    { pid: 7, parent: 1, group: 7, startTime: "Tue Mar  3 11:00:00 2026", dead: true },
  ]);
});

Deno.test("hostName() is not empty", () => {
  assert.notEqual(hostName(), "");
});
