// Owns: the rows about completing a task that others wait for.

import { type Board, mustCommand } from "../../../src/kernel/board.ts";
import { promoteWaiting, sweepWaiting } from "../../../src/kernel/promote.ts";
import { figure, type Row, type Settings } from "../figure.ts";
import { claim, complete } from "../commands.ts";
import { collect, milliseconds, timed } from "../measure.ts";
import { seedChildren, seedTasks, seedWaiting, taskId } from "../seed.ts";
import { withBoard } from "../world.ts";

export const promotion: Row = {
  name: "promotion",
  measure: (settings) => {
    const count = settings.size(10_000, 20);
    const parents = 5;
    return withBoard(async (board) => {
      await seedWaiting(board, count, parents);
      await promoteWaiting(board);
      let next = 0;
      const samples = await collect(settings.runs, {
        complete: () => milliseconds(() => mustCommand(board, taskId(next++), complete)),
        pass: timed(() => promoteWaiting(board)),
        everything: timed(() => sweepEverything(board)),
      });
      const among = `among ${count.toLocaleString("en")} tasks with ${parents} parents each`;
      return [
        figure(`complete one task, ${among}`, "ms", samples.complete),
        figure(`promotion pass after one completion, ${among}`, "ms", samples.pass, {
          note: "looks at what changed since the last pass, not at all that waits",
        }),
        figure(`every waiting task looked at, ${among}`, "ms", samples.everything, {
          reference: 143,
          note: "a backstop: the dispatcher looks at 200 a minute, for changes no event tells of",
        }),
      ];
    });
  },
};

export const fanOut: Row = {
  name: "fan-out",
  measure: (settings) => {
    const children = settings.size(500, 2);
    return withBoard(async (board) => {
      const parents = await seedFamilies(board, settings, children);
      const { done } = await collect(settings.runs, {
        done: async () => {
          const parent = parents.pop()!;
          await mustCommand(board, parent, claim);
          return await milliseconds(async () => {
            const { promoted } = await mustCommand(board, parent, complete);
            if (promoted.length !== children) throw new Error(`${promoted.length} were promoted`);
          });
        },
      });
      return [
        figure(`complete a task with ${children} waiting children`, "ms", done, {
          budget: 10,
          note: "promotion in the same transaction",
        }),
      ];
    });
  },
};

/** A ready parent with `children` waiting children for every run; returns the parents. */
async function seedFamilies(board: Board, settings: Settings, children: number): Promise<string[]> {
  const parents: string[] = [];
  for (let family = 0; family <= settings.runs; family++) {
    const first = family * (children + 1);
    parents.push(taskId(first));
    await seedTasks(board, { first, count: 1, status: "ready", assignee: "writer" });
    await seedTasks(board, {
      first: first + 1,
      count: children,
      status: "todo",
      assignee: "writer",
    });
    await seedChildren(board, first, children);
  }
  return parents;
}

async function sweepEverything(board: Board): Promise<void> {
  let next = "";
  do {
    next = (await sweepWaiting(board, next)).next;
  } while (next !== "");
}
