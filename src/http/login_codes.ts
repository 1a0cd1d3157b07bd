// Owns: words that let a browser in once. Every user of a machine can see which addresses its programs are given.

import type { IdSource } from "../base/ids.ts";
import { tokenBytes } from "./token.ts";

/** Seconds in which a word can be used. */
const lifeSeconds = 300;
/** Words that are remembered at most. */
const maxCodes = 50;

/** Words that were given out and not used yet. */
export class LoginCodes {
  readonly #ids: IdSource;
  readonly #seconds: () => number;
  readonly #until = new Map<string, number>();

  /** @param seconds a clock that does not jump. */
  constructor(ids: IdSource, seconds: () => number) {
    this.#ids = ids;
    this.#seconds = seconds;
  }

  issue(): string {
    if (this.#until.size >= maxCodes) this.#until.delete(this.#until.keys().next().value!);
    const code = this.#ids.token(tokenBytes);
    this.#until.set(code, this.#seconds() + lifeSeconds);
    return code;
  }

  /** Whether the word was given out; it cannot be used again. */
  redeem(code: string): boolean {
    const until = this.#until.get(code);
    return this.#until.delete(code) && until !== undefined && this.#seconds() <= until;
  }
}
