// Owns: the connection that tells what happens on the board, and getting it back when it is lost.

import type { TaskEvent } from "./shapes.ts";

/** `refused`: not signed in; `gone`: there is no such board. Both are final. */
export type LiveState = "connecting" | "open" | "lost" | "refused" | "gone";

export interface LiveOptions {
  /** Address for a connection that continues after the event `since`. */
  url(since: number): string;
  /** Events in the order they happened. */
  onEvents(events: readonly TaskEvent[]): void;
  /** Too much was missed: everything has to be asked for again. */
  onResync(): void;
  onState(state: LiveState): void;
  /** Calls back in `ms` milliseconds unless what it returns is called first; a timer unless given. */
  later?(callback: () => void, ms: number): () => void;
}

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;

/** The server's word for a missing or wrong token. */
const policyViolation = 1008;
/** Too much was missed. */
const resync = 4001;
/** From here on the code is an HTTP status plus 4000: the board is not there. */
const firstRefusal = 4400;

/** One connection; it comes back after 1 s, 2 s, … 30 s, from the event it saw last. */
export class LiveConnection {
  #options: LiveOptions;
  #socket: WebSocket | null = null;
  #cancel: () => void = () => {};
  #delayMs = firstDelayMs;
  #cursor: number;
  #ended = false;

  constructor(cursor: number, options: LiveOptions) {
    this.#cursor = cursor;
    this.#options = options;
    this.#connect();
  }

  /** Tries at once instead of waiting: the browser says it is online again. */
  hurry(): void {
    if (this.#ended || this.#socket) return;
    this.#cancel();
    this.#connect();
  }

  end(): void {
    this.#ended = true;
    this.#cancel();
    this.#socket?.close();
  }

  #connect(): void {
    this.#options.onState("connecting");
    const socket = new WebSocket(this.#options.url(this.#cursor));
    this.#socket = socket;
    socket.onopen = () => {
      this.#delayMs = firstDelayMs;
      this.#options.onState("open");
    };
    socket.onmessage = (message) => this.#hear(message.data);
    socket.onclose = (event) => {
      this.#socket = null;
      if (this.#ended) return;
      if (event.code === policyViolation || event.code >= firstRefusal) {
        this.#ended = true;
        return this.#options.onState(event.code === policyViolation ? "refused" : "gone");
      }
      if (event.code === resync) this.#options.onResync();
      this.#options.onState("lost");
      this.#cancel = (this.#options.later ?? timer)(() => this.#connect(), this.#delayMs);
      this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
    };
  }

  #hear(data: unknown): void {
    if (typeof data !== "string") return;
    const frame = JSON.parse(data) as { events?: TaskEvent[]; cursor?: number };
    if (typeof frame.cursor === "number") this.#cursor = Math.max(this.#cursor, frame.cursor);
    if (frame.events?.length) this.#options.onEvents(frame.events);
  }
}

function timer(callback: () => void, ms: number): () => void {
  const id = setTimeout(callback, ms);
  return () => clearTimeout(id);
}
