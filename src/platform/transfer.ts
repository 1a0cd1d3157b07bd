// Owns: copying, writing and moving files or folders, never over something that is there.

import { HermesError } from "../base/errors.ts";
import { ioError, osErrorCode } from "./io_error.ts";

const chunkBytes = 64 * 1024;

/**
 * Copies the file `source` to `target`, which must not exist yet.
 *
 * @param maxBytes a file that is larger, or grows while it is read, is refused and nothing stays behind.
 * @returns the bytes copied; null when something is at `target` already.
 * @throws HermesError `invalid` when the file is too large; `io`.
 */
export async function copyFileNew(
  source: string,
  target: string,
  maxBytes: number,
): Promise<number | null> {
  using from = await openSource(source);
  let to: Deno.FsFile;
  try {
    to = await Deno.open(target, { write: true, createNew: true });
  } catch (thrown) {
    if (osErrorCode(thrown) === "EEXIST") return null;
    throw ioError("write", "file", target, thrown);
  }
  try {
    const copied = await pump(from, to, maxBytes);
    await to.sync();
    if (copied <= maxBytes) return copied;
    throw new HermesError(
      "invalid",
      `Cannot copy file "${source}": it is larger than ${maxBytes} bytes`,
    );
  } catch (thrown) {
    await Deno.remove(target).catch(() => {});
    throw ioError("copy", "file", source, thrown);
  } finally {
    to.close();
  }
}

/**
 * Writes a file that only this user may read and that must not exist yet.
 *
 * @throws HermesError `io`.
 */
export async function writeBytesNew(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await Deno.writeFile(path, bytes, { createNew: true, mode: 0o600 });
  } catch (thrown) {
    throw ioError("write", "file", path, thrown);
  }
}

/**
 * Lets `target` be executed by whom `source` may be executed by. Systems without such a permission stay as they are.
 *
 * @throws HermesError `io`.
 */
export async function copyExecutable(source: string, target: string): Promise<void> {
  try {
    const { mode } = await Deno.stat(source);
    if (mode !== null && (mode & 0o111) !== 0) await Deno.chmod(target, 0o644 | (mode & 0o111));
  } catch (thrown) {
    throw ioError("copy the permissions to", "file", target, thrown);
  }
}

/**
 * Moves a file or a folder with all it holds to `target` on the same file system.
 *
 * @throws HermesError `io`, also when something is at `target` already.
 */
export async function movePath(source: string, target: string): Promise<void> {
  try {
    // A rename would replace a file or an empty folder without a word.
    if (await isThere(target)) throw ioError("move to", "path", target, { code: "EEXIST" });
    await Deno.rename(source, target);
  } catch (thrown) {
    throw ioError("move", "path", source, thrown);
  }
}

async function openSource(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { read: true });
  } catch (thrown) {
    throw ioError("read", "file", path, thrown);
  }
}

/** Bytes copied; stops soon after `maxBytes`. */
async function pump(from: Deno.FsFile, to: Deno.FsFile, maxBytes: number): Promise<number> {
  const chunk = new Uint8Array(chunkBytes);
  let copied = 0;
  while (copied <= maxBytes) {
    const count = await from.read(chunk);
    if (count === null) break;
    for (let at = 0; at < count;) at += await to.write(chunk.subarray(at, count));
    copied += count;
  }
  return copied;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (thrown) {
    if (osErrorCode(thrown) === "ENOENT") return false;
    throw thrown;
  }
}
