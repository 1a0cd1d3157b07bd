// Owns: noticing that ready work is never started.

/** Consecutive intervals without a start, while startable work was ready, before a warning. */
const intervalsBeforeWarning = 6;

/** Seconds between two warnings. */
const quietSeconds = 300;

/** Counts passes and says when a warning is due. */
export class StuckWatch {
  #count = 0;
  #countedAt = -Infinity;
  #warnedAt = -Infinity;

  /**
   * Notes one pass; true when the operator should be warned now. Commits may wake the dispatcher many times
   * a second: only passes at least `interval` seconds apart count.
   */
  note(waiting: number, started: number, now: number, interval: number): boolean {
    if (waiting === 0 || started > 0) {
      this.#count = 0;
      this.#countedAt = -Infinity;
      return false;
    }
    if (now - this.#countedAt >= interval) {
      this.#count++;
      this.#countedAt = now;
    }
    if (this.#count < intervalsBeforeWarning || now - this.#warnedAt < quietSeconds) return false;
    this.#warnedAt = now;
    return true;
  }
}
