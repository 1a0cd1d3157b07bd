// Owns: a file that names this process for as long as it runs.

import { readTextIfExists, writeTextAtomic } from "./files.ts";
import { ioError, isMissing } from "./io_error.ts";

/** A file that holds this process's id. */
export interface PidFile {
  /** Removes the file, unless another process has put its own id into it. */
  release(): Promise<void>;
}

/**
 * Writes the id of this process to `path`, over whatever a process that is gone has left there.
 *
 * @throws HermesError `io`.
 */
export async function writePidFile(path: string): Promise<PidFile> {
  const text = `${Deno.pid}\n`;
  await writeTextAtomic(path, text);
  return {
    async release() {
      if (await readTextIfExists(path) !== text) return;
      try {
        await Deno.remove(path);
      } catch (thrown) {
        if (!isMissing(thrown)) throw ioError("remove", "file", path, thrown);
      }
    },
  };
}
