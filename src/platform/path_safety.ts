// Owns: deciding where a path really leads, and deleting nothing outside a given folder.

import { HermesError } from "../base/errors.ts";
import { ioError, isMissing } from "./io_error.ts";
import {
  absolutePath,
  isAbsolutePath,
  joinPath,
  lastComponent,
  parentPath,
  splitPath,
  workingDir,
} from "./paths.ts";

/** Symbolic links followed before a path counts as circular, as in the kernel. */
const maxLinks = 40;

/**
 * Where `path` leads once every symbolic link is followed, as the operating system would: `..` after
 * a link goes up from the link's target. What does not exist yet is appended as it stands.
 *
 * @throws HermesError `io` when links run in a circle or a folder may not be searched.
 */
export async function realPathOf(path: string): Promise<string> {
  const start = splitPath(isAbsolutePath(path) ? path : `${workingDir()}/${path}`);
  const waiting = start.components.reverse();
  let real = start.root;
  let links = 0;
  while (waiting.length > 0) {
    const component = waiting.pop()!;
    if (component === ".") continue;
    if (component === "..") {
      real = parentPath(real);
      continue;
    }
    const next = joinPath(real, component);
    const link = await linkTarget(next);
    if (link === null) {
      real = next;
      continue;
    }
    if (++links > maxLinks) {
      throw ioError("resolve", "path", path, { code: "ELOOP" });
    }
    const target = splitPath(link);
    if (target.root) real = target.root;
    waiting.push(...target.components.reverse());
  }
  return real;
}

/** True when `path`, after following links on both sides, is `root` or lies below it. */
export async function isInside(root: string, path: string): Promise<boolean> {
  return depthBelow(await realPathOf(root), await realPathOf(path)) !== null;
}

/**
 * Deletes a file or a folder with all it holds, if it lies below `root`. A symbolic link is itself
 * deleted, never what it names.
 *
 * @returns false when there was nothing to delete.
 * @throws HermesError `forbidden` when `path` is `root` or, links followed, lies outside of it; `io`
 * when the operating system refuses.
 */
export async function removeTreeInside(root: string, path: string): Promise<boolean> {
  const real = await realPathOf(path);
  const realRoot = await realPathOf(root);
  const absolute = absolutePath(path);
  const place = joinPath(await realPathOf(parentPath(absolute)), lastComponent(absolute));
  for (const checked of [real, place]) {
    if ((depthBelow(realRoot, checked) ?? 0) > 0) continue;
    throw new HermesError(
      "forbidden",
      `Cannot remove folder "${path}": it is not below "${root}"`,
      {
        remedy: "Remove it by hand if it is no longer needed.",
      },
    );
  }
  const target = await linkTarget(place) === null ? real : place;
  try {
    await Deno.remove(target, { recursive: true });
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw ioError("remove", "folder", path, thrown);
  }
}

/** How many components `path` lies below `root`; null when it does not. Both are real paths. */
function depthBelow(root: string, path: string): number | null {
  const above = splitPath(root);
  const below = splitPath(path);
  const inside = above.root === below.root &&
    above.components.every((component, index) => component === below.components[index]);
  return inside ? below.components.length - above.components.length : null;
}

async function linkTarget(path: string): Promise<string | null> {
  try {
    return (await Deno.lstat(path)).isSymlink ? await Deno.readLink(path) : null;
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw ioError("resolve", "path", path, thrown);
  }
}
