// Owns: following a file that somebody else writes, character by whole character.

import { readPiece } from "../platform/file_stream.ts";

/** Bytes that are read at once. */
const pieceBytes = 128 * 1024;

/** A piece of a file that grows. */
export interface FollowedPiece {
  text: string;
  /** Bytes of the file up to the end of the text. */
  offset: number;
  /** Bytes of the whole file. */
  size: number;
  /** The file was replaced or cut: this is the beginning of another one. */
  restarted: boolean;
}

/** Reads a file from a place on, also while it does not exist yet. */
export class FileFollower {
  readonly #path: string;
  readonly #from: number;
  #place: { at: number; identity: string } | null = null;
  #decoder = new TextDecoder();
  #restarted = false;

  /** @param from byte to begin with; one that is negative counts back from the end. */
  constructor(path: string, from: number) {
    this.#path = path;
    this.#from = from;
  }

  /** What was added since the last call; null while there is nothing. @throws HermesError `io`. */
  async next(): Promise<FollowedPiece | null> {
    this.#place ??= await this.#begin();
    if (this.#place === null) return null;
    const piece = await readPiece(this.#path, this.#place.at, pieceBytes);
    if (piece === null) return null;
    const { identity, size } = piece;
    if (identity !== this.#place.identity || size < this.#place.at) {
      this.#place = { at: 0, identity };
      this.#decoder = new TextDecoder();
      this.#restarted = true;
      return await this.next();
    }
    if (piece.bytes.length === 0) return null;
    this.#place.at += piece.bytes.length;
    const restarted = this.#restarted;
    this.#restarted = false;
    const text = this.#decoder.decode(piece.bytes, { stream: true });
    return { text, offset: this.#place.at, size, restarted };
  }

  async #begin(): Promise<{ at: number; identity: string } | null> {
    const head = await readPiece(this.#path, 0, 0);
    if (head === null) return null;
    const { size, identity } = head;
    const wanted = this.#from < 0 ? size + this.#from : this.#from;
    // A reader that has seen more than there is has seen another file.
    const at = Math.max(0, wanted > size ? 0 : wanted);
    return { at: at === 0 ? 0 : at + await this.#restOfCharacter(at), identity };
  }

  /** Bytes at `at` that belong to a character before it. */
  async #restOfCharacter(at: number): Promise<number> {
    const bytes = (await readPiece(this.#path, at, 4))?.bytes ?? new Uint8Array();
    const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
    return Math.max(0, start);
  }
}
