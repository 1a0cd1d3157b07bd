// Owns: a lock held by at most one process, given back by the operating system when that process dies.

import { ioError } from "./io_error.ts";

/** A lock that this process holds. */
export interface HeldLock {
  /** Gives the lock back; further calls do nothing. */
  release(): void;
}

/**
 * Takes the exclusive lock of `path` without waiting. The file holds the owner's pid for people to
 * read; it stays when the lock is released, since removing it would let two processes lock two files.
 *
 * @returns null when another process, or another holder in this one, has the lock.
 * @throws HermesError `io` when the file cannot be opened.
 */
export async function tryLock(path: string): Promise<HeldLock | null> {
  let file: Deno.FsFile | undefined;
  try {
    file = await Deno.open(path, { create: true, read: true, write: true });
    if (!await file.tryLock(true)) {
      file.close();
      return null;
    }
    await file.truncate();
    await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
  } catch (thrown) {
    file?.close();
    throw ioError("lock", "file", path, thrown);
  }
  let held: Deno.FsFile | undefined = file;
  return {
    release() {
      held?.close();
      held = undefined;
    },
  };
}
