// Owns: moving a profile's folder to another name.

import { HermesError } from "../base/errors.ts";
import { exists } from "../platform/files.ts";
import { movePath } from "../platform/transfer.ts";

/**
 * Moves the folder `from` to `to`, the home of a profile called `name`.
 *
 * @throws HermesError `refused` when something is there already; `io`.
 */
export async function renameProfile(from: string, to: string, name: string): Promise<void> {
  if (await exists(to)) {
    throw new HermesError("refused", `Cannot rename to profile "${name}": ${to} exists already`, {
      remedy: "Choose another name, or delete that profile first.",
    });
  }
  await movePath(from, to);
}
