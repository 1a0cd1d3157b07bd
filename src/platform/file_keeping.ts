// Owns: keeping and replacing whole files — second names, swaps, digests, what lies in a folder, how old it is.

import { createHash } from "node:crypto";
import { ioError, isMissing, osErrorCode } from "./io_error.ts";
import { joinPath, parentPath } from "./paths.ts";

const chunkBytes = 256 * 1024;

/** A file in a folder. */
export interface FileEntry {
  name: string;
  /** Bytes. */
  size: number;
  /** Epoch seconds of the last change to its content. */
  changedAt: number;
}

/**
 * The ordinary files directly in `path` in alphabetical order, links left out; empty when it does not exist.
 *
 * @throws HermesError `io`.
 */
export async function listFiles(path: string): Promise<FileEntry[]> {
  const files: FileEntry[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      if (!entry.isFile) continue;
      const file = await fileEntry(joinPath(path, entry.name));
      if (file) files.push({ ...file, name: entry.name });
    }
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw ioError("list", "folder", path, thrown);
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Size and age of a file; null when there is none. The name is empty. @throws HermesError `io`. */
export async function fileEntry(path: string): Promise<FileEntry | null> {
  try {
    const { size, mtime } = await Deno.stat(path);
    return { name: "", size, changedAt: Math.floor((mtime?.getTime() ?? 0) / 1000) };
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw ioError("look at", "file", path, thrown);
  }
}

/**
 * The SHA-256 of the contents of several files one after the other, as lower-case hex. Files that do not exist
 * count as empty.
 *
 * @throws HermesError `io`.
 */
export async function digestFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) {
    try {
      using file = await Deno.open(path, { read: true });
      const chunk = new Uint8Array(chunkBytes);
      for (let count; (count = await file.read(chunk)) !== null;) {
        hash.update(chunk.subarray(0, count));
      }
    } catch (thrown) {
      if (!isMissing(thrown)) throw ioError("read", "file", path, thrown);
    }
  }
  return hash.digest("hex");
}

/**
 * Gives the file `path` a second name, under which it stays when the first name goes to another file. Where the
 * file system knows no second names, the file is copied.
 *
 * @throws HermesError `io`, also when something is at `kept` already.
 */
export async function keepFileAs(path: string, kept: string): Promise<void> {
  try {
    await Deno.link(path, kept);
  } catch (thrown) {
    if (osErrorCode(thrown) === "EEXIST") throw ioError("write", "file", kept, thrown);
    try {
      await Deno.copyFile(path, kept);
    } catch (second) {
      throw ioError("copy", "file", path, second);
    }
  }
}

/**
 * Puts the file `fresh` in the place of `path` in one step: at every moment one of the two is there, also after a
 * power cut.
 *
 * @throws HermesError `io`.
 */
export async function replaceFile(fresh: string, path: string): Promise<void> {
  try {
    using file = await Deno.open(fresh, { read: true });
    await file.sync();
    await Deno.rename(fresh, path);
    using folder = await Deno.open(parentPath(path), { read: true });
    // Some file systems cannot write a folder through; the rename itself has happened.
    await folder.sync().catch(() => {});
  } catch (thrown) {
    throw ioError("replace", "file", path, thrown);
  }
}

/** Removes a file; false when there was none. @throws HermesError `io`. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await Deno.remove(path);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw ioError("remove", "file", path, thrown);
  }
}
