// Owns: which boards a gateway serves — taking on those that appear, letting go of those that vanish.

import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Service } from "../base/service.ts";

/** Milliseconds between looks at the folder of the boards. */
const lookMs = 2000;

/** Looks until a board that could not be opened is tried again. */
const looksUntilRetry = 15;

/** What a fleet needs to know about boards. */
export interface FleetPorts {
  /** Slugs of all boards there are. */
  slugs(): Promise<string[]>;
  /** What tells a board's file from another one at the same place; null when there is no file. */
  identity(slug: string): Promise<string | null>;
  /** Opens a board; the service's `stop` closes it. */
  open(slug: string): Promise<Service>;
  /** Rejects when `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  log: Log;
}

interface Served {
  service: Service;
  identity: string | null;
}

/** Serves every board of a home, whenever it comes and goes. */
export class Fleet implements Service {
  readonly #ports: FleetPorts;
  readonly #served = new Map<string, Served>();
  readonly #failed = new Map<string, { error: unknown; looksLeft: number }>();
  #abort = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(ports: FleetPorts) {
    this.#ports = ports;
  }

  /** Slugs of the boards that are being served. */
  get slugs(): string[] {
    return [...this.#served.keys()];
  }

  /**
   * Resolves when all boards there are now have been taken on. A board that fails is tried again later.
   *
   * @throws the reason of the first when not a single one can be served.
   */
  async start(): Promise<void> {
    if (this.#loop) return;
    this.#abort = new AbortController();
    await this.#look();
    const [first] = this.#failed.values();
    if (first && this.#served.size === 0) throw first.error;
    this.#loop = this.#watch(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#loop;
    this.#loop = undefined;
    for (const slug of this.slugs) await this.#drop(slug);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#ports.sleep(lookMs, signal).catch(() => {});
      if (signal.aborted) return;
      await this.#look().catch((error) =>
        this.#ports.log.error("could not look for boards", { error: errorText(error) })
      );
    }
  }

  async #look(): Promise<void> {
    const there = await this.#ports.slugs();
    for (const [slug, { identity }] of [...this.#served]) {
      const now = there.includes(slug) ? await this.#ports.identity(slug) : null;
      // Without its file the default board is still the default board.
      if (there.includes(slug) && (now === identity || now === null)) continue;
      this.#ports.log.info("letting go of a board", { board: slug });
      await this.#drop(slug);
    }
    for (const slug of this.#failed.keys()) if (!there.includes(slug)) this.#failed.delete(slug);
    for (const slug of there) if (!this.#served.has(slug)) await this.#take(slug);
  }

  async #take(slug: string): Promise<void> {
    const before = this.#failed.get(slug);
    if (before && before.looksLeft-- > 0) return;
    try {
      const service = await this.#ports.open(slug);
      await service.start();
      this.#served.set(slug, { service, identity: await this.#ports.identity(slug) });
      this.#failed.delete(slug);
      this.#ports.log.info("serving a board", { board: slug });
    } catch (error) {
      this.#failed.set(slug, { error, looksLeft: looksUntilRetry });
      const reason = errorText(error);
      if (before && reason === errorText(before.error)) return;
      this.#ports.log.error("a board cannot be served", { board: slug, error: reason });
    }
  }

  async #drop(slug: string): Promise<void> {
    const served = this.#served.get(slug);
    this.#served.delete(slug);
    await served?.service.stop().catch((error) =>
      this.#ports.log.error("a board could not be closed", { board: slug, error: errorText(error) })
    );
  }
}
