// Owns: a fair async lock; one connection serves one transaction at a time.

/** First come, first served. */
export class Mutex {
  #tail: Promise<void> = Promise.resolve();

  /** Runs `body` once every earlier caller is done. */
  async run<T>(body: () => Promise<T>): Promise<T> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    try {
      return await body();
    } finally {
      resolve();
    }
  }
}
