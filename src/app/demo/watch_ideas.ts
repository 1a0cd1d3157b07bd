// Owns: waiting until the ideas are done, with the picture kept up to date.

import { errorText } from "../../base/errors.ts";
import type { Screen } from "../../cli/terminal.ts";
import type { Board } from "../../kernel/board.ts";
import { sleep } from "../../platform/timers.ts";
import { drawFrame } from "./frame.ts";
import type { Stage } from "./stage.ts";
import { type DemoView, judge, viewBoard } from "./view.ts";

/** Seconds after which the demo gives up. */
const limitSeconds = 120;
/** Milliseconds between pictures when nothing changes: seconds are shown. */
const redrawMs = 1000;

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
  stage: Stage;
  /** The screen as it is now: its width and the time change. */
  screen(): Screen;
  /** Process id of the gateway; null while there is none. */
  gatewayPid(): number | null;
  /** Aborted with an error when the demo cannot go on, without one when it was asked to end. */
  over: AbortSignal;
}

/** Shows the board after every change until {@link judge} says that it is over. */
export async function watchIdeas(watch: Watch): Promise<Ending> {
  const { board, roots, stage, screen, over } = watch;
  const began = board.clock.monotonicMs();
  let nap = new AbortController();
  const unwatch = board.engine.watch(() => nap.abort());
  try {
    for (;;) {
      // Made before the board is read, so that no change falls between reading and waiting.
      nap = new AbortController();
      const view = await viewBoard(board, roots);
      const elapsed = (board.clock.monotonicMs() - began) / 1000;
      stage.show(drawFrame(view, { elapsed, gatewayPid: watch.gatewayPid() }, screen()));
      const verdict = judge(view);
      if (verdict.over) {
        return verdict.problem === null
          ? { how: "done" }
          : { how: "failed", problem: verdict.problem };
      }
      if (over.aborted) return endingOf(over);
      if (elapsed > limitSeconds) return { how: "failed", problem: outOfTime(view) };
      await sleep(redrawMs, AbortSignal.any([nap.signal, over])).catch(() => {});
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
