// Owns: the rows about changing tasks in one process, one at a time and many at once.

import { type Board, mustCommand } from "../../../src/kernel/board.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { claim, complete } from "../commands.ts";
import { figure, type Row } from "../figure.ts";
import { collect, type Measure, ratePerSecond } from "../measure.ts";
import { seedTasks, taskId } from "../seed.ts";
import { withBoard } from "../world.ts";

/** Callers at once in the concurrent figures. */
const callers = 16;

export const cycles: Row = {
  name: "cycles",
  measure: async (settings) => {
    const count = settings.size(4000, callers);
    const samples = await collect(settings.runs, {
      one: cycleRate(count, 1),
      many: cycleRate(count, callers),
    });
    const about = { budget: 8000 };
    return [
      figure("claim + complete, one process, 1 claimer", "per s", samples.one, about),
      figure(`claim + complete, one process, ${callers} claimers`, "per s", samples.many, about),
    ];
  },
};

export const create: Row = {
  name: "create",
  measure: async (settings) => {
    const count = settings.size(4000, callers);
    const samples = await collect(settings.runs, {
      one: createRate(count, 1),
      many: createRate(count, callers),
    });
    return [
      figure("create, one process, 1 caller", "per s", samples.one),
      figure(`create, one process, ${callers} callers`, "per s", samples.many),
    ];
  },
};

function cycleRate(count: number, claimers: number): Measure {
  return () =>
    withBoard(async (board) => {
      await seedTasks(board, { first: 0, count, status: "ready", assignee: "writer" });
      return await ratePerSecond(count, () =>
        share(count, claimers, async (number) => {
          const id = taskId(number);
          await mustCommand(board, id, claim);
          await mustCommand(board, id, complete);
        }));
    });
}

function createRate(count: number, creators: number): Measure {
  return () =>
    withBoard((board: Board) =>
      ratePerSecond(count, () =>
        share(count, creators, async (number) => {
          await createTask(board, { title: `Task number ${number}`, assignee: "writer" });
        }))
    );
}

/** Does `work` for the numbers below `count`, `callers` at a time. */
async function share(
  count: number,
  callers: number,
  work: (number: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: callers }, async () => {
    while (next < count) await work(next++);
  }));
}
