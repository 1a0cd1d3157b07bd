// Owns: group commit — bodies that wait at the same time share one transaction, each behind a savepoint of its own.

/** A body waiting for its turn, with the promise its caller holds. */
export interface QueuedWrite {
  body(): Promise<unknown>;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** The statements a group is made of. BEGIN and COMMIT may wait for other processes. */
export interface GroupPort {
  begin(): Promise<void>;
  commit(): Promise<void>;
  /** Undoes the whole transaction; never throws. */
  rollback(): void;
  savepoint(): void;
  release(): void;
  /** Undoes what the current body did; false when the database gave up the whole transaction. Never throws. */
  rollbackToSavepoint(): boolean;
}

/** Bodies that share a commit at most, so that other processes get their turn. */
const groupSize = 64;

/**
 * Runs write bodies one after the other. Writing pages and appending to the log cost more than most
 * bodies, so whatever has queued up when the lock is taken is committed together. A body that throws
 * undoes its own changes only; callers hear of success after the commit.
 */
export class WriteQueue {
  readonly #port: GroupPort;
  readonly #waiting: QueuedWrite[] = [];
  #running: Promise<void> | undefined;

  constructor(port: GroupPort) {
    this.#port = port;
  }

  add<T>(body: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push({ body, resolve: resolve as (value: unknown) => void, reject });
    this.#running ??= this.#drain();
    return promise;
  }

  /** Resolves once nothing waits and nothing runs. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    // Callers of the same turn of the event loop get the chance to queue up behind the first.
    await null;
    while (this.#waiting.length > 0) await this.#group();
    this.#running = undefined;
  }

  async #group(): Promise<void> {
    const port = this.#port;
    try {
      await port.begin();
    } catch (error) {
      // The lock could not be had: that holds for everybody who waits.
      for (const write of this.#waiting.splice(0)) write.reject(error);
      return;
    }
    const group = this.#waiting.splice(0, groupSize);
    const done: { write: QueuedWrite; value: unknown }[] = [];
    const alone = group.length === 1;
    for (const [index, write] of group.entries()) {
      try {
        if (!alone) port.savepoint();
        const value = await write.body();
        if (!alone) port.release();
        done.push({ write, value });
      } catch (error) {
        write.reject(error);
        if (alone) port.rollback();
        else if (!port.rollbackToSavepoint()) {
          // Nothing of this group was written; those whose turn had not come have lost nothing.
          port.rollback();
          for (const earlier of done) earlier.write.reject(error);
          this.#waiting.unshift(...group.slice(index + 1));
          return;
        }
      }
    }
    if (alone && done.length === 0) return;
    try {
      await port.commit();
    } catch (error) {
      port.rollback();
      for (const { write } of done) write.reject(error);
      return;
    }
    for (const { write, value } of done) write.resolve(value);
  }
}
