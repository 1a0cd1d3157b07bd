// Owns: tests of boards on full disks, in places that cannot be written, and on file systems that refuse WAL.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { backUp, restore } from "../../src/kernel/care/backup.ts";
import { createTask } from "../../src/kernel/create.ts";
import { inspectFile } from "../../src/kernel/engine/sqlite_file.ts";
import { inTempDir } from "./board_fixture.ts";
import { eventually } from "./eventually.ts";
import { boardFile, namesIn, titlesIn } from "./damage.ts";

/** Whether this machine lets tests mount a file system of their own. */
const canMount = Deno.build.os === "linux" && Deno.uid() === 0 && tryMount();

function tryMount(): boolean {
  const dir = Deno.makeTempDirSync();
  const mounted = mount(dir, "size=64k");
  if (mounted) unmount(dir);
  Deno.removeSync(dir);
  return mounted;
}

function mount(dir: string, options: string): boolean {
  return succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir);
}

function unmount(dir: string): void {
  assert.ok(succeeds("umount", dir));
}

function succeeds(program: string, ...args: string[]): boolean {
  try {
    return new Deno.Command(program, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

async function onSmallDisk(options: string, body: (dir: string) => Promise<void>): Promise<void> {
  await inTempDir(async (dir) => {
    assert.ok(mount(dir, options));
    try {
      await body(dir);
    } finally {
      unmount(dir);
    }
  });
}

Deno.test({
  name: "a full disk: the task that does not fit is refused by name, every other one is there",
  ignore: !canMount,
  fn: () =>
    onSmallDisk("size=900k", async (dir) => {
      const path = join(dir, "kanban.db");
      const board = await openBoard({ slug: "default", path });
      const created: string[] = [];
      const refusal = await (async () => {
        for (let number = 0; number < 500; number++) {
          const title = `task ${number}`;
          await createTask(board, { title, body: "x".repeat(20_000) });
          created.push(title);
        }
      })().catch((error) => error);
      assert.equal(refusal.code, "io");
      assert.match(refusal.message, /the disk is full/);
      assert.match(refusal.remedy, /Free some space/);
      assert.ok(created.length > 3);
      assert.deepEqual(titlesIn(path), created);
      await assert.rejects(backUp(path, join(dir, "copy.db")), { code: "io" });
      assert.ok(namesIn(dir).every((name) => !name.endsWith(".tmp") && name !== "copy.db"));
      await board.close();
      assert.equal((await inspectFile(path)).state, "sound");
      assert.deepEqual(titlesIn(path), created);
    }),
});

Deno.test({
  name: "a full disk: a restore that does not fit leaves the board as it was",
  ignore: !canMount,
  fn: () =>
    inTempDir(async (elsewhere) => {
      const large = await boardFile(elsewhere, 1500);
      await onSmallDisk("size=600k", async (dir) => {
        const path = await boardFile(dir, 2);
        const before = namesIn(dir);
        await assert.rejects(restore(path, large, { now: 1 }), { code: "io" });
        assert.deepEqual(namesIn(dir).filter((name) => !/-(wal|shm)$/.test(name)), before);
        assert.deepEqual(titlesIn(path), ["task 1", "task 2"]);
        assert.equal((await inspectFile(path)).state, "sound");
      });
    }),
});

Deno.test("a limit on file sizes: the error names the board, and nothing that was written is lost", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 2);
    const module = new URL("./race/fill_board.ts", import.meta.url).pathname;
    // 512-byte blocks: the board may grow to 512 KiB.
    const { code, stdout } = await new Deno.Command("sh", {
      args: [
        "-c",
        'trap "" XFSZ; ulimit -f 1024; exec "$0" run -A --quiet "$1" "$2"',
        Deno.execPath(),
        module,
        path,
      ],
      stderr: "inherit",
    }).output();
    assert.equal(code, 0);
    const said = JSON.parse(new TextDecoder().decode(stdout));
    assert.equal(said.code, "io");
    assert.ok(said.message.includes(path), said.message);
    assert.ok(said.created > 3);
    assert.equal((await inspectFile(path)).state, "sound");
    assert.equal(titlesIn(path).length, 2 + said.created);
  }));

Deno.test({
  name: "a read-only disk: the refusal names the board, and no backup is begun",
  ignore: !canMount,
  fn: () =>
    onSmallDisk("size=2m", async (dir) => {
      const path = await boardFile(dir, 2);
      // Busy for as long as a process that was just forked elsewhere still has our descriptors.
      await eventually("it is read-only", () => succeeds("mount", "-o", "remount,ro", dir));
      const error = await openBoard({ slug: "default", path }).then(async (board) => {
        try {
          await createTask(board, { title: "x" });
        } finally {
          await board.close();
        }
      }).catch((thrown) => thrown);
      assert.equal(error.code, "io");
      assert.ok(error.message.includes(path), error.message);
      const copy = await Deno.makeTempDir();
      await assert.rejects(backUp(path, join(dir, "copy.db")), { code: "io" });
      await Deno.remove(copy);
    }),
});

Deno.test("a home below a file, or in a place without folders, is refused with what to do", () =>
  inTempDir(async (dir) => {
    await Deno.writeTextFile(join(dir, "file"), "");
    for (const home of [join(dir, "file", "home"), "/proc/nowhere/home"]) {
      await assert.rejects(openBoard({ slug: "default", path: join(home, "kanban.db") }), {
        code: "io",
        message: new RegExp(`^Cannot create folder "${home}"`),
        remedy: /HERMES_HOME/,
      });
    }
  }));

Deno.test("U-068 P-049 where WAL cannot work a new board uses the rollback journal and says so", () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    // WAL's index is memory shared through this file; a folder in its place is as bad as a file
    // system that cannot share memory.
    await Deno.mkdir(`${path}-shm`);
    for (let time = 1; time <= 2; time++) {
      const board = await openBoard({ slug: "default", path });
      assert.equal(board.engine.info.journal, "delete");
      assert.match(board.engine.info.notices.join(), /refused WAL.*delete journal/);
      await createTask(board, { title: `task ${time}` });
      await board.close();
    }
    assert.deepEqual(titlesIn(path), ["task 1", "task 2"]);
    assert.equal((await inspectFile(path)).state, "sound");
  }));

Deno.test("P-049 a board that is in WAL stays in it where WAL cannot work: refused, not converted", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 2);
    await Deno.remove(`${path}-shm`).catch(() => {});
    await Deno.mkdir(`${path}-shm`);
    const before = await Deno.readFile(path);
    await assert.rejects(
      openBoard({ slug: "default", path }).then(async (board) => {
        try {
          await createTask(board, { title: "x" });
        } finally {
          await board.close();
        }
      }),
      { code: "io" },
    );
    assert.deepEqual(await Deno.readFile(path), before);
  }));
