// Owns: reading and writing files line by line, without giving up the thread in between.

import { randomIds } from "../base/ids.ts";
import { ioError } from "./io_error.ts";
import { joinPath, lastComponent, parentPath } from "./paths.ts";

const chunkBytes = 256 * 1024;

/**
 * The lines of a file without their ends. A last line without an end counts.
 *
 * @throws HermesError `io`.
 */
export function* readLines(path: string): Generator<string> {
  let file: Deno.FsFile | undefined;
  try {
    file = Deno.openSync(path, { read: true });
    const decoder = new TextDecoder();
    const chunk = new Uint8Array(chunkBytes);
    let parts: string[] = [];
    for (let count = file.readSync(chunk); count !== null; count = file.readSync(chunk)) {
      const lines = decoder.decode(chunk.subarray(0, count), { stream: true }).split("\n");
      parts.push(lines[0]!);
      if (lines.length === 1) continue;
      yield parts.join("");
      yield* lines.slice(1, -1);
      parts = [lines.at(-1)!];
    }
    const last = parts.join("") + decoder.decode();
    if (last !== "") yield last;
  } catch (thrown) {
    throw ioError("read", "file", path, thrown);
  } finally {
    file?.close();
  }
}

/**
 * Hands `write` a place for text that becomes the file `path` when `write` returns; when it throws, what was at
 * `path` stays.
 *
 * @returns bytes written.
 * @throws HermesError `io`, or what `write` throws.
 */
export async function writeWhole(
  path: string,
  write: (append: (text: string) => void) => Promise<void>,
): Promise<number> {
  const name = `.${lastComponent(path).slice(0, 200)}.${randomIds.token(6)}.tmp`;
  const temporary = joinPath(parentPath(path), name);
  const encoder = new TextEncoder();
  let size = 0;
  try {
    using file = await Deno.open(temporary, { write: true, createNew: true });
    await write((text) => {
      const bytes = encoder.encode(text);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      size += bytes.length;
    });
    await file.sync();
    await Deno.rename(temporary, path);
    return size;
  } catch (thrown) {
    await Deno.remove(temporary).catch(() => {});
    throw ioErrorOrOwn(path, thrown);
  }
}

/** The bytes of a file; null when it cannot be read. */
export function readBytes(path: string): Uint8Array | null {
  try {
    return Deno.readFileSync(path);
  } catch {
    return null;
  }
}

/** Writes a file that is not there yet. @throws HermesError `io`. */
export function writeBytes(path: string, bytes: Uint8Array): void {
  try {
    Deno.writeFileSync(path, bytes, { createNew: true });
  } catch (thrown) {
    throw ioError("write", "file", path, thrown);
  }
}

/** Only what the operating system says is about the file. */
function ioErrorOrOwn(path: string, thrown: unknown): unknown {
  const code = (thrown as { code?: unknown } | null)?.code;
  const own = !(thrown instanceof Error) || typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code);
  return own ? thrown : ioError("write", "file", path, thrown);
}
