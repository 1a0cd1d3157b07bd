// Owns: waiting until the ideas are done.

import { errorText } from "../../base/errors.ts";
import type { Board } from "../../kernel/board.ts";
import { sleep } from "../../platform/timers.ts";
import { type DemoView, judge, viewBoard } from "./view.ts";

/** Seconds after which the demo gives up. */
const limitSeconds = 120;
/** Milliseconds between looks when nothing changes: seconds are shown. */
const pulseMs = 1000;

/** How the waiting ended. */
export type Ending =
  | { how: "done" }
  | { how: "failed"; problem: string }
  | { how: "interrupted" };

/** What {@link watchIdeas} needs. */
export interface Watch {
  board: Board;
  /** Ids of the ideas. */
  roots: readonly string[];
  /** Aborted with an error when the demo cannot go on, without one when it was asked to end. */
  over: AbortSignal;
  /** Called after every change, and every second; `elapsed` is in seconds. */
  onChange(view: DemoView, elapsed: number): Promise<void>;
}

/** Looks at the board after every change until {@link judge} says that it is over. */
export async function watchIdeas({ board, roots, over, onChange }: Watch): Promise<Ending> {
  const began = board.clock.monotonicMs();
  let nap = new AbortController();
  const unwatch = board.engine.watch(() => nap.abort());
  try {
    for (;;) {
      // Made before the board is read, so that no change falls between reading and waiting.
      nap = new AbortController();
      const view = await viewBoard(board, roots);
      const elapsed = (board.clock.monotonicMs() - began) / 1000;
      await onChange(view, elapsed);
      const verdict = judge(view);
      if (verdict.over) {
        return verdict.problem === null
          ? { how: "done" }
          : { how: "failed", problem: verdict.problem };
      }
      if (over.aborted) return endingOf(over);
      if (elapsed > limitSeconds) return { how: "failed", problem: outOfTime(view) };
      await sleep(pulseMs, AbortSignal.any([nap.signal, over])).catch(() => {});
    }
  } finally {
    unwatch();
  }
}

function endingOf({ reason }: AbortSignal): Ending {
  const asked = reason instanceof DOMException;
  return asked ? { how: "interrupted" } : { how: "failed", problem: errorText(reason) };
}

function outOfTime({ ideas }: DemoView): string {
  const open = ideas.filter((idea) => idea.status !== "done").map(({ title }) => `"${title}"`);
  return `after ${limitSeconds} s these ideas are still open: ${open.join(", ")}`;
}
