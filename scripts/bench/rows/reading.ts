// Owns: the rows about looking: the list, the counts, a worker's brief.

import { hostPorts } from "../../../src/app/host_ports.ts";
import { silentLog } from "../../../src/base/log.ts";
import { type Board, mustCommand } from "../../../src/kernel/board.ts";
import { buildBrief } from "../../../src/kernel/brief.ts";
import { addComment } from "../../../src/kernel/comments.ts";
import { createTask } from "../../../src/kernel/create.ts";
import { getList, getStats } from "../../../src/kernel/detail.ts";
import { type OpContext, openContext } from "../../../src/ops/context.ts";
import { list as listOp } from "../../../src/ops/views/list.ts";
import { runOp } from "../../../src/ops/run.ts";
import { claim, complete } from "../commands.ts";
import { figure, type Row } from "../figure.ts";

import { collect, timed } from "../measure.ts";
import { seedUsed } from "../seed.ts";
import { withBoard, withBoardOf, withHome } from "../world.ts";

export const list: Row = {
  name: "list",
  measure: (settings) =>
    withHome(async (home) => {
      const count = await withBoardOf(home, (board) => seedUsed(board, settings.size(10_000, 20)));
      return await withContext(home, async (context) => {
        const board = await context.board();
        const { tasks } = await runOp(listOp, context, {});
        if (tasks.length !== count) throw new Error(`${tasks.length} of ${count} tasks are listed`);
        const samples = await collect(settings.runs, {
          rows: timed(() => getList(board, {})),
          json: timed(async () => JSON.stringify(await runOp(listOp, context, {}))),
        });
        const what = `list ${count.toLocaleString("en")} tasks`;
        const about = { budget: 25, reference: 251 };
        return [
          figure(`${what}, rows`, "ms", samples.rows, about),
          figure(`${what}, as JSON`, "ms", samples.json, about),
        ];
      });
    }),
};

export const stats: Row = {
  name: "stats",
  measure: (settings) =>
    withBoard(async (board) => {
      const count = await seedUsed(board, settings.size(10_000, 20));
      const { counts } = await collect(settings.runs, { counts: timed(() => getStats(board), 5) });
      return [
        figure(`stats over ${count.toLocaleString("en")} tasks`, "ms", counts, { reference: 5.7 }),
      ];
    }),
};

export const brief: Row = {
  name: "brief",
  measure: (settings) =>
    withBoard(async (board) => {
      const parents = settings.size(50, 2);
      const id = await makeFamily(board, parents);
      const { text } = await collect(settings.runs, {
        text: timed(() => buildBrief(board, id), 10),
      });
      return [
        figure(`worker brief with ${parents} parents`, "ms", text, { budget: 1, reference: 4.1 }),
      ];
    }),
};

/** A task with completed parents, an earlier attempt and a thread, made the way people and workers do. */
async function makeFamily(board: Board, count: number): Promise<string> {
  const parents: string[] = [];
  for (let number = 0; number < count; number++) {
    const { task } = await createTask(board, { title: `Part ${number}`, assignee: "researcher" });
    await mustCommand(board, task.id, claim);
    await mustCommand(board, task.id, complete);
    parents.push(task.id);
  }
  const { task } = await createTask(board, { title: "The whole", assignee: "writer", parents });
  await mustCommand(board, task.id, claim);
  await mustCommand(board, task.id, { type: "crash", pid: 1, error: "worker process 1 is gone" });
  for (let number = 0; number < 5; number++) {
    await addComment(board, task.id, "reviewer", `Remark ${number}: mind the tone.`);
  }
  return task.id;
}

async function withContext<T>(home: string, body: (context: OpContext) => Promise<T>): Promise<T> {
  const context = await openContext({
    env: { HERMES_HOME: home },
    host: hostPorts,
    log: silentLog,
  });
  try {
    return await body(context);
  } finally {
    await context.close();
  }
}
