// Owns: the time port. Nothing outside this file and `platform` asks the machine what time it is.

/** Where time comes from. */
export interface Clock {
  /** Wall time, integer epoch seconds (what the database stores). */
  now(): number;
  /** Wall time, integer epoch milliseconds. */
  nowMs(): number;
  /** Milliseconds since an arbitrary start; never goes backwards. */
  monotonicMs(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Math.floor(Date.now() / 1000),
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** A clock that only moves when told to; for tests and for replaying a plan. */
export class ManualClock implements Clock {
  #ms: number;
  #mono = 0;

  constructor(startSeconds = 1_700_000_000) {
    this.#ms = startSeconds * 1000;
  }

  now(): number {
    return Math.floor(this.#ms / 1000);
  }

  nowMs(): number {
    return this.#ms;
  }

  monotonicMs(): number {
    return this.#mono;
  }

  /** Moves wall and monotonic time forward by `seconds`. */
  advance(seconds: number): void {
    this.#ms += seconds * 1000;
    this.#mono += seconds * 1000;
  }

  /** Steps the wall clock only, forwards or backwards, as NTP does. */
  step(seconds: number): void {
    this.#ms += seconds * 1000;
  }
}
