// Owns: removing the folders that hermes made for tasks, and nothing else.

import { listDirs, removeTreeInside } from "../platform/files.ts";

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

/** The ids of the tasks that have a scratch folder below `root`, in alphabetical order. The trash is none. */
export async function scratchDirs(root: string): Promise<string[]> {
  return (await listDirs(root)).filter((name) => !name.startsWith("."));
}
