// Owns: removing the folders that hermes made for tasks, and nothing else.

import { listDirs, removeTreeInside } from "../platform/files.ts";
import { joinPath } from "../platform/paths.ts";

/**
 * Deletes the scratch folder at `path` with all it holds.
 *
 * @returns false when it was gone already.
 * @throws HermesError `forbidden` when the path, links followed, is not below `workspacesRoot`: such a
 * folder is somebody's own. `io` when the operating system refuses.
 */
export async function removeScratch(
  path: string,
  roots: { workspacesRoot: string },
): Promise<boolean> {
  return await removeTreeInside(roots.workspacesRoot, path);
}

/** Where the scratch folder of a task lies unless the task names another place. */
export function scratchPath(id: string, roots: { workspacesRoot: string }): string {
  return joinPath(roots.workspacesRoot, id);
}

/** The ids of the tasks that have a scratch folder below `root`, in alphabetical order. The trash is none. */
export async function scratchDirs(root: string): Promise<string[]> {
  return (await listDirs(root)).filter((name) => !name.startsWith("."));
}
