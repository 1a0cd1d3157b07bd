// Owns: the automatic heartbeat: activity of the agent told to the board, not too often.

import type { Clock } from "../base/clock.ts";
import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";

/** What an automatic heartbeat needs. */
export interface HeartbeatOptions {
  /** Records one heartbeat. False means that the run is closed: somebody else decides now. */
  beat(): Promise<boolean>;
  /** Fewest seconds between two heartbeats. */
  everySeconds: number;
  clock: Clock;
  /** Called once, when the board refuses a heartbeat because the run is closed. */
  onClosed(): void;
  log: Log;
}

/** Turns signs of life into heartbeats. Beats only when there is activity, so a stuck agent falls silent. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #lastMs: number;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#lastMs = options.clock.monotonicMs();
  }

  /** Notes a sign of life: a model reply or a tool call. Returns at once. */
  activity(): void {
    const { clock, everySeconds } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#closed || this.#running || nowMs - this.#lastMs < everySeconds * 1000) return;
    this.#lastMs = nowMs;
    this.#running = this.#beat().finally(() => this.#running = null);
  }

  /** Resolves when no heartbeat is on its way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #beat(): Promise<void> {
    try {
      if (await this.#options.beat()) return;
      this.#closed = true;
      this.#options.onClosed();
    } catch (thrown) {
      // A board that cannot be written right now is no reason to drop the work.
      this.#options.log.warn("heartbeat failed", { error: errorText(thrown) });
    }
  }
}
