// Owns: the command line of `deno task bench`.

import { parseArgs } from "node:util";
import { HermesError } from "../../src/base/errors.ts";
import { suggest } from "../../src/base/suggest.ts";

/** What `deno task bench` was asked to do. */
export interface BenchOptions {
  /** Names of rows; empty means all but the big ones. */
  rows: string[];
  runs: number;
  big: boolean;
  json: boolean;
  help: boolean;
}

/** The help text; `names` are those of all rows. */
export function benchUsage(names: readonly string[]): string {
  return `Usage: deno task bench [--row <name>]… [--runs <n>] [--big] [--json]

  --row <name>   measure only this row; may be repeated
  --runs <n>     samples per figure (default 7)
  --big          add the sizes that take minutes
  --json         print the machine and the figures as JSON

Rows: ${names.join(" ")}
`;
}

/** @throws HermesError `usage` for an unknown flag or row, or a number of runs below 1. */
export function parseBenchArgs(argv: string[], names: readonly string[]): BenchOptions {
  const { row, runs, big, json, help } = parse(argv, names);
  for (const name of row) {
    if (names.includes(name)) continue;
    const close = suggest(name, names);
    throw new HermesError("usage", `Cannot measure row "${name}": there is no such row`, {
      remedy: close ? `Did you mean "${close}"?` : `The rows are: ${names.join(" ")}`,
    });
  }
  if (!/^[1-9]\d*$/.test(runs)) {
    throw new HermesError("usage", `Cannot use runs "${runs}": expected a whole number above 0`, {
      remedy: "Leave --runs out, or give a number such as 7.",
    });
  }
  return { rows: row, runs: Number(runs), big, json, help };
}

function parse(argv: string[], names: readonly string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        row: { type: "string", multiple: true, default: [] },
        runs: { type: "string", default: "7" },
        big: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
      allowPositionals: false,
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new HermesError("usage", `Cannot read the command line: ${reason}`, {
      remedy: benchUsage(names),
      cause: error,
    });
  }
}
