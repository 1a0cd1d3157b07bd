// Owns: folders that are nobody's for long.

import { ioError } from "./io_error.ts";
import { realPathOf } from "./path_safety.ts";

/**
 * Makes an empty folder that only this user may enter, in the machine's place for temporary files, and
 * returns its absolute path with every link followed. Who asks for it removes it.
 *
 * @throws HermesError `io`.
 */
export async function makeTempDir(prefix: string): Promise<string> {
  try {
    return await realPathOf(await Deno.makeTempDir({ prefix }));
  } catch (thrown) {
    throw ioError("create", "temporary folder", prefix, thrown);
  }
}
