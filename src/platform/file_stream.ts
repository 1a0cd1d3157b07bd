// Owns: reading a file piece by piece, as long as it lies where it should.

import { ioError, isMissing } from "./io_error.ts";
import { isInside, realPathOf } from "./path_safety.ts";

/** A file that is being read. Reading it to the end, or giving up, closes it. */
export interface OpenFile {
  stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Bytes. */
  size: number;
}

/**
 * Opens a regular file below `root`, links followed on both sides.
 *
 * @returns null when there is none, or it lies elsewhere.
 * @throws HermesError `io`.
 */
export async function openFileInside(root: string, path: string): Promise<OpenFile | null> {
  if (!await isInside(root, path)) return null;
  // The real path is opened: a link that is put in its place now leads nowhere else.
  const real = await realPathOf(path);
  try {
    const file = await Deno.open(real, { read: true });
    const { isFile, size } = await file.stat();
    if (isFile) return { stream: file.readable, size };
    file.close();
    return null;
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw ioError("read", "file", path, thrown);
  }
}

/** A piece of a file. */
export interface Piece {
  bytes: Uint8Array<ArrayBuffer>;
  /** Size of the whole file. */
  size: number;
  /** What tells the file from another that came to lie at its place. */
  identity: string;
}

/**
 * At most `most` bytes of a file, from the byte `from` on; null when there is no file.
 *
 * @throws HermesError `io`.
 */
export async function readPiece(path: string, from: number, most: number): Promise<Piece | null> {
  try {
    using file = await Deno.open(path, { read: true });
    const { size, dev, ino } = await file.stat();
    const bytes = new Uint8Array(Math.max(0, Math.min(most, size - from)));
    await file.seek(from, Deno.SeekMode.Start);
    let filled = 0;
    while (filled < bytes.length) {
      const count = await file.read(bytes.subarray(filled));
      if (count === null) break;
      filled += count;
    }
    return { bytes: bytes.subarray(0, filled), size, identity: `${dev}:${ino}` };
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw ioError("read", "file", path, thrown);
  }
}
