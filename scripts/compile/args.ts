// Owns: the command line of `deno task compile`.

import { parseArgs } from "node:util";
import { HermesError } from "../../src/base/errors.ts";

/** Where the base runtime comes from: Deno's own host, or a pinned npm package. */
export type RuntimeSource = "default" | "npm";

/** What `deno task compile` was asked to do. */
export interface CompileOptions {
  runtime: RuntimeSource;
  /** Path of the finished program, relative to the project root or absolute. */
  out: string;
  help: boolean;
}

export const compileUsage = `Usage: deno task compile [--runtime=npm|default] [--out=<file>]

  --runtime=default   take the base runtime from Deno's download host (the default)
  --runtime=npm       take it from a pinned npm package; needs only an npm registry
  --out=<file>        where to put the program (default dist/hermes)
`;

/** @throws HermesError `usage` for an unknown flag, an unknown runtime or an empty path. */
export function parseCompileArgs(argv: string[]): CompileOptions {
  const { values } = parse(argv);
  const runtime = values.runtime;
  if (runtime !== "npm" && runtime !== "default") {
    throw new HermesError(
      "usage",
      `Cannot use runtime "${runtime}": expected npm or default`,
      { remedy: compileUsage },
    );
  }
  if (values.out.trim() === "") {
    throw new HermesError("usage", `Cannot use output path "": it is empty`, {
      remedy: compileUsage,
    });
  }
  return { runtime, out: values.out, help: values.help };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        runtime: { type: "string", default: "default" },
        out: { type: "string", default: "dist/hermes" },
        help: { type: "boolean", short: "h", default: false },
      },
      allowPositionals: false,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new HermesError("usage", `Cannot read the command line: ${reason}`, {
      remedy: compileUsage,
    });
  }
}
