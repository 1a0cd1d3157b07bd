// Owns: the property "no sequence of operations breaks an invariant", and checking it.

import fc from "fast-check";
import { endOfLog } from "../../src/kernel/feed.ts";
import { type TestBoard, withBoard } from "./board_fixture.ts";
import { Auditor } from "./invariants.ts";
import { type Operation, operation, perform } from "./random_operations.ts";

/** What to check. Together `seed` and `path` repeat one failure. */
export interface Search {
  /** Sequences. Each has half of `longest` operations on average. */
  sequences: number;
  longest: number;
  seed: number;
  /** Where a shrunk failure lies, as an earlier search reported it. */
  path?: string;
  /** Replaces what performs an operation; for tests of the search itself. */
  perform?: (t: TestBoard, operation: Operation) => Promise<boolean>;
}

/** What a search found. */
export interface Found {
  /** Operations performed, those of shrinking included. Every one was followed by a check of the whole board. */
  operations: number;
  /** The shortest failing sequence; null when nothing failed. */
  failure: { operations: Operation[]; path: string; error: unknown } | null;
}

/** Performs random sequences on an empty board each, and checks the whole board after every operation. */
export async function searchFailure(search: Search): Promise<Found> {
  const { sequences, longest, seed, path } = search;
  const doIt = search.perform ?? perform;
  let operations = 0;
  let found: Found["failure"] = null;
  await withBoard(async (t) => {
    const property = fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: longest, size: "max" }),
      async (sequence) => {
        await clear(t);
        t.policy.failureLimit = 2;
        const auditor = new Auditor(t, await endOfLog(t.board));
        for (const one of sequence) {
          operations++;
          await auditor.check(await doIt(t, one));
        }
      },
    );
    const details = await fc.check(property, { numRuns: sequences, seed, path });
    if (!details.failed) return;
    const [shortest = []] = details.counterexample ?? [];
    found = {
      operations: shortest,
      path: details.counterexamplePath ?? "",
      error: details.errorInstance,
    };
  });
  return { operations, failure: found };
}

/** An empty board is cheaper than a new file for every sequence. */
function clear(t: TestBoard): Promise<void> {
  const tables = [
    "tasks",
    "task_links",
    "task_runs",
    "task_comments",
    "board_cursors",
    "board_undo",
  ];
  return t.board.engine.write(async (tx) => {
    for (const table of tables) await tx.run(`DELETE FROM ${table}`);
    await tx.run("DELETE FROM task_events");
  });
}
