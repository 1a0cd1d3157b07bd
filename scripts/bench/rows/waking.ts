// Owns: the rows about how soon a commit of one process is acted on by another.

import { join } from "node:path";
import type { Board } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { getTask } from "../../../src/kernel/detail.ts";
import { sleep } from "../../../src/platform/timers.ts";
import { withChild } from "../child.ts";
import { makeProfiles } from "../dispatcher_deps.ts";
import { type Figure, percentileFigure, type Row } from "../figure.ts";
import { preciseNow } from "../measure.ts";
import { withBoard } from "../world.ts";

/** Milliseconds within which commits are strewn, so that they hit every phase of a polling timer. */
const spreadMs = 150;

/** A worker whose first instruction writes the time, nanoseconds since the epoch, into its log. */
const clockWorker = ["/bin/sh", "-c", "exec date +%s%N"];

export const startWorker: Row = {
  name: "start-worker",
  measure: (settings) =>
    withBoard(async (board, home) => {
      await makeProfiles(home);
      const samples: number[] = [];
      await withChild("dispatch", [home, ...clockWorker], async () => {
        for (let left = settings.runs * settings.size(20); left > 0; left--) {
          await sleep(Math.random() * spreadMs);
          const committed = preciseNow();
          const { task } = await createTask(board, { title: "Tell the time", assignee: "writer" });
          await untilBlocked(board, task.id);
          const log = await Deno.readTextFile(join(home, "kanban", "logs", `${task.id}.log`));
          samples.push(Number(log.trim()) / 1e6 - committed);
        }
      });
      return both("ready → worker process started", samples, 150);
    }),
};

export const watch: Row = {
  name: "watch",
  measure: (settings) =>
    withBoard(async (board, home) => {
      const { task } = await createTask(board, { title: "Something to watch" });
      const samples: number[] = [];
      let tell = (_at: number) => {};
      // One watch for all samples: a fresh one would start its polling timer with each commit.
      const unwatch = board.engine.watch(() => tell(preciseNow()));
      await withChild("committer", [home, task.id], async (child) => {
        for (let left = settings.runs * settings.size(20); left > 0; left--) {
          await sleep(Math.random() * spreadMs);
          const told = new Promise<number>((resolve) => tell = resolve);
          await child.send("commit");
          const committed = Number(await child.line());
          samples.push(await told - committed);
        }
      });
      unwatch();
      return both("commit in another process → watch()", samples);
    }),
};

function both(what: string, samples: readonly number[], budget?: number): Figure[] {
  return [
    percentileFigure(what, 0.5, "ms", samples),
    percentileFigure(what, 0.99, "ms", samples, { budget }),
  ];
}

/** The stand-in worker breaks off at once, which ends its task's only attempt. */
function untilBlocked(board: Board, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      if ((await getTask(board, id)).status !== "blocked") return;
      unwatch();
      resolve();
    };
    const unwatch = board.engine.watch(() => look().catch(reject));
    look().catch(reject);
  });
}
