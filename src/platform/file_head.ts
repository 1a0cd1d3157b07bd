// Owns: a synchronous look at a file, and making the folder it will lie in.

import { dirname } from "node:path";
import { HermesError } from "../base/errors.ts";

/**
 * Creates the folder a file will lie in.
 *
 * @throws HermesError `io` naming the folder when it cannot be made.
 */
export function makeParentDir(path: string): void {
  const dir = dirname(path);
  try {
    Deno.mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new HermesError("io", `Cannot create folder "${dir}": ${reasonOf(error)}`, {
      remedy: "Make the folder writable for this user, or point HERMES_HOME at one that is.",
      cause: error,
    });
  }
}

/**
 * The first `bytes` bytes of a file (fewer when it is shorter), or null when there is no file.
 *
 * @throws HermesError `io` when the file exists and cannot be read.
 */
export function readHead(path: string, bytes: number): Uint8Array | null {
  try {
    using file = Deno.openSync(path, { read: true });
    const head = new Uint8Array(bytes);
    const count = file.readSync(head) ?? 0;
    return head.subarray(0, count);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new HermesError("io", `Cannot read file "${path}": ${reasonOf(error)}`, {
      remedy: "Check the file's permissions.",
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/ \(os error \d+\).*$/, "") : String(error);
}
