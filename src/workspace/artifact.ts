// Owns: finding a file that a worker says it made.

import { HermesError } from "../base/errors.ts";
import { lookAt } from "../platform/file_tree.ts";
import { isInside } from "../platform/files.ts";
import { isAbsolutePath, joinPath, lastComponent } from "../platform/paths.ts";

/**
 * The absolute path that `path` means, seen from the workspace; null when it is relative and there is none.
 *
 * @param confined whether the file, links followed, must lie inside the workspace.
 * @throws HermesError `forbidden` when it must and does not.
 */
export async function resolveWithin(
  workspace: string | null,
  path: string,
  confined: boolean,
): Promise<string | null> {
  const absolute = isAbsolutePath(path)
    ? path
    : workspace === null
    ? null
    : joinPath(workspace, path);
  if (absolute === null || !confined) return absolute;
  if (workspace !== null && await isInside(workspace, absolute)) return absolute;
  throw new HermesError(
    "forbidden",
    `Cannot hand over artifact "${path}": it lies outside the task's workspace`,
    { remedy: "Copy the file into the workspace first." },
  );
}

/** A regular file's name, path and size in bytes; null when there is none. */
export async function statFile(
  path: string,
): Promise<{ name: string; path: string; size: number } | null> {
  const found = await lookAt(path);
  if (found === null) return null;
  if (found.kind === "file") return { name: lastComponent(path), path, size: found.size };
  throw new HermesError("invalid", `Cannot hand over artifact "${path}": it is no regular file`, {
    remedy: "Pack a folder into an archive and name that.",
  });
}
