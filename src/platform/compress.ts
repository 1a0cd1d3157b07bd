// Owns: making bytes fewer.

import { constants, gzip } from "node:zlib";

/** The bytes as gzip, quickly rather than tightly, and without holding up anything else. */
export function gzipQuickly(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    gzip(bytes, { level: constants.Z_BEST_SPEED }, (error, packed) => {
      if (error) reject(error);
      else resolve(new Uint8Array(packed));
    });
  });
}
