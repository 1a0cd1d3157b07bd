// Owns: the command line of `deno task fuzz`.

import { parseArgs } from "node:util";
import { HermesError } from "../../src/base/errors.ts";

/** What `deno task fuzz` was asked to do. */
export interface FuzzOptions {
  /** Operations to perform at least. */
  ops: number;
  /** Sequences of operations follow from it alone. */
  seed: number;
  /** Processes that search at the same time. */
  jobs: number;
  /** Operations in the longest sequence. */
  longest: number;
  /** Repeats one failure of an earlier search with the same seed. */
  path: string | undefined;
  help: boolean;
}

/** Seeds stay below this, so that one batch's seed is never another's. */
const seedLimit = 2 ** 31;

export const fuzzUsage =
  `Usage: deno task fuzz [--ops <n>] [--seed <s>] [--jobs <n>] [--longest <n>]
       deno task fuzz --seed <s> --path <p> [--longest <n>]

  --ops <n>      perform at least this many random operations (default 200000)
  --seed <s>     choose the operations; a random one is drawn and printed when absent
  --jobs <n>     search in this many processes (default: one per core)
  --longest <n>  operations in the longest sequence (default 80)
  --path <p>     repeat the failure that an earlier search reported with this seed and path
`;

/**
 * @param cores processors of this machine
 * @throws HermesError `usage` for an unknown flag or a number that makes no sense.
 */
export function parseFuzzArgs(argv: string[], cores: number): FuzzOptions {
  const { ops, seed, jobs, longest, path, help } = parse(argv);
  const drawn = crypto.getRandomValues(new Uint32Array(1))[0]! % seedLimit;
  return {
    ops: whole("ops", ops, 1),
    seed: seed === undefined ? drawn : whole("seed", seed, 0) % seedLimit,
    jobs: jobs === undefined ? cores : whole("jobs", jobs, 1),
    longest: whole("longest", longest, 2),
    path,
    help,
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        ops: { type: "string", default: "200000" },
        seed: { type: "string" },
        jobs: { type: "string" },
        longest: { type: "string", default: "80" },
        path: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
      allowPositionals: false,
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new HermesError("usage", `Cannot read the command line: ${reason}`, {
      remedy: fuzzUsage,
      cause: error,
    });
  }
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text.replaceAll("_", ""));
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new HermesError(
    "usage",
    `Cannot use ${name} "${text}": expected a whole number of at least ${least}`,
    { remedy: `Leave --${name} out, or give such a number.` },
  );
}
