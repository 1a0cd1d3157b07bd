// Owns: one git worktree per task, beside the others of its repository.

import { HermesError } from "../base/errors.ts";
import { appendText, ensureDir, exists, readTextIfExists, realPathOf } from "../platform/files.ts";
import { isAbsolutePath, joinPath, lastComponent, parentPath } from "../platform/paths.ts";
import { git, gitReason, tryGit } from "./git.ts";

const folder = ".worktrees";

/** A working folder of a repository. */
export interface Worktree {
  /** Absolute path. */
  path: string;
  /** The branch checked out in it; null for a detached head. */
  branch: string | null;
  /** False when it was there before. */
  created: boolean;
}

/**
 * The worktree of a task: an existing one is used again, else `<repository>/.worktrees/<id>` is added
 * on `branch` (`wt/<id>` when null), which is created from HEAD unless it exists.
 *
 * @param path absolute path of any folder of the repository, its worktrees included.
 * @throws HermesError `unavailable` with git's own words, `invalid` for a branch git would misread.
 */
export async function resolveWorktree(
  id: string,
  path: string,
  branch: string | null,
): Promise<Worktree> {
  const root = await mainRoot(withoutWorktree(id, path));
  const target = joinPath(root, folder, id);
  const known = (await listWorktrees(root)).get(target);
  if (known && await exists(joinPath(target, ".git"))) {
    return { path: target, branch: known.branch, created: false };
  }
  // Git refuses to add what it still has on its books although somebody deleted the folder.
  if (known) await git(root, ["worktree", "prune"], "prune worktrees of", root);
  await hideWorktrees(root);
  const name = branch ?? `wt/${id}`;
  await addWorktree(root, target, name);
  return { path: target, branch: name, created: true };
}

async function addWorktree(root: string, target: string, branch: string): Promise<void> {
  if (branch === "" || branch.startsWith("-")) {
    throw new HermesError("invalid", `Cannot create branch "${branch}": not a branch name`, {
      remedy: "Choose a name that does not start with a dash.",
    });
  }
  const found = await tryGit(root, ["show-ref", "--verify", "--quiet", `refs/heads/${branch}`]);
  const args = found.code === 0 ? [target, branch] : ["-b", branch, target];
  await git(root, ["worktree", "add", ...args], "create worktree", target);
}

/** A path that an earlier attempt resolved, whose folder may be gone, stands for its repository. */
function withoutWorktree(id: string, path: string): string {
  const parent = parentPath(path);
  const isOwn = lastComponent(path) === id && lastComponent(parent) === folder;
  return isOwn ? parentPath(parent) : path;
}

/** The repository's main working folder, also when `path` lies in one of its linked worktrees. */
async function mainRoot(path: string): Promise<string> {
  if (!await exists(path)) {
    throw new HermesError("unavailable", `Cannot use repository "${path}": no such folder`, {
      remedy: "Give the absolute path of an existing git repository.",
    });
  }
  const answer = await tryGit(path, [
    "rev-parse",
    "--show-toplevel",
    "--git-dir",
    "--git-common-dir",
  ]);
  const [top, own, common] = answer.stdout.split("\n");
  if (answer.code !== 0 || !top || !own || !common) {
    throw new HermesError("unavailable", `Cannot use repository "${path}": ${gitReason(answer)}`, {
      remedy: "Give the absolute path of a git repository with a working folder.",
    });
  }
  const isLinked = await realPathOf(from(path, own)) !== await realPathOf(from(path, common));
  return isLinked ? [...(await listWorktrees(path)).keys()][0] ?? top : top;
}

/** The repository's worktrees by path, the main one first. */
async function listWorktrees(root: string): Promise<Map<string, { branch: string | null }>> {
  const output = await git(
    root,
    ["worktree", "list", "--porcelain"],
    "list worktrees of",
    root,
  );
  const worktrees = new Map<string, { branch: string | null }>();
  let current: { branch: string | null } = { branch: null };
  for (const line of output.split("\n")) {
    if (line.startsWith("worktree ")) {
      worktrees.set(line.slice("worktree ".length), current = { branch: null });
    } else if (line.startsWith("branch refs/heads/")) {
      current.branch = line.slice("branch refs/heads/".length);
    }
  }
  return worktrees;
}

/** Keeps the worktrees out of the repository's status without touching a file that is committed. */
async function hideWorktrees(root: string): Promise<void> {
  const answer = await git(
    root,
    ["rev-parse", "--git-path", "info/exclude"],
    "find exclude file of",
    root,
  );
  const file = from(root, answer.replace(/\n$/, ""));
  const text = await readTextIfExists(file) ?? "";
  const pattern = `/${folder}/`;
  if (text.split(/\r?\n/).includes(pattern)) return;
  await ensureDir(parentPath(file));
  await appendText(file, `${text === "" || text.endsWith("\n") ? "" : "\n"}${pattern}\n`);
}

function from(base: string, path: string): string {
  return isAbsolutePath(path) ? path : joinPath(base, path);
}
