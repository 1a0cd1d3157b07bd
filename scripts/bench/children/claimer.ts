// Owns: a process that claims and completes what is ready until nothing is left. Arguments: home, claimers, tasks.

import { HermesError } from "../../../src/base/errors.ts";
import { command } from "../../../src/kernel/board.ts";
import { sql } from "../../../src/kernel/queries/tasks.ts";
import { claim, complete } from "../commands.ts";
import { preciseNow } from "../measure.ts";
import { withBoardOf } from "../world.ts";
import { order, say } from "./lines.ts";

/** What one process did; the benchmark adds it up. */
export interface ClaimerReport {
  /** Epoch milliseconds. */
  started: number;
  ended: number;
  /** Tasks this process was given. */
  claimed: string[];
  /** Claims somebody else was faster with. */
  lost: number;
  /** Error code → how often it came out of a command. */
  errors: Record<string, number>;
}

/** Ready tasks read at once. */
const batch = 64;

const [home = "", claimers = "1", tasks = "0"] = Deno.args;

await withBoardOf(home, async (board) => {
  let candidates: string[] = [];
  /** How many ready tasks to choose a place among: halved when the place was past their end, -1 = none. */
  let among = Number(tasks);
  let reading: Promise<void> | undefined;
  const report: ClaimerReport = { started: 0, ended: 0, claimed: [], lost: 0, errors: {} };

  /** Reads at a random place, so that processes meet at some tasks and not at all of them. */
  async function read(): Promise<void> {
    while (candidates.length === 0 && among >= 0) {
      const skip = Math.floor(Math.random() * among);
      const rows = await board.engine.read((tx) =>
        tx.all<{ id: string }>(`${sql.readyIdsFor} OFFSET ?`, ["writer", batch, skip])
      );
      candidates = rows.map(({ id }) => id);
      if (rows.length < batch) among = among > 0 ? among >> 1 : rows.length > 0 ? 0 : -1;
    }
    reading = undefined;
  }

  async function next(): Promise<string | undefined> {
    if (candidates.length === 0) await (reading ??= read());
    return candidates.pop();
  }

  async function work(): Promise<void> {
    for (let id = await next(); id !== undefined; id = await next()) {
      try {
        const claimed = await command(board, id, claim);
        if (!claimed.ok) {
          report.lost++;
          continue;
        }
        report.claimed.push(id);
        const done = await command(board, id, complete, { fence: claimed.runId });
        if (!done.ok) throw new HermesError("internal", done.refusal.message);
      } catch (error) {
        const code = error instanceof HermesError ? error.code : String(error);
        report.errors[code] = (report.errors[code] ?? 0) + 1;
      }
    }
  }

  say("ready");
  await order();
  report.started = preciseNow();
  await Promise.all(Array.from({ length: Number(claimers) }, work));
  report.ended = preciseNow();
  say(JSON.stringify(report));
});
