import assert from "node:assert/strict";
import { join } from "node:path";
import { exists, isInside, realPathOf, removeTreeInside } from "../../src/platform/files.ts";
import { inTempDir } from "./world.ts";

Deno.test("S-010 realPathOf() follows links of the part that exists", async () => {
  await inTempDir(async (dir) => {
    await Deno.mkdir(join(dir, "real", "deep"), { recursive: true });
    await Deno.symlink("real/deep", join(dir, "relative"));
    await Deno.symlink(join(dir, "real"), join(dir, "absolute"));
    await Deno.symlink("absolute/none", join(dir, "dangling"));
    const cases = [
      ["relative", "real/deep"],
      ["absolute/deep/new/file", "real/deep/new/file"],
      ["dangling/x", "real/none/x"],
      ["relative/../x", "real/x"],
      ["./real//deep/.", "real/deep"],
      ["none/../real", "real"],
    ];
    for (const [path, expected] of cases) {
      assert.equal(await realPathOf(`${dir}/${path}`), join(dir, expected!), path);
    }
    assert.equal(await realPathOf("/"), "/");
    assert.equal(await realPathOf("/../.."), "/");
    assert.equal(await realPathOf("."), await Deno.realPath("."));
  });
});

Deno.test("realPathOf() refuses links that run in a circle", async () => {
  await inTempDir(async (dir) => {
    await Deno.symlink("b", join(dir, "a"));
    await Deno.symlink("a", join(dir, "b"));
    await assert.rejects(realPathOf(join(dir, "a", "x")), {
      code: "io",
      message: `Cannot resolve path "${join(dir, "a", "x")}": too many levels of symbolic links`,
    });
  });
});

Deno.test("P-056 isInside() compares components of real paths, not texts", async () => {
  await inTempDir(async (dir) => {
    const root = join(dir, "desk");
    for (const name of ["desk/sub", "desk-2", "other"]) {
      await Deno.mkdir(join(dir, name), { recursive: true });
    }
    await Deno.symlink(join(dir, "other"), join(root, "out"));
    await Deno.symlink(root, join(dir, "in"));
    const inside = ["desk", "desk/sub", "desk/new/file", "in/sub", "other/../desk/x", "desk/..x"];
    const outside = ["desk-2", "deskx", "", "other", "desk/out", "desk/out/new", "desk/../other"];
    for (const path of inside) assert.equal(await isInside(root, `${dir}/${path}`), true, path);
    for (const path of outside) assert.equal(await isInside(root, `${dir}/${path}`), false, path);
    assert.equal(await isInside(join(dir, "in"), join(root, "sub")), true);
    assert.equal(await isInside("/", root), true);
  });
});

Deno.test("P-063 removeTreeInside() deletes nothing outside the root, links followed", async () => {
  await inTempDir(async (dir) => {
    const root = join(dir, "root");
    const source = join(dir, "source");
    await Deno.mkdir(root);
    await Deno.mkdir(source);
    await Deno.writeTextFile(join(source, "keep"), "");
    await Deno.symlink(source, join(root, "link"));
    const refused = [
      root,
      `${root}/.`,
      `${root}/x/..`,
      dir,
      source,
      `${root}/../source`,
      join(root, "link"),
      join(root, "link", "keep"),
      `${root}-2`,
    ];
    for (const path of refused) {
      await assert.rejects(removeTreeInside(root, path), { code: "forbidden" }, path);
    }
    await Deno.mkdir(join(root, "t_1"));
    await Deno.symlink(join(root, "t_1"), join(source, "way in"));
    await assert.rejects(removeTreeInside(root, join(source, "way in")), { code: "forbidden" });
    assert.equal(await exists(join(source, "keep")), true);
    assert.equal(await exists(join(root, "t_1")), true);
  });
});

Deno.test("P-063 removeTreeInside() deletes a tree without following the links in it", async () => {
  await inTempDir(async (dir) => {
    const root = join(dir, "root");
    const source = join(dir, "source");
    await Deno.mkdir(join(root, "t_1", "deep"), { recursive: true });
    await Deno.mkdir(source);
    await Deno.writeTextFile(join(source, "keep"), "");
    await Deno.symlink(source, join(root, "t_1", "deep", "link"));
    await Deno.symlink(root, join(dir, "alias"));
    assert.equal(await removeTreeInside(root, join(dir, "alias", "t_1")), true);
    assert.deepEqual([...Deno.readDirSync(root)], []);
    assert.equal(await exists(join(source, "keep")), true);
    assert.equal(await removeTreeInside(root, join(root, "t_1")), false);
  });
});

Deno.test("removeTreeInside() deletes a link within the root, not what it names", async () => {
  await inTempDir(async (dir) => {
    await Deno.mkdir(join(dir, "a"));
    await Deno.symlink("a", join(dir, "b"));
    assert.equal(await removeTreeInside(dir, join(dir, "b")), true);
    assert.deepEqual([...Deno.readDirSync(dir)].map((entry) => entry.name), ["a"]);
  });
});
