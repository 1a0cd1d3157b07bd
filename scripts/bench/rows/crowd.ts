// Owns: the row about many processes that claim and complete on one board.

import { type ClaimerReport } from "../children/claimer.ts";
import { withChildren } from "../child.ts";
import { figure, type Row } from "../figure.ts";
import { collect } from "../measure.ts";
import { seedTasks } from "../seed.ts";
import { withBoardOf, withHome } from "../world.ts";

/** Claimers in each process; what waits together shares a commit. */
const claimers = 16;

export const crowd: Row = {
  name: "crowd",
  measure: async (settings) => {
    const processes = settings.size(8, 2);
    const each = settings.size(settings.big ? 2000 : 500, 10);
    const seen = { duplicates: 0, lost: 0, errors: 0 };
    const { rate } = await collect(settings.runs, {
      rate: async () => {
        const reports = await race(processes, each);
        const claimed = reports.flatMap((report) => report.claimed);
        seen.duplicates += claimed.length - new Set(claimed).size;
        for (const { lost, errors } of reports) {
          seen.lost += lost;
          for (const count of Object.values(errors)) seen.errors += count;
        }
        const started = Math.min(...reports.map((report) => report.started));
        const ended = Math.max(...reports.map((report) => report.ended));
        return claimed.length / ((ended - started) / 1000);
      },
    }, 0);
    const what = `claim + complete, ${processes} processes × ${each}, ${claimers} claimers each`;
    const note = `${rate.length} rounds: ${seen.duplicates} tasks claimed twice, ` +
      `${seen.errors} errors (busy or other) from commands, ${seen.lost} claims lost to another`;
    return [figure(what, "per s", rate, { budget: 8000, note })];
  },
};

/** Lets `processes` compete for `each` tasks apiece; every task must end up done after one run. */
function race(processes: number, each: number): Promise<ClaimerReport[]> {
  const count = processes * each;
  return withHome(async (home) => {
    await withBoardOf(
      home,
      (board) => seedTasks(board, { first: 0, count, status: "ready", assignee: "writer" }),
    );
    const reports = await withChildren(
      processes,
      "claimer",
      () => [home, String(claimers), String(count)],
      async (children) => {
        await Promise.all(children.map((child) => child.send("go")));
        const lines = await Promise.all(children.map((child) => child.line()));
        return lines.map((line) => JSON.parse(line) as ClaimerReport);
      },
    );
    await withBoardOf(home, async (board) => {
      const done = await board.engine.read((tx) =>
        tx.get<{ tasks: number; runs: number }>(
          `SELECT (SELECT COUNT(*) FROM tasks WHERE status = 'done') AS tasks,
             (SELECT COUNT(*) FROM task_runs WHERE outcome = 'completed') AS runs`,
        )
      );
      if (done?.tasks !== count || done.runs !== count) {
        throw new Error(`${count} tasks: ${done?.tasks} done, ${done?.runs} completed runs`);
      }
    });
    return reports;
  });
}
