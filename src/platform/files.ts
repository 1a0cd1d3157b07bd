// Owns: reading and writing files, whole or at nothing, with errors that name the path.

import { randomIds } from "../base/ids.ts";
import { characterStart } from "./captured_output.ts";
import { ioError, isMissing } from "./io_error.ts";
import { joinPath, lastComponent, parentPath } from "./paths.ts";
import { realPathOf } from "./path_safety.ts";

export { expandHome } from "./paths.ts";
export { isInside, realPathOf, removeTreeInside } from "./path_safety.ts";

/**
 * The text of a file; null when it does not exist.
 *
 * @throws HermesError `io` when it exists but cannot be read.
 */
export async function readTextIfExists(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw ioError("read", "file", path, thrown);
  }
}

/**
 * Replaces a file in one step: readers see the old text or the new, never a part, also after a power
 * cut. Follows a symbolic link to the file it names. Keeps the mode of an existing file.
 *
 * @param options.mode permission bits, for instance `0o600` for secrets.
 * @throws HermesError `io`; the old file is then untouched.
 */
export async function writeTextAtomic(
  path: string,
  text: string,
  options: { mode?: number } = {},
): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await realPathOf(path);
    const mode = options.mode ?? await modeOf(target) ?? 0o644;
    temporary = joinPath(
      parentPath(target),
      `.${lastComponent(target).slice(0, 200)}.${randomIds.token(6)}.tmp`,
    );
    const file = await Deno.open(temporary, { write: true, createNew: true, mode });
    try {
      await writeAll(file, new TextEncoder().encode(text));
      await file.sync();
    } finally {
      file.close();
    }
    // The mode given to open is narrowed by the umask.
    await Deno.chmod(temporary, mode);
    await Deno.rename(temporary, target);
  } catch (thrown) {
    if (temporary) await Deno.remove(temporary).catch(() => {});
    throw ioError("write", "file", path, thrown);
  }
}

/**
 * Adds text to the end of a file, which is created when missing.
 *
 * @throws HermesError `io`.
 */
export async function appendText(path: string, text: string): Promise<void> {
  try {
    await Deno.writeTextFile(path, text, { append: true });
  } catch (thrown) {
    throw ioError("append to", "file", path, thrown);
  }
}

/**
 * Makes sure that a folder exists, with all above it.
 *
 * @param mode permission bits of folders that are created.
 * @throws HermesError `io`, also when something that is no folder is in the way.
 */
export async function ensureDir(path: string, mode?: number): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true, mode });
  } catch (thrown) {
    throw ioError("create", "folder", path, thrown);
  }
}

/** True when there is something at `path`; a dangling symbolic link is nothing. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw ioError("look at", "path", path, thrown);
  }
}

/** The end of a file. */
export interface Tail {
  text: string;
  /** Size of the whole file in bytes. */
  size: number;
  /** The text does not begin at the start of the file. */
  truncated: boolean;
}

/**
 * The last `maxBytes` bytes of a file as text, from the start of a line; when those bytes are all one
 * line, from its first whole character. A file that does not exist reads as empty.
 *
 * @throws HermesError `io`.
 */
export async function tailText(path: string, maxBytes: number): Promise<Tail> {
  try {
    using file = await Deno.open(path, { read: true });
    const size = (await file.stat()).size;
    if (size <= maxBytes) {
      return { text: decode(await readAt(file, 0, size)), size, truncated: false };
    }
    // One byte more shows whether the window begins at the start of a line.
    const bytes = await readAt(file, size - maxBytes - 1, maxBytes + 1);
    const newline = bytes.indexOf(0x0a);
    const oneLine = newline < 0 || newline === bytes.length - 1;
    const start = oneLine ? characterStart(bytes, 1) : newline + 1;
    return { text: decode(bytes.subarray(start)), size, truncated: true };
  } catch (thrown) {
    if (isMissing(thrown)) return { text: "", size: 0, truncated: false };
    throw ioError("read", "file", path, thrown);
  }
}

/**
 * Renames a file larger than `maxBytes` to `<path>.1`, replacing the one that was there. Who has the
 * file open goes on writing to the renamed one.
 *
 * @returns whether it was renamed.
 * @throws HermesError `io`.
 */
export async function rotateIfLarger(path: string, maxBytes: number): Promise<boolean> {
  try {
    if ((await Deno.stat(path)).size <= maxBytes) return false;
    await Deno.rename(path, `${path}.1`);
    return true;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw ioError("rotate", "file", path, thrown);
  }
}

/**
 * Names of the folders directly in `path`, links to folders included, in alphabetical order; empty
 * when it does not exist.
 *
 * @throws HermesError `io`.
 */
export async function listDirs(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      const isDir = entry.isDirectory ||
        entry.isSymlink && await isDirectory(joinPath(path, entry.name));
      if (isDir) names.push(entry.name);
    }
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw ioError("list", "folder", path, thrown);
  }
  return names.sort();
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}

async function modeOf(path: string): Promise<number | null> {
  try {
    const { mode } = await Deno.stat(path);
    return mode === null ? null : mode & 0o7777;
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  let at = 0;
  while (at < bytes.length) at += await file.write(bytes.subarray(at));
}

async function readAt(file: Deno.FsFile, offset: number, length: number): Promise<Uint8Array> {
  await file.seek(offset, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const count = await file.read(bytes.subarray(at));
    if (count === null) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
