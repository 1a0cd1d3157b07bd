// Owns: the rows about daily work on boards of 100,000 and 1,000,000 tasks.

import { command } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { getPage, getStats } from "../../../src/kernel/detail.ts";
import type { Board } from "../../../src/kernel/board.ts";
import { type Figure, figure, type Row, type Settings } from "../figure.ts";
import { collect, timed } from "../measure.ts";
import { seedUsed } from "../seed.ts";
import { withBoard } from "../world.ts";

/** Tasks created, claimed and completed per sample. */
const cycles = 20;

export const large: Row = {
  name: "large",
  big: true,
  measure: async (settings) => [
    ...await measureSize(settings, settings.size(100_000)),
    ...await measureSize(settings, settings.size(1_000_000)),
  ],
};

function measureSize(settings: Settings, tasks: number): Promise<Figure[]> {
  return withBoard(async (board) => {
    await seedUsed(board, tasks);
    const taken = await collect(settings.runs, {
      cycle: timed(() => cycle(board), cycles),
      page: timed(() => getPage(board, { limit: 50 })),
      stats: timed(() => getStats(board)),
    });
    const among = `among ${tasks.toLocaleString("en")} tasks`;
    return [
      figure(`create + claim + complete one task, ${among}`, "ms", taken.cycle),
      figure(`the first 50 of the list and their number, ${among}`, "ms", taken.page),
      figure(`stats, ${among}`, "ms", taken.stats),
    ];
  });
}

async function cycle(board: Board): Promise<void> {
  const { task } = await createTask(board, { title: "one of many", assignee: "writer" });
  const claim = { type: "claim", lock: "bench:1", ttlSeconds: 900, lane: null } as const;
  const complete = { type: "complete", result: "done", summary: null, metadata: null } as const;
  const done = (await command(board, task.id, claim)).ok &&
    (await command(board, task.id, complete)).ok;
  if (!done) throw new Error(`task ${task.id} was not completed`);
}
