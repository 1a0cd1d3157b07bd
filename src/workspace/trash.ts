// Owns: the trash — where scratch folders wait for some days before they are deleted for good.

import { HermesError } from "../base/errors.ts";
import { walkTree } from "../platform/file_tree.ts";
import { ensureDir, exists, isInside, listDirs, realPathOf } from "../platform/files.ts";
import { joinPath, lastComponent } from "../platform/paths.ts";
import { movePath } from "../platform/transfer.ts";
import { removeScratch } from "./clean.ts";

/** Lies inside the folder of the workspaces, on the same file system: moving something there is one rename. */
const folder = ".trash";

/** Levels of a scratch folder that are searched for worktrees. */
const searchedDepth = 4;

/** Where what was thrown away lies. */
export function trashFolder(workspacesRoot: string): string {
  return joinPath(workspacesRoot, folder);
}

/** Why a folder was left where it is. */
export type Kept = "outside" | "worktree" | "missing";

/**
 * Moves a scratch folder to the trash. A folder outside `workspacesRoot`, links followed, is somebody's own and
 * stays; so does one with a git worktree in it, whose work may be merged nowhere yet.
 *
 * @param now epoch seconds, from which the days in the trash count.
 * @returns where it lies now, or why it stays.
 * @throws HermesError `io`.
 */
export async function throwAway(
  path: string,
  roots: { workspacesRoot: string },
  now: number,
): Promise<{ trashed: string } | { kept: Kept }> {
  if (!await exists(path)) return { kept: "missing" };
  if (!await isManaged(path, roots)) return { kept: "outside" };
  if (await holdsWorktree(path)) return { kept: "worktree" };
  const trash = trashFolder(roots.workspacesRoot);
  await ensureDir(trash);
  const target = await freeName(joinPath(trash, `${lastComponent(path)}.${now}`));
  await movePath(path, target);
  return { trashed: target };
}

/**
 * Deletes what was thrown away at least `keepDays` days ago; returns how many folders.
 *
 * @throws HermesError `io`.
 */
export async function emptyTrash(
  roots: { workspacesRoot: string },
  keepDays: number,
  now: number,
): Promise<number> {
  const trash = trashFolder(roots.workspacesRoot);
  let emptied = 0;
  for (const name of await listDirs(trash)) {
    const thrownAt = /\.(\d+)(?:-\d+)?$/.exec(name)?.[1];
    if (thrownAt === undefined || Number(thrownAt) + keepDays * 86_400 > now) continue;
    if (await removeScratch(joinPath(trash, name), { workspacesRoot: trash })) emptied++;
  }
  return emptied;
}

/** Directly below the root, and the very folder rather than a link to another one. */
async function isManaged(path: string, { workspacesRoot }: { workspacesRoot: string }) {
  if (lastComponent(path) === folder) return false;
  const [root, real] = [await realPathOf(workspacesRoot), await realPathOf(path)];
  return real === joinPath(root, lastComponent(path)) && await isInside(root, real);
}

/** A linked worktree has a file `.git` where a repository has a folder. */
async function holdsWorktree(path: string): Promise<boolean> {
  const options = { maxDepth: searchedDepth, skip: ["node_modules", ".git"] };
  for await (const entry of walkTree(path, options)) {
    if (entry.kind === "file" && lastComponent(entry.path) === ".git") return true;
  }
  return false;
}

async function freeName(wanted: string): Promise<string> {
  for (let number = 1; number < 10_000; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!await exists(name)) return name;
  }
  throw new HermesError("io", `Cannot name "${wanted}" in the trash: all names are taken`);
}
