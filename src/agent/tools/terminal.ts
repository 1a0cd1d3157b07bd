// Owns: the `terminal` tool.

import { runCommand } from "../../platform/spawn.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { optionalCount, textArgument } from "./arguments.ts";
import { keptOutputBytes, type LongOutput } from "./long_output.ts";

/** Where and within which limits commands run. */
export interface TerminalOptions {
  /** Working directory of every command. */
  root: string;
  /** Longest time a command may take, and what it gets by default, in seconds. */
  timeoutSeconds: number;
  /** Most bytes shown of each of stdout and stderr. */
  maxOutputBytes: number;
  /** The whole environment of commands. */
  env: Record<string, string>;
  /** Keeps what is too long to show; without it the middle is lost. */
  longOutput?: LongOutput;
}

/** Runs shell commands in the workspace, each in a process group that ends with its timeout. */
export function terminalTool(options: TerminalOptions): AgentTool {
  const { root, timeoutSeconds, maxOutputBytes, env, longOutput } = options;
  const show = (text: string, name: string) =>
    longOutput ? longOutput.shorten(text, maxOutputBytes, name) : text;
  return {
    name: "terminal",
    description: "Run a shell command (sh -c) in the workspace. Answers JSON with exit_code, " +
      "stdout and stderr. There is no standard input: use flags that ask nothing.",
    parameters: objectSchema({
      command: { type: "string", description: "The command line." },
      timeout_seconds: {
        type: "integer",
        description: `Seconds until the command is ended; at most ${timeoutSeconds}, the default.`,
      },
    }, ["command"]),
    async run(args, signal) {
      const command = textArgument(args, "command");
      const seconds = optionalCount(args, "timeout_seconds", timeoutSeconds, timeoutSeconds);
      const result = await runCommand({
        argv: ["sh", "-c", command],
        cwd: root,
        env,
        timeoutSeconds: seconds,
        maxOutputBytes: longOutput ? Math.max(maxOutputBytes, keptOutputBytes) : maxOutputBytes,
        signal,
      });
      return JSON.stringify({
        exit_code: result.code,
        ...(result.signal ? { signal: result.signal } : {}),
        ...(result.timedOut ? { timed_out_after_seconds: seconds } : {}),
        ...(result.truncated ? { truncated: true } : {}),
        stdout: await show(result.stdout, "stdout"),
        stderr: await show(result.stderr, "stderr"),
      });
    },
  };
}
