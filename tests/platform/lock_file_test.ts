import assert from "node:assert/strict";
import { join } from "node:path";
import { tryLock } from "../../src/platform/lock_file.ts";
import { ended, inTempDir, until, withProcess } from "./world.ts";

Deno.test("tryLock() has one holder and can be taken again after release", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "dispatch lock");
    const first = await tryLock(path);
    assert.ok(first);
    assert.equal(await Deno.readTextFile(path), `${Deno.pid}\n`);
    assert.equal(await tryLock(path), null);
    first.release();
    first.release();
    const second = await tryLock(path);
    assert.ok(second);
    first.release();
    assert.equal(await tryLock(path), null, "a stale handle must not free the lock");
    second.release();
  });
});

Deno.test("tryLock() gets the lock of a process that was killed", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "lock");
    const lockFile = new URL("../../src/platform/lock_file.ts", import.meta.url).href;
    await Deno.writeTextFile(
      join(dir, "holder.ts"),
      `import { tryLock } from ${JSON.stringify(lockFile)};
       console.log(await tryLock(${JSON.stringify(path)}) ? "held" : "refused");
       setInterval(() => {}, 1000);`,
    );
    const options = {
      argv: [Deno.execPath(), "run", "-A", "--quiet", "--no-check", join(dir, "holder.ts")],
      cwd: dir,
      env: { PATH: Deno.env.get("PATH")!, HOME: dir, DENO_DIR: join(dir, "cache") },
      logPath: join(dir, "log"),
    };
    await withProcess(options, async (holder) => {
      await until(
        "the holder answers",
        async () => await Deno.readTextFile(options.logPath) !== "",
      );
      assert.equal(await Deno.readTextFile(options.logPath), "held\n");
      assert.equal(await tryLock(path), null);
      assert.equal(await Deno.readTextFile(path), `${holder.identity.pid}\n`);
      Deno.kill(holder.identity.pid, "SIGKILL");
      await ended(holder);
      const lock = await tryLock(path);
      assert.ok(lock);
      lock.release();
    });
  });
});

Deno.test("tryLock() keeps the lock from programs its holder starts", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "lock");
    const lock = await tryLock(path);
    const argv = ["sleep", "60"];
    const env = { PATH: Deno.env.get("PATH")! };
    const options = { argv, cwd: dir, env, logPath: join(dir, "log") };
    await withProcess(options, async () => {
      lock!.release();
      const again = await tryLock(path);
      assert.ok(again);
      again.release();
    });
  });
});

Deno.test("tryLock() says which file cannot be opened", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "gone", "lock");
    await assert.rejects(tryLock(path), {
      code: "io",
      message: `Cannot lock file "${path}": no such file or directory`,
    });
  });
});
