// Owns: comparing secrets.

import { createHash, timingSafeEqual as equalBytes } from "node:crypto";

/** Whether two texts are equal, in a time that depends on neither's content nor length. */
export function timingSafeEqual(one: string, other: string): boolean {
  return equalBytes(digest(one), digest(other));
}

function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
