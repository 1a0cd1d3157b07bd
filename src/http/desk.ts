// Owns: one opened board of the server — what requests to it share.

import { HermesError } from "../base/errors.ts";
import type { Config } from "../config/schema.ts";
import { watchBoard } from "../ops/views/board.ts";
import { actAs, type Actor, type OpContext } from "../ops/context.ts";
import { latestEvent } from "../ops/live_events.ts";
import { EventHub } from "./event_hub.ts";

/** An opened board. */
export class Desk {
  /** Told to everybody who watches the board. */
  readonly hub: EventHub;
  readonly #context: OpContext;
  readonly #config: () => Promise<Config>;
  #unwatch = () => {};
  #changes = 0;
  #users = 0;
  readonly #closed = new AbortController();

  private constructor(context: OpContext, config: () => Promise<Config>) {
    this.#context = context;
    this.#config = config;
    this.hub = new EventHub(context);
  }

  /**
   * Opens the board of a context, which the desk closes.
   *
   * @throws HermesError when there is no such board, or it cannot be opened.
   */
  static async open(context: OpContext, config: () => Promise<Config>): Promise<Desk> {
    const desk = new Desk(context, config);
    try {
      desk.#unwatch = await watchBoard(context, () => desk.#changed());
    } catch (error) {
      await context.close();
      throw error;
    }
    return desk;
  }

  /** False once it was closed. */
  get isOpen(): boolean {
    return !this.#closed.signal.aborted;
  }

  /** Aborted when it is closed. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Grows whenever something on the board may have changed, by whichever process. */
  get changes(): number {
    return this.#changes;
  }

  get slug(): string {
    return this.#context.boardPaths.slug;
  }

  /** The world of one operation in somebody's name. It need not be closed. */
  as(actor: Actor): OpContext {
    const config = async () => ({ config: await this.#config(), warnings: [] });
    return actAs(this.#context, actor, config);
  }

  /** Is another text whenever something on the board has changed, by whichever process. */
  async version(): Promise<string> {
    return `${await latestEvent(this.#context)}.${this.#changes}`;
  }

  /**
   * Keeps the board open for as long as `body` runs.
   *
   * @throws HermesError `unavailable` once the board was closed.
   */
  async use<T>(body: () => T | Promise<T>): Promise<T> {
    if (!this.isOpen) {
      throw new HermesError("unavailable", `Cannot use board "${this.slug}": it was just closed`, {
        remedy: "Try again.",
      });
    }
    const release = this.hold();
    try {
      return await body();
    } finally {
      await release();
    }
  }

  /** Keeps the board open until the returned function is called, which may be done repeatedly. */
  hold(): () => Promise<void> {
    this.#users++;
    let held = true;
    return async () => {
      if (!held) return;
      held = false;
      if (--this.#users === 0 && this.#closed.signal.aborted) await this.#context.close();
    };
  }

  /** Sends everybody away; the board is closed once nobody uses it. */
  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.#closed.abort();
    this.#unwatch();
    this.hub.close();
    if (this.#users === 0) await this.#context.close();
  }

  #changed(): void {
    this.#changes++;
    this.hub.wake();
  }
}
