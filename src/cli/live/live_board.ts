// Owns: the live board at work — keys, changes of the board and passing time in, pictures out, one after the other.

import { errorText } from "../../base/errors.ts";
import type { BoardOutput } from "../../ops/views/board.ts";
import type { RawTerminal } from "../../platform/raw_terminal.ts";
import { type Screen, withoutSymbols } from "../terminal.ts";
import { drawLive, pageOf } from "./draw.ts";
import { readKeys } from "./keys.ts";
import { type Act, begin, type Effect, press, refresh, type State } from "./state.ts";

/** What the live board needs of the world. */
export interface LivePorts {
  terminal: RawTerminal;
  /** The screen as it is now; its width is the terminal's. */
  screen(): Screen;
  load(): Promise<BoardOutput>;
  /** Details of a task as lines of at most `width` columns. */
  details(id: string, width: number): Promise<string[]>;
  /** Does what was confirmed. Returns a line that says so. */
  act(act: Act, id: string, text: string): Promise<string>;
  /** Calls back after each change of the board. Returns how to stop it. */
  watch(listener: () => void): Promise<() => void>;
  /** Rejects when `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Milliseconds between pictures while nothing happens, for the ages. */
const tickMs = 1000;

/**
 * Shows the board until `signal` is aborted or a key says so. The terminal is given back, whatever happens.
 *
 * @throws what `load` throws: a board that cannot be read cannot be shown.
 */
export async function runLive(ports: LivePorts, signal: AbortSignal): Promise<void> {
  const live = new LiveBoard(ports, signal);
  try {
    await live.run();
  } finally {
    ports.terminal.close();
  }
}

class LiveBoard {
  readonly #ports: LivePorts;
  readonly #over = new AbortController();
  #state: State | undefined;
  #shown = "";
  /** What happens waits for what happened before. */
  #turn: Promise<void> = Promise.resolve();
  #stale = false;

  constructor(ports: LivePorts, signal: AbortSignal) {
    this.#ports = ports;
    if (signal.aborted) this.#over.abort();
    else signal.addEventListener("abort", () => this.#over.abort(), { once: true });
  }

  async run(): Promise<void> {
    const { terminal } = this.#ports;
    this.#state = begin(await this.#ports.load());
    const unwatch = await this.#ports.watch(() => this.#changed());
    try {
      this.#draw();
      terminal.onResize(() => {
        this.#shown = "";
        this.#draw();
      });
      terminal.onInput((text) => this.#do(() => this.#typed(text)));
      while (!this.#over.signal.aborted) {
        await this.#ports.sleep(tickMs, this.#over.signal).catch(() => {});
        this.#draw();
      }
      await this.#turn;
    } finally {
      unwatch();
    }
    const { reason } = this.#over.signal;
    if (reason instanceof LoadFailure) throw reason.cause;
  }

  #do(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(() => this.#over.signal.aborted ? undefined : work())
      .catch((thrown) => this.#over.abort(new LoadFailure("board", { cause: thrown })));
  }

  /** Several changes that come while one is being read are read together. */
  #changed(): void {
    if (this.#stale) return;
    this.#stale = true;
    this.#do(async () => {
      this.#stale = false;
      const view = await this.#ports.load();
      if (this.#state) this.#state = refresh(this.#state, view);
      this.#draw();
    });
  }

  async #typed(text: string): Promise<void> {
    for (const key of readKeys(text)) {
      if (!this.#state) return;
      const { state, effect } = press(this.#state, key, pageOf(this.#ports.terminal.size()));
      this.#state = state;
      if (effect) await this.#perform(effect);
      if (this.#over.signal.aborted) return;
    }
    this.#draw();
  }

  async #perform(effect: Effect): Promise<void> {
    if (effect.kind === "quit") return this.#over.abort();
    try {
      if (effect.kind === "open") {
        const { columns } = this.#ports.terminal.size();
        const lines = await this.#ports.details(effect.id, columns);
        this.#update({ mode: { kind: "detail", id: effect.id, lines, top: 0 } });
      } else {
        const message = await this.#ports.act(effect.act, effect.id, effect.text);
        this.#update({ message });
      }
    } catch (thrown) {
      this.#update({ message: errorText(thrown) });
    }
  }

  #update(part: Partial<State>): void {
    if (this.#state) this.#state = { ...this.#state, ...part };
  }

  #draw(): void {
    if (!this.#state || this.#over.signal.aborted) return;
    const size = this.#ports.terminal.size();
    const screen = this.#ports.screen();
    const lines = drawLive(this.#state, size, screen).map((line) => `${line}\x1b[K`);
    const picture = screen.ascii ? withoutSymbols(lines.join("\r\n")) : lines.join("\r\n");
    if (picture === this.#shown) return;
    this.#shown = picture;
    this.#ports.terminal.write(`\x1b[H${picture}\x1b[J`);
  }
}

/** Wraps the reason why the board can no longer be shown. */
class LoadFailure extends Error {}
