// Owns: slowing down whoever tries tokens.

/** Wrong tokens an address may show within the window. */
const allowed = 20;
/** Length of the window, in seconds. */
const windowSeconds = 60;
/** Addresses that are remembered at most. */
const maxAddresses = 1000;

/** Counts wrong tokens per address. A right token is never refused: nobody can lock the owner out. */
export class Failures {
  readonly #seen = new Map<string, { since: number; count: number }>();

  /**
   * Records a wrong token. Returns the seconds until the address may try again, 0 while it still may.
   *
   * @param now seconds of a clock that does not jump.
   */
  record(address: string, now: number): number {
    const entry = this.#entry(address, now);
    entry.count++;
    return entry.count <= allowed ? 0 : Math.max(1, Math.ceil(entry.since + windowSeconds - now));
  }

  #entry(address: string, now: number): { since: number; count: number } {
    const found = this.#seen.get(address);
    if (found && now - found.since < windowSeconds) return found;
    // The oldest entry comes first: a map keeps the order of insertion.
    this.#seen.delete(address);
    if (this.#seen.size >= maxAddresses) this.#seen.delete(this.#seen.keys().next().value!);
    const fresh = { since: now, count: 0 };
    this.#seen.set(address, fresh);
    return fresh;
  }
}
