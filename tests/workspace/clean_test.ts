import assert from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../src/platform/files.ts";
import { removeScratch, scratchDirs } from "../../src/workspace/clean.ts";
import { inTempDir } from "../platform/world.ts";

Deno.test("P-063 removeScratch() deletes a folder below the managed root only", async () => {
  await inTempDir(async (dir) => {
    const roots = { workspacesRoot: join(dir, "workspaces") };
    const scratch = join(roots.workspacesRoot, "t_1");
    const source = join(dir, "source");
    await Deno.mkdir(join(scratch, "deep"), { recursive: true });
    await Deno.mkdir(source);
    await Deno.symlink(source, join(scratch, "deep", "link"));
    await Deno.writeTextFile(join(source, "keep"), "");
    await Deno.symlink(source, join(roots.workspacesRoot, "t_2"));

    for (const path of [source, roots.workspacesRoot, "/", join(roots.workspacesRoot, "t_2")]) {
      await assert.rejects(removeScratch(path, roots), { code: "forbidden" });
    }
    assert.equal(await removeScratch(scratch, roots), true);
    assert.equal(await exists(scratch), false);
    assert.equal(await removeScratch(scratch, roots), false);
    assert.equal(await exists(join(source, "keep")), true);
  });
});

Deno.test("scratchDirs() lists the ids that have a folder", async () => {
  await inTempDir(async (dir) => {
    await Deno.mkdir(join(dir, "t_2"));
    await Deno.mkdir(join(dir, "t_1"));
    await Deno.writeTextFile(join(dir, "note"), "");
    assert.deepEqual(await scratchDirs(dir), ["t_1", "t_2"]);
    assert.deepEqual(await scratchDirs(join(dir, "gone")), []);
  });
});
