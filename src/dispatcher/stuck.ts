// Owns: noticing that ready work is never started.

/** Consecutive passes without a start, while startable work was ready, before a warning. */
const passesBeforeWarning = 6;

/** Seconds between two warnings. */
const quietSeconds = 300;

/** Counts passes and says when a warning is due. */
export class StuckWatch {
  #passes = 0;
  #warnedAt = -Infinity;

  /** Notes one pass; true when the operator should be warned now. */
  note(ready: number, spawned: number, now: number): boolean {
    this.#passes = ready > 0 && spawned === 0 ? this.#passes + 1 : 0;
    if (this.#passes < passesBeforeWarning || now - this.#warnedAt < quietSeconds) return false;
    this.#warnedAt = now;
    return true;
  }
}
