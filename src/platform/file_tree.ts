// Owns: looking at a folder tree: what lies in it, of which kind and how large.

import { ioError, isMissing } from "./io_error.ts";
import { joinPath } from "./paths.ts";

/** One thing in a folder tree. Links are reported, never followed. */
export interface TreeEntry {
  /** Path below the root of the walk, with `/` between components. */
  path: string;
  kind: "file" | "folder" | "link" | "other";
  /** Bytes; 0 for anything but a file. */
  size: number;
  /** True for a folder that was listed but not entered. */
  skipped: boolean;
}

/** How far a walk goes. */
export interface WalkOptions {
  /** Levels below the root; 1 = only what lies directly in it. */
  maxDepth: number;
  /** Names of folders that are listed but not entered. */
  skip: readonly string[];
}

/**
 * What lies below `root`, folders before their contents, names in alphabetical order. Things that
 * vanish during the walk, and folders that may not be read, are left out.
 *
 * @throws HermesError `io` when `root` itself cannot be listed.
 */
export async function* walkTree(root: string, options: WalkOptions): AsyncGenerator<TreeEntry> {
  yield* walk(root, "", 1, options, await entriesOf(root));
}

/** Kind and size of what `path` names, links followed; null when there is nothing. */
export async function lookAt(
  path: string,
): Promise<{ kind: "file" | "folder" | "other"; size: number } | null> {
  try {
    const found = await Deno.stat(path);
    const kind = found.isFile ? "file" : found.isDirectory ? "folder" : "other";
    return { kind, size: found.isFile ? found.size : 0 };
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw ioError("look at", "path", path, thrown);
  }
}

/** What tells a file from another one that came to lie at its place; null when there is nothing. */
export async function fileIdentity(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await Deno.stat(path);
    return `${dev}:${ino}`;
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw ioError("look at", "path", path, thrown);
  }
}

async function* walk(
  root: string,
  below: string,
  depth: number,
  options: WalkOptions,
  entries: Deno.DirEntry[],
): AsyncGenerator<TreeEntry> {
  for (const entry of entries) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (!entry.isDirectory) {
      const kind = entry.isSymlink ? "link" : entry.isFile ? "file" : "other";
      const size = entry.isFile ? await sizeOf(joinPath(root, path)) : 0;
      if (size !== null) yield { path, kind, size, skipped: false };
      continue;
    }
    const skipped = options.skip.includes(entry.name) || depth >= options.maxDepth;
    yield { path, kind: "folder", size: 0, skipped };
    if (skipped) continue;
    const inside = await entriesOf(joinPath(root, path)).catch(() => []);
    yield* walk(root, path, depth + 1, options, inside);
  }
}

async function entriesOf(path: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(path));
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (thrown) {
    throw ioError("list", "folder", path, thrown);
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await Deno.lstat(path)).size;
  } catch {
    return null;
  }
}
