// Owns: tests of throwing scratch folders away and of what is never thrown away.

import assert from "node:assert/strict";
import { join } from "node:path";
import { emptyTrash, throwAway, trashFolder } from "../../src/workspace/trash.ts";
import { scratchDirs } from "../../src/workspace/clean.ts";

const day = 86_400;

async function inRoots(
  body: (roots: { workspacesRoot: string }, dir: string) => Promise<void>,
): Promise<void> {
  const dir = await Deno.realPath(await Deno.makeTempDir({ prefix: "hermes trash " }));
  try {
    const workspacesRoot = join(dir, "workspaces");
    await Deno.mkdir(workspacesRoot);
    await body({ workspacesRoot }, dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function makeScratch(root: string, id: string): Promise<string> {
  const path = join(root, id);
  await Deno.mkdir(path);
  await Deno.writeTextFile(join(path, "work.md"), id);
  return path;
}

Deno.test("throwAway() keeps a scratch folder for the days asked for, then it is deleted", () =>
  inRoots(async (roots) => {
    const path = await makeScratch(roots.workspacesRoot, "t_1");
    const thrown = await throwAway(path, roots, 1000);
    assert.ok("trashed" in thrown);
    assert.equal(await Deno.readTextFile(join(thrown.trashed, "work.md")), "t_1");
    assert.deepEqual(await scratchDirs(roots.workspacesRoot), [], "the trash is no workspace");
    // A folder of the same name, thrown away in the same second, overwrites nothing.
    await throwAway(await makeScratch(roots.workspacesRoot, "t_1"), roots, 1000);
    assert.equal(await emptyTrash(roots, 7, 1000 + 7 * day - 1), 0);
    assert.equal(await emptyTrash(roots, 7, 1000 + 7 * day), 2);
    assert.deepEqual([...Deno.readDirSync(trashFolder(roots.workspacesRoot))], []);
    assert.equal(await emptyTrash({ workspacesRoot: join(path, "gone") }, 7, 1), 0);
  }));

Deno.test("P-063 throwAway() touches nothing outside the managed root, through links neither", () =>
  inRoots(async (roots, dir) => {
    const mine = await makeScratch(dir, "mine");
    const link = join(roots.workspacesRoot, "t_2");
    await Deno.symlink(mine, link);
    const nested = await makeScratch(await makeScratch(roots.workspacesRoot, "t_3"), "inner");
    const similar = `${roots.workspacesRoot}-old`;
    await Deno.mkdir(similar);
    const sibling = await makeScratch(similar, "t_4");
    for (
      const path of [
        mine,
        link,
        nested,
        sibling,
        roots.workspacesRoot,
        join(roots.workspacesRoot, "t_3", "..", "..", "mine"),
        "/",
      ]
    ) assert.deepEqual(await throwAway(path, roots, 1), { kept: "outside" }, path);
    assert.equal(await Deno.readTextFile(join(mine, "work.md")), "mine");
    assert.equal(await Deno.readTextFile(join(nested, "work.md")), "inner");
    assert.deepEqual(await throwAway(join(roots.workspacesRoot, "t_9"), roots, 1), {
      kept: "missing",
    });
  }));

Deno.test("emptyTrash() deletes a link in the trash, never what it names", () =>
  inRoots(async (roots, dir) => {
    const mine = await makeScratch(dir, "mine");
    await Deno.mkdir(trashFolder(roots.workspacesRoot));
    await Deno.symlink(mine, join(trashFolder(roots.workspacesRoot), "t_1.5"));
    await emptyTrash(roots, 0, 10).catch(() => 0);
    assert.equal(await Deno.readTextFile(join(mine, "work.md")), "mine");
  }));

Deno.test("a scratch folder with an unmerged worktree in it stays", () =>
  inRoots(async (roots) => {
    const path = await makeScratch(roots.workspacesRoot, "t_1");
    const git = async (cwd: string, ...args: string[]) => {
      const { success } = await new Deno.Command("git", {
        args: ["-c", "user.name=x", "-c", "user.email=x@x", ...args],
        cwd,
        stdout: "null",
        stderr: "null",
      }).output();
      assert.ok(success, args.join(" "));
    };
    const repository = join(roots.workspacesRoot, "..", "repository");
    await Deno.mkdir(repository);
    await git(repository, "init", "-q");
    await git(repository, "commit", "-q", "--allow-empty", "-m", "start");
    await git(repository, "worktree", "add", "-q", "-b", "work", join(path, "checkout"));
    assert.deepEqual(await throwAway(path, roots, 1), { kept: "worktree" });
    // A repository of the task's own goes with it.
    const other = await makeScratch(roots.workspacesRoot, "t_2");
    await git(other, "init", "-q");
    assert.ok("trashed" in await throwAway(other, roots, 1));
  }));
