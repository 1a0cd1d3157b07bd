// Owns: running one program from a project script.

import { HermesError } from "../src/base/errors.ts";

/** How a program ended and everything it printed. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Optional parts of {@link runProgram} and {@link runVisibly}. */
export interface CommandParts {
  cwd?: string;
  /** Added to this process's environment, or the whole environment with `clearEnv`. */
  env?: Record<string, string>;
  clearEnv?: boolean;
}

/**
 * Runs `argv` to its end with stdin closed and collects what it prints.
 *
 * @throws HermesError `unavailable` when the program cannot be started.
 */
export async function runProgram(argv: string[], parts: CommandParts = {}): Promise<CommandResult> {
  const output = await command(argv, parts, "piped", (child) => child.output());
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}

/** Runs `argv` to its end with stdin closed, its output going to ours; gives the exit code. */
export async function runVisibly(argv: string[], parts: CommandParts = {}): Promise<number> {
  return (await command(argv, parts, "inherit", (child) => child.spawn().status)).code;
}

async function command<T>(
  argv: string[],
  parts: CommandParts,
  output: "piped" | "inherit",
  run: (child: Deno.Command) => Promise<T>,
): Promise<T> {
  const [program = "", ...args] = argv;
  try {
    return await run(
      new Deno.Command(program, { args, ...parts, stdin: "null", stdout: output, stderr: output }),
    );
  } catch (error) {
    throw new HermesError("unavailable", `Cannot start "${program}": ${String(error)}`, {
      remedy: `Install ${program} or put it on PATH.`,
      cause: error,
    });
  }
}
