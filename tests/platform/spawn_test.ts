import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { endTree } from "../../src/platform/kill_tree.ts";
import { isAlive } from "../../src/platform/process.ts";
import { spawnDetached } from "../../src/platform/spawn.ts";
import { ended, inTempDir, startShell } from "./world.ts";

const path = Deno.env.get("PATH")!;

function failsWith(code: string, ...words: string[]) {
  return (thrown: unknown) => {
    assert.ok(thrown instanceof HermesError, String(thrown));
    assert.equal(thrown.code, code);
    for (const word of words) assert.ok(thrown.message.includes(word), thrown.message);
    return true;
  };
}

Deno.test("S-095 spawnDetached() gives no input, an own session, the asked folder", async () => {
  const script = "cat | wc -c; ps -o pgid=,sid= -p $$; pwd -P; readlink /proc/$$/fd/0";
  await inTempDir(async (dir) => {
    const process = await startShell(dir, script);
    assert.deepEqual(await ended(process), { code: 0, signal: null });
    const lines = (await Deno.readTextFile(join(dir, "log"))).trim().split("\n");
    const pid = process.identity.pid;
    assert.equal(lines[0]?.trim(), "0");
    assert.deepEqual(lines[1]?.trim().split(/\s+/), [`${pid}`, `${pid}`]);
    assert.equal(lines[2], dir);
    if (Deno.build.os === "linux") assert.equal(lines[3], "/dev/null");
  });
});

Deno.test("S-095 spawnDetached() appends stdout and stderr to the log", async () => {
  await inTempDir(async (dir) => {
    await Deno.writeTextFile(join(dir, "log"), "earlier attempt\n");
    await ended(await startShell(dir, "echo out; echo err >&2"));
    assert.equal(await Deno.readTextFile(join(dir, "log")), "earlier attempt\nout\nerr\n");
  });
});

Deno.test("spawnDetached() passes the given environment and nothing else", async () => {
  await inTempDir(async (dir) => {
    Deno.env.set("HERMES_TEST_LEAK", "1");
    try {
      const env = { PATH: path, HERMES_A: "b c\nd" };
      const argv = ["env", "-0"];
      await ended(await spawnDetached({ argv, cwd: dir, env, logPath: join(dir, "log") }));
      const entries = (await Deno.readTextFile(join(dir, "log"))).split("\0").filter((e) =>
        e !== ""
      );
      assert.deepEqual(entries.sort(), ["HERMES_A=b c\nd", `PATH=${path}`]);
    } finally {
      Deno.env.delete("HERMES_TEST_LEAK");
    }
  });
});

Deno.test("S-010 spawnDetached() hands over arguments, program and folders with odd characters", async () => {
  await inTempDir(async (dir) => {
    const program = join(dir, "wörk er");
    await Deno.writeTextFile(program, '#!/bin/sh\nprintf "%s|" "$@"\n', { mode: 0o755 });
    const args = ["-p", "a b", "", "$HOME", "*", "日本", "'\""];
    await Deno.symlink(dir, `${dir}/link`);
    const logPath = join(dir, "link", "lög");
    await ended(await spawnDetached({ argv: [program, ...args], cwd: dir, env: {}, logPath }));
    assert.equal(await Deno.readTextFile(logPath), args.map((arg) => `${arg}|`).join(""));
  });
});

Deno.test("spawnDetached() starts Deno itself without touching the program's arguments", async () => {
  await inTempDir(async (dir) => {
    const script = join(dir, "main.ts");
    await Deno.writeTextFile(script, "console.log(JSON.stringify(Deno.args));");
    const args = ["-p", "x", "--skills", "y", "-e", "chat", "-q", "work"];
    const argv = [Deno.execPath(), "run", "-A", "--quiet", script, ...args];
    const env = { PATH: path, HOME: dir, DENO_DIR: join(dir, "cache") };
    await ended(await spawnDetached({ argv, cwd: dir, env, logPath: join(dir, "log") }));
    assert.deepEqual(JSON.parse(await Deno.readTextFile(join(dir, "log"))), args);
  });
});

Deno.test("spawnDetached() reports how the process ended", async () => {
  await inTempDir(async (dir) => {
    assert.deepEqual(await ended(await startShell(dir, "exit 75")), { code: 75, signal: null });
    const killed = await startShell(dir, "kill -KILL $$");
    assert.deepEqual(await ended(killed), { code: null, signal: "SIGKILL" });
    assert.equal(isAlive(killed.identity), false);
  });
});

Deno.test("spawnDetached() knows the identity of a program that ends at once", async () => {
  await inTempDir(async (dir) => {
    const process = await spawnDetached({
      argv: ["true"],
      cwd: dir,
      env: { PATH: path },
      logPath: join(dir, "log"),
    });
    assert.match(process.identity.startTime, /\d/);
    await ended(process);
  });
});

Deno.test("spawnDetached() refuses a program that does not exist or is not executable, naming it", async () => {
  await inTempDir(async (dir) => {
    const plain = join(dir, "plain");
    await Deno.writeTextFile(plain, "text");
    const start = (program: string) =>
      spawnDetached({ argv: [program], cwd: dir, env: { PATH: path }, logPath: join(dir, "log") });
    await assert.rejects(start("no-such-program"), failsWith("unavailable", '"no-such-program"'));
    await assert.rejects(start(join(dir, "gone")), failsWith("unavailable", join(dir, "gone")));
    await assert.rejects(start(plain), failsWith("unavailable", plain, "not executable"));
    await assert.rejects(start(""), failsWith("invalid"));
  });
});

Deno.test("spawnDetached() looks the program up in the PATH of the child", async () => {
  await inTempDir(async (dir) => {
    await Deno.writeTextFile(join(dir, "only-here"), "#!/bin/sh\necho found\n", { mode: 0o755 });
    const logPath = join(dir, "log");
    const argv = ["only-here"];
    await ended(await spawnDetached({ argv, cwd: dir, env: { PATH: dir }, logPath }));
    assert.equal(await Deno.readTextFile(logPath), "found\n");
  });
});

Deno.test("spawnDetached() refuses a missing folder and a log that cannot be opened", async () => {
  await inTempDir(async (dir) => {
    const start = (cwd: string, logPath: string) =>
      spawnDetached({ argv: ["true"], cwd, env: { PATH: path }, logPath });
    await assert.rejects(start(join(dir, "gone"), join(dir, "log")), failsWith("io", "gone"));
    await assert.rejects(start(dir, join(dir, "gone", "log")), failsWith("io", "gone/log"));
    await Deno.writeTextFile(join(dir, "file"), "");
    await assert.rejects(start(join(dir, "file"), join(dir, "log")), failsWith("io", "directory"));
  });
});

Deno.test("spawnDetached() leaves the worker running when the starter ends by itself", async () => {
  await inTempDir(async (dir) => {
    const starter = join(dir, "starter.ts");
    const spawnUrl = new URL("../../src/platform/spawn.ts", import.meta.url).href;
    await Deno.writeTextFile(
      starter,
      `import { spawnDetached } from ${JSON.stringify(spawnUrl)};
       const { identity } = await spawnDetached({
         argv: ["sleep", "60"], cwd: ".", env: { PATH: Deno.env.get("PATH")! }, logPath: "log",
       });
       console.log(JSON.stringify(identity));`,
    );
    const output = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", "--no-check", starter],
      cwd: dir,
    }).output();
    const identity = JSON.parse(new TextDecoder().decode(output.stdout));
    assert.equal(isAlive(identity), true);
    await endTree({ identity, graceMs: 1000 });
    assert.equal(isAlive(identity), false);
  });
});
