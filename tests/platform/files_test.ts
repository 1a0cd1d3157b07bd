import assert from "node:assert/strict";
import { join } from "node:path";
import {
  appendText,
  ensureDir,
  exists,
  expandHome,
  listDirs,
  readTextIfExists,
  rotateIfLarger,
  tailText,
  writeTextAtomic,
} from "../../src/platform/files.ts";
import { inTempDir } from "./world.ts";

Deno.test("readTextIfExists() is null only for what does not exist", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "ä b");
    assert.equal(await readTextIfExists(path), null);
    await appendText(path, "one\n");
    await appendText(path, "two\n");
    assert.equal(await readTextIfExists(path), "one\ntwo\n");
    await assert.rejects(readTextIfExists(dir), {
      code: "io",
      message: `Cannot read file "${dir}": is a directory`,
    });
    await assert.rejects(readTextIfExists(join(path, "x")), { code: "io" });
  });
});

Deno.test("writeTextAtomic() replaces a file, keeps its mode and leaves nothing beside it", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "config.yaml");
    await writeTextAtomic(path, "first", { mode: 0o600 });
    await writeTextAtomic(path, "second ünï");
    assert.equal(await Deno.readTextFile(path), "second ünï");
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    await writeTextAtomic(path, "for all", { mode: 0o666 });
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o666);
    assert.deepEqual([...Deno.readDirSync(dir)].map((entry) => entry.name), ["config.yaml"]);
  });
});

Deno.test("S-010 writeTextAtomic() follows a link instead of replacing it", async () => {
  await inTempDir(async (dir) => {
    await Deno.mkdir(join(dir, "dot files"));
    for (const target of ["dot files/a", "dot files/new"]) {
      const link = join(dir, "link");
      await Deno.symlink(target, link);
      await writeTextAtomic(link, target);
      assert.equal(await Deno.readTextFile(join(dir, target)), target);
      assert.equal((await Deno.lstat(link)).isSymlink, true);
      await Deno.remove(link);
    }
  });
});

Deno.test("writeTextAtomic() never shows a part of a text to a reader", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "f");
    const texts = ["a", "b"].map((letter) => letter.repeat(300_000));
    await writeTextAtomic(path, texts[0]!);
    let writing = true;
    const writer = (async () => {
      for (let round = 0; round < 20; round++) await writeTextAtomic(path, texts[round % 2]!);
      writing = false;
    })();
    while (writing) assert.ok(texts.includes(await Deno.readTextFile(path)));
    await writer;
  });
});

Deno.test("writeTextAtomic() that fails names the path and leaves the old text", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "gone", "f");
    await assert.rejects(writeTextAtomic(path, "x"), {
      code: "io",
      message: `Cannot write file "${path}": no such file or directory`,
    });
    await Deno.mkdir(join(dir, "folder"));
    await assert.rejects(writeTextAtomic(join(dir, "folder"), "x"), { code: "io" });
    assert.deepEqual([...Deno.readDirSync(dir)].map((entry) => entry.name), ["folder"]);
  });
});

Deno.test("a full disk is named as such with what to do", async () => {
  const isLinux = await exists("/dev/full");
  if (!isLinux) return;
  await assert.rejects(appendText("/dev/full", "x"), (thrown: Error & { remedy?: string }) => {
    assert.equal(thrown.message, 'Cannot append to file "/dev/full": no space left on device');
    assert.match(thrown.remedy ?? "", /free some space/);
    return true;
  });
});

Deno.test("ensureDir() makes all folders above and takes an existing one", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "a", "b");
    await ensureDir(path, 0o700);
    await ensureDir(path);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o700);
    await Deno.writeTextFile(join(path, "f"), "");
    await assert.rejects(ensureDir(join(path, "f")), {
      code: "io",
      message: `Cannot create folder "${join(path, "f")}": already exists`,
    });
  });
});

Deno.test("exists() sees files, folders and links that lead somewhere", async () => {
  await inTempDir(async (dir) => {
    await Deno.symlink("nowhere", join(dir, "dangling"));
    await Deno.symlink(dir, join(dir, "link"));
    const seen = await Promise.all(["", "link", "dangling", "x"].map((n) => exists(join(dir, n))));
    assert.deepEqual(seen, [true, true, false, false]);
  });
});

Deno.test("S-103 tailText() starts at a whole line", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "log");
    await Deno.writeTextFile(path, "first line\nsecond\nthird\n");
    const tail = async (maxBytes: number) => await tailText(path, maxBytes);
    assert.deepEqual(await tail(1000), {
      text: "first line\nsecond\nthird\n",
      size: 24,
      truncated: false,
    });
    assert.equal((await tail(24)).truncated, false);
    assert.deepEqual(await tail(20), { text: "second\nthird\n", size: 24, truncated: true });
    assert.equal((await tail(13)).text, "second\nthird\n", "the window begins with a line");
    assert.equal((await tail(12)).text, "third\n");
  });
});

Deno.test("S-103 tailText() shows a window of one giant line, from a whole character", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "log");
    await Deno.writeTextFile(path, "short\n" + "x".repeat(100));
    assert.equal((await tailText(path, 10)).text, "x".repeat(10));
    await appendText(path, "\n");
    assert.equal((await tailText(path, 10)).text, "x".repeat(9) + "\n");
    await Deno.writeTextFile(path, "日".repeat(50));
    assert.equal((await tailText(path, 10)).text, "日日日");
  });
});

Deno.test("S-103 tailText() reads a missing file as empty", async () => {
  await inTempDir(async (dir) => {
    const expected = { text: "", size: 0, truncated: false };
    assert.deepEqual(await tailText(join(dir, "none"), 10), expected);
    await Deno.writeTextFile(join(dir, "empty"), "");
    assert.deepEqual(await tailText(join(dir, "empty"), 10), expected);
    await assert.rejects(tailText(dir, 10), { code: "io" });
  });
});

Deno.test("S-103 rotateIfLarger() keeps one generation", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "t_1.log");
    assert.equal(await rotateIfLarger(path, 5), false);
    await Deno.writeTextFile(path, "12345");
    assert.equal(await rotateIfLarger(path, 5), false);
    for (const text of ["older text", "newer text"]) {
      await Deno.writeTextFile(path, text);
      assert.equal(await rotateIfLarger(path, 5), true);
    }
    assert.deepEqual([...Deno.readDirSync(dir)].map((entry) => entry.name), ["t_1.log.1"]);
    assert.equal(await Deno.readTextFile(`${path}.1`), "newer text");
  });
});

Deno.test("listDirs() names folders and links to folders in order", async () => {
  await inTempDir(async (dir) => {
    for (const name of ["b", "a"]) await Deno.mkdir(join(dir, name));
    await Deno.symlink("a", join(dir, "c"));
    await Deno.symlink("nowhere", join(dir, "d"));
    await Deno.writeTextFile(join(dir, "e"), "");
    assert.deepEqual(await listDirs(dir), ["a", "b", "c"]);
    assert.deepEqual(await listDirs(join(dir, "none")), []);
    await assert.rejects(listDirs(join(dir, "e")), { code: "io" });
  });
});

Deno.test("expandHome() replaces a leading tilde only", () => {
  const cases = [["~", "/h"], ["~/a b", "/h/a b"], ["~bob/x", "~bob/x"], ["/a/~", "/a/~"], [
    "",
    "",
  ]];
  for (const [path, expected] of cases) assert.equal(expandHome(path!, "/h"), expected);
});
