// Owns: a folder that exists only as long as something is done in it.

import { removeTreeInside } from "../platform/files.ts";
import { parentPath } from "../platform/paths.ts";
import { makeTempDir } from "../platform/temp_dir.ts";

/** Runs `body` with an empty folder of its own, which is removed afterwards. @throws HermesError `io`. */
export async function withFolder<T>(
  prefix: string,
  body: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await makeTempDir(prefix);
  try {
    return await body(folder);
  } finally {
    await removeTreeInside(parentPath(folder), folder);
  }
}
