import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { resolveWorkspace } from "../../src/workspace/resolve.ts";
import { inTempDir } from "../platform/world.ts";

const scratch = { id: "t_1", workspace_kind: "scratch", workspace_path: null, branch_name: null };

function failsWith(code: string, ...words: string[]) {
  return (thrown: unknown) => {
    assert.ok(thrown instanceof HermesError, String(thrown));
    assert.equal(thrown.code, code);
    for (const word of words) assert.ok(thrown.message.includes(word), thrown.message);
    return true;
  };
}

Deno.test("S-106 S-010 resolveWorkspace() makes a scratch folder named after the task", async () => {
  await inTempDir(async (dir) => {
    const roots = { workspacesRoot: join(dir, "not yet", "wörk spaces") };
    const path = join(roots.workspacesRoot, "t_1");
    const expected = { path, branch: null };
    assert.deepEqual(await resolveWorkspace(scratch, roots), { ...expected, created: true });
    assert.deepEqual([...Deno.readDirSync(path)], []);
  });
});

Deno.test("S-106 resolveWorkspace() keeps what an earlier attempt left in the scratch folder", async () => {
  await inTempDir(async (dir) => {
    const roots = { workspacesRoot: dir };
    const { path } = await resolveWorkspace(scratch, roots);
    await Deno.writeTextFile(join(path, "draft"), "half done");
    assert.equal((await resolveWorkspace(scratch, roots)).created, false);
    assert.equal(await Deno.readTextFile(join(path, "draft")), "half done");
  });
});

Deno.test("S-107 resolveWorkspace() makes a missing dir workspace and takes an existing one", async () => {
  await inTempDir(async (dir) => {
    const path = join(dir, "a", "b");
    const task = { ...scratch, workspace_kind: "dir", workspace_path: path };
    const roots = { workspacesRoot: join(dir, "w") };
    assert.deepEqual(await resolveWorkspace(task, roots), { path, branch: null, created: true });
    assert.deepEqual(await resolveWorkspace(task, roots), { path, branch: null, created: false });
    const explicit = { ...scratch, workspace_path: join(dir, "mine") };
    assert.equal((await resolveWorkspace(explicit, roots)).path, join(dir, "mine"));
  });
});

Deno.test("S-107 P-066 resolveWorkspace() refuses a relative path of any kind, naming it", async () => {
  await inTempDir(async (dir) => {
    for (const workspace_kind of ["scratch", "dir", "worktree"]) {
      for (const workspace_path of ["some/where", "./x", "../x", "~/x"]) {
        await assert.rejects(
          resolveWorkspace({ ...scratch, workspace_kind, workspace_path }, { workspacesRoot: dir }),
          failsWith("invalid", `"${workspace_path}"`, "must be absolute"),
        );
      }
    }
    assert.deepEqual([...Deno.readDirSync(dir)], []);
  });
});

Deno.test("resolveWorkspace() refuses a missing path, an unknown kind and an id that is a path", async () => {
  await inTempDir(async (dir) => {
    const roots = { workspacesRoot: dir };
    const resolve = (change: Partial<typeof scratch>) =>
      resolveWorkspace({ ...scratch, ...change }, roots);
    await assert.rejects(resolve({ workspace_kind: "dir" }), failsWith("invalid", "t_1", "dir"));
    await assert.rejects(resolve({ workspace_kind: "worktree" }), failsWith("invalid", "t_1"));
    await assert.rejects(resolve({ workspace_kind: "cloud" }), failsWith("invalid", "cloud"));
    for (const id of ["", ".", "..", "../x", "a/b", "-x"]) {
      await assert.rejects(resolve({ id }), failsWith("invalid", `"${id}"`));
    }
  });
});

Deno.test("resolveWorkspace() says which folder the operating system refused", async () => {
  await inTempDir(async (dir) => {
    await Deno.writeTextFile(join(dir, "file"), "");
    const task = { ...scratch, workspace_kind: "dir", workspace_path: join(dir, "file", "x") };
    await assert.rejects(
      resolveWorkspace(task, { workspacesRoot: dir }),
      failsWith("io", join(dir, "file", "x")),
    );
  });
});
