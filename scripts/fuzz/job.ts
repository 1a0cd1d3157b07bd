// Owns: one process of the fuzz: batches of sequences until its share of the operations is done or one fails.

import { searchFailure } from "../../tests/kernel/property.ts";
import type { BatchReport } from "./report.ts";

/** What a job is told, as JSON in its first argument. */
export interface Share {
  /** Seeds of its batches: `first`, `first + step`, … */
  first: number;
  step: number;
  ops: number;
  longest: number;
  path?: string;
}

/** Sequences per batch: small enough that progress shows, large enough that a new board costs nothing. */
const batchSize = 100;

async function main({ first, step, ops, longest, path }: Share): Promise<void> {
  for (let seed = first, left = ops; left > 0; seed += step) {
    const sequences = path === undefined ? batchSize : 1;
    const { operations, failure } = await searchFailure({ sequences, longest, seed, path });
    const report: BatchReport = {
      seed,
      operations,
      failure: failure && { ...failure, error: String(failure.error) },
    };
    console.log(JSON.stringify(report));
    if (failure !== null || path !== undefined) return;
    left -= operations;
  }
}

if (import.meta.main) await main(JSON.parse(Deno.args[0]!) as Share);
