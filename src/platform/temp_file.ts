// Owns: a file that is there for as long as somebody needs its path.

import { ioError } from "./io_error.ts";

/**
 * Writes `bytes` to a file that only this user can read and removes it after `body`.
 *
 * @throws HermesError `io`, and what `body` throws.
 */
export async function withTempFile<T>(
  bytes: Uint8Array,
  body: (path: string) => Promise<T>,
): Promise<T> {
  const path = await Deno.makeTempFile({ prefix: "hermes-" }).catch((thrown) => {
    throw ioError("create", "file", "in the temporary folder", thrown);
  });
  try {
    await Deno.writeFile(path, bytes).catch((thrown) => {
      throw ioError("write", "file", path, thrown);
    });
    return await body(path);
  } finally {
    await Deno.remove(path).catch(() => {});
  }
}
