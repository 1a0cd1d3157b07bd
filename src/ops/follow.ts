// Owns: following the event log as commits come in.

import type { Board } from "../kernel/board.ts";
import { readEvents } from "../kernel/feed.ts";
import type { EventView } from "../kernel/views.ts";

export interface FollowOptions {
  /** Id of the last event already seen. */
  cursor: number;
  /** Only events of this task. */
  taskId?: string;
  /** Collects events for this long before they are handed over. */
  pause?: (signal: AbortSignal) => Promise<void>;
  signal: AbortSignal;
}

/** Every event after the cursor, in order, until the signal is aborted. Commits wake it; nothing polls. */
export async function* followEvents(
  board: Board,
  options: FollowOptions,
): AsyncIterable<EventView> {
  const { signal, taskId } = options;
  let { cursor } = options;
  let wake = () => {};
  let woken = false;
  const nudge = () => {
    woken = true;
    wake();
  };
  const unwatch = board.engine.watch(nudge);
  signal.addEventListener("abort", nudge);
  try {
    while (!signal.aborted) {
      woken = false;
      const read = await readEvents(board, cursor, 200, taskId);
      cursor = read.cursor;
      yield* read.events;
      if (read.events.length > 0) continue;
      if (!woken) await new Promise<void>((resolve) => wake = resolve);
      if (options.pause && !signal.aborted) await options.pause(signal).catch(() => {});
    }
  } finally {
    unwatch();
    signal.removeEventListener("abort", nudge);
  }
}
