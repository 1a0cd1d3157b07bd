// Owns: handing the events of one board to everybody who watches it.

import { errorText } from "../base/errors.ts";
import { eventsAfter, latestEvent } from "../ops/live_events.ts";
import type { OpContext } from "../ops/context.ts";
import type { Socket } from "../platform/web_socket.ts";
import { sleep } from "../platform/timers.ts";

/** Events in one frame at most. */
const frameEvents = 200;
/** Milliseconds between two rounds, in which what happens is gathered. */
const roundMs = 40;
/** Bytes that may wait for one client before it is sent no more until they are gone. */
const maxWaiting = 256 * 1024;
/** Milliseconds a client may take to read what waits for it. */
const patienceMs = 30_000;

/** The board is gone, or the client was too slow: it has to connect and read the board again. */
export const resyncCode = 4001;

/** One who watches. */
interface Watcher {
  socket: Socket;
  /** Number of the last event it was sent. */
  cursor: number;
  /** When it was last found able to take more, in milliseconds of a clock that does not jump. */
  tookAt: number;
}

/** A frame, and the cursor after it. */
interface Frame {
  text: string;
  cursor: number;
}

/**
 * One reader of the log for all who watch: a frame is read and put into words once, however many it goes
 * to. Who comes late or reads slowly is caught up with from the log and holds up nobody.
 */
export class EventHub {
  readonly #context: OpContext;
  readonly #watchers = new Set<Watcher>();
  readonly #closed = new AbortController();
  #running = false;
  #woken = false;

  constructor(context: OpContext) {
    this.#context = context;
  }

  /** How many are watching. */
  get size(): number {
    return this.#watchers.size;
  }

  /** Sends `socket` every event after `since`. Returns how to stop. */
  add(socket: Socket, since: number): () => void {
    if (this.#closed.signal.aborted) {
      socket.close(resyncCode, "resync");
      return () => {};
    }
    const tookAt = this.#context.clock.monotonicMs();
    const watcher = { socket, cursor: since, tookAt };
    this.#watchers.add(watcher);
    this.wake();
    return () => this.#watchers.delete(watcher);
  }

  /** Something may have happened. */
  wake(): void {
    this.#woken = true;
    if (this.#running || this.#watchers.size === 0) return;
    this.#running = true;
    this.#run().finally(() => this.#running = false);
  }

  /** Sends everybody away. */
  close(): void {
    this.#closed.abort();
    for (const watcher of [...this.#watchers]) this.#sendAway(watcher);
  }

  async #run(): Promise<void> {
    const { signal } = this.#closed;
    let behind = false;
    while ((this.#woken || behind) && this.#watchers.size > 0 && !signal.aborted) {
      this.#woken = false;
      try {
        behind = await this.#round();
      } catch (thrown) {
        if (signal.aborted) return;
        // The next change wakes it again; whoever missed something is caught up with then.
        this.#context.log.warn(`Cannot read events for the dashboard: ${errorText(thrown)}`);
        behind = false;
      }
      await sleep(roundMs, signal, { unref: true }).catch(() => {});
    }
  }

  /** Sends everybody one frame or more. Returns whether somebody is still behind. */
  async #round(): Promise<boolean> {
    const latest = await latestEvent(this.#context);
    const frames = new Map<number, Frame>();
    let behind = false;
    for (const watcher of [...this.#watchers]) {
      // The log was replaced by a shorter one: what the client knows is of another board.
      if (watcher.cursor > latest) this.#sendAway(watcher);
      while (watcher.cursor < latest && this.#takes(watcher)) {
        const frame = frames.get(watcher.cursor) ?? await this.#frame(watcher.cursor);
        if (frame.cursor === watcher.cursor) break;
        frames.set(watcher.cursor, frame);
        watcher.socket.send(frame.text);
        watcher.cursor = frame.cursor;
      }
      behind ||= watcher.cursor < latest && this.#watchers.has(watcher);
    }
    return behind;
  }

  /** Whether a client can be sent more; one that cannot for too long is dropped. */
  #takes(watcher: Watcher): boolean {
    const { socket } = watcher;
    const now = this.#context.clock.monotonicMs();
    if (socket.waiting <= maxWaiting) {
      watcher.tookAt = now;
      return true;
    }
    if (now - watcher.tookAt > patienceMs) this.#sendAway(watcher);
    return false;
  }

  #sendAway(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    watcher.socket.close(resyncCode, "resync");
  }

  async #frame(after: number): Promise<Frame> {
    const { events, cursor } = await eventsAfter(this.#context, after, frameEvents);
    return { text: JSON.stringify({ events, cursor }), cursor };
  }
}
