// Owns: the property test: random operations, checked after every one.

import fc from "fast-check";
import { endOfLog } from "../../src/kernel/feed.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";
import { Auditor } from "./invariants.ts";
import { operation, perform } from "./random_operations.ts";

const runs = Number(Deno.env.get("HERMES_PROPERTY_RUNS") ?? 300);
const seed = Deno.env.get("HERMES_PROPERTY_SEED");
/** Operations per run, on average. */
const length = 40;

Deno.test(`S-075 S-067 every invariant holds after each of ${runs} × ${length} operations`, () =>
  withBoard((t) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(operation, { minLength: 1, maxLength: 2 * length, size: "max" }),
        async (operations) => {
          await clear(t);
          t.policy.failureLimit = 2;
          const auditor = new Auditor(t, await endOfLog(t.board));
          for (const one of operations) await auditor.check(await perform(t, one));
        },
      ),
      { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    )
  ));

/** An empty board is cheaper than a new file for every run. */
function clear(t: TestBoard): Promise<void> {
  return t.board.engine.write(async (tx) => {
    for (const table of ["tasks", "task_links", "task_runs", "task_comments", "board_cursors"]) {
      await tx.run(`DELETE FROM ${table}`);
    }
    await tx.run("DELETE FROM task_events");
  });
}
