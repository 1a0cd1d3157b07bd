import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { resolveWorkspace } from "../../src/workspace/resolve.ts";
import { inTempDir } from "../platform/world.ts";

const resolver = new URL("../../src/workspace/resolve.ts", import.meta.url).href;

/** Runs git without the user's own settings and returns what it printed. */
async function git(cwd: string, ...args: string[]): Promise<string> {
  const output = await new Deno.Command("git", {
    args: ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args],
    cwd,
    env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert.ok(output.success, `git ${args.join(" ")}: ${decoder.decode(output.stderr)}`);
  return decoder.decode(output.stdout).trim();
}

async function inRepository(body: (repository: string, dir: string) => Promise<void>) {
  await inTempDir(async (dir) => {
    const repository = join(dir, "my repö");
    await Deno.mkdir(join(repository, "src"), { recursive: true });
    await git(repository, "init", "-q", "-b", "main");
    await Deno.writeTextFile(join(repository, "src", "a.txt"), "one\n");
    await git(repository, "add", ".");
    await git(repository, "commit", "-q", "-m", "first");
    await body(repository, dir);
  });
}

async function resolve(id: string, workspace_path: string, branch_name: string | null = null) {
  return await resolveWorkspace(
    { id, workspace_kind: "worktree", workspace_path, branch_name },
    { workspacesRoot: "/nonexistent" },
  );
}

function failsWith(...words: string[]) {
  return (thrown: unknown) => {
    assert.ok(thrown instanceof HermesError, String(thrown));
    assert.equal(thrown.code, "unavailable");
    for (const word of words) assert.ok(thrown.message.includes(word), thrown.message);
    return true;
  };
}

Deno.test("S-108 R-20 S-010 resolveWorkspace() adds a worktree on a branch of its own", async () => {
  await inRepository(async (repository) => {
    const path = join(repository, ".worktrees", "t_1");
    assert.deepEqual(await resolve("t_1", repository), { path, branch: "wt/t_1", created: true });
    assert.equal(await Deno.readTextFile(join(path, "src", "a.txt")), "one\n");
    assert.equal(await git(path, "symbolic-ref", "--short", "HEAD"), "wt/t_1");
    assert.equal(await git(repository, "symbolic-ref", "--short", "HEAD"), "main");
  });
});

Deno.test("R-20 resolveWorkspace() keeps worktrees out of the repository's status", async () => {
  await inRepository(async (repository) => {
    await Deno.writeTextFile(join(repository, ".git/info/exclude"), "*.tmp");
    await resolve("t_1", repository);
    await resolve("t_2", repository);
    assert.equal(await git(repository, "status", "--porcelain"), "");
    const exclude = await Deno.readTextFile(join(repository, ".git/info/exclude"));
    assert.equal(exclude, "*.tmp\n/.worktrees/\n");
  });
});

Deno.test("R-20 resolveWorkspace() finds the repository from a folder inside and from a worktree", async () => {
  await inRepository(async (repository, dir) => {
    const at = (id: string) => join(repository, ".worktrees", id);
    assert.equal((await resolve("t_1", join(repository, "src"))).path, at("t_1"));
    assert.equal((await resolve("t_2", at("t_1"))).path, at("t_2"));
    await Deno.symlink(repository, join(dir, "link"));
    assert.equal((await resolve("t_3", join(dir, "link"))).path, at("t_3"));
  });
});

Deno.test("R-20 resolveWorkspace() takes the task's worktree again, work included", async () => {
  await inRepository(async (repository) => {
    const { path } = await resolve("t_1", repository);
    await Deno.writeTextFile(join(path, "draft"), "half done");
    await git(path, "checkout", "-q", "-b", "renamed");
    const again = { path, branch: "renamed", created: false };
    assert.deepEqual(await resolve("t_1", repository), again);
    assert.deepEqual(await resolve("t_1", path), again);
    assert.equal(await Deno.readTextFile(join(path, "draft")), "half done");
  });
});

Deno.test("R-20 resolveWorkspace() adds the worktree anew when its folder was deleted", async () => {
  await inRepository(async (repository) => {
    const { path } = await resolve("t_1", repository);
    await Deno.writeTextFile(join(path, "b.txt"), "two\n");
    await git(path, "add", ".");
    await git(path, "commit", "-q", "-m", "second");
    await Deno.remove(path, { recursive: true });
    assert.deepEqual(await resolve("t_1", path), { path, branch: "wt/t_1", created: true });
    assert.equal(await Deno.readTextFile(join(path, "b.txt")), "two\n");
  });
});

Deno.test("R-20 resolveWorkspace() checks out the named branch, or creates it", async () => {
  await inRepository(async (repository) => {
    await git(repository, "branch", "feature/x");
    assert.equal((await resolve("t_1", repository, "feature/x")).branch, "feature/x");
    assert.equal((await resolve("t_2", repository, "feature/y")).branch, "feature/y");
    await git(repository, "show-ref", "--verify", "refs/heads/feature/y");
  });
});

Deno.test("R-20 P-065 resolveWorkspace() fails with git's own words when a branch is taken", async () => {
  await inRepository(async (repository) => {
    const { path } = await resolve("t_1", repository, "shared");
    const target = join(repository, ".worktrees", "t_2");
    await assert.rejects(
      resolve("t_2", repository, "shared"),
      failsWith(`Cannot create worktree "${target}": fatal:`, "shared", path),
    );
    await assert.rejects(resolve("t_3", repository, "bad..name"), failsWith("fatal:", "bad..name"));
    await assert.rejects(resolve("t_3", repository, "-f"), { code: "invalid" });
  });
});

Deno.test("R-20 resolveWorkspace() fails with git's own words where there is no repository", async () => {
  await inTempDir(async (dir) => {
    const plain = join(dir, "plain");
    await Deno.mkdir(plain);
    await assert.rejects(resolve("t_1", plain), failsWith(plain, "not a git repository"));
    await assert.rejects(resolve("t_1", join(dir, "gone")), failsWith(join(dir, "gone")));
    await git(plain, "init", "-q");
    await assert.rejects(resolve("t_1", plain), failsWith("Cannot create worktree", "fatal:"));
    assert.deepEqual([...Deno.readDirSync(plain)].map((entry) => entry.name), [".git"]);
  });
});

Deno.test("R-20 resolveWorkspace() is not led astray by a surrounding git hook", async () => {
  await inRepository(async (repository, dir) => {
    // In a process of its own: an environment belongs to all tests of this one.
    const code = `const { resolveWorkspace } = await import("${resolver}");
      const found = await resolveWorkspace(...${
      JSON.stringify([
        { id: "t_1", workspace_kind: "worktree", workspace_path: repository, branch_name: null },
        { workspacesRoot: "/nonexistent" },
      ])
    }); console.log(found.created);`;
    const output = await new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
      env: { GIT_DIR: join(dir, "elsewhere") },
    }).output();
    const decoder = new TextDecoder();
    assert.equal(decoder.decode(output.stdout), "true\n", decoder.decode(output.stderr));
  });
});

Deno.test("R-20 resolveWorkspace() adds worktrees of several tasks at once", async () => {
  await inRepository(async (repository) => {
    const ids = ["t_1", "t_2", "t_3", "t_4"];
    const found = await Promise.all(ids.map((id) => resolve(id, repository)));
    assert.equal(new Set(found.map((workspace) => workspace.path)).size, 4);
    assert.equal(await git(repository, "status", "--porcelain"), "");
  });
});
