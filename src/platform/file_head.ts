// Owns: synchronous looks at a file, and at the folder it will lie in.

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
 * Bytes of a file, or null when there is none. The file is not opened.
 *
 * @throws HermesError `io` when it cannot be looked at.
 */
export function sizeOf(path: string): number | null {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw cannotRead(path, error);
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
    throw cannotRead(path, error);
  }
}

function cannotRead(path: string, cause: unknown): HermesError {
  return new HermesError("io", `Cannot read file "${path}": ${reasonOf(cause)}`, {
    remedy: "Check the file's permissions.",
    cause,
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/ \(os error \d+\).*$/, "") : String(error);
}
