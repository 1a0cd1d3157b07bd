// Owns: running git so that it can neither ask questions nor be led to another repository.

import { HermesError } from "../base/errors.ts";
import { cut } from "../base/text.ts";
import { allEnv } from "../platform/env.ts";
import { type CommandResult, runCommand } from "../platform/spawn.ts";

/** A checkout of a large repository may take a while; waiting for ever is no option. */
const timeoutSeconds = 300;

/** Runs git in `cwd` and returns what it said, whatever its exit status. */
export async function tryGit(cwd: string, args: string[]): Promise<CommandResult> {
  return await runCommand({
    argv: ["git", ...args],
    cwd,
    env: gitEnv(),
    timeoutSeconds,
    maxOutputBytes: 4_000_000,
  });
}

/**
 * Runs git in `cwd` and returns its standard output.
 *
 * @throws HermesError `unavailable`: `Cannot <action> "<subject>": <git's own words>`.
 */
export async function git(
  cwd: string,
  args: string[],
  action: string,
  subject: string,
): Promise<string> {
  const result = await tryGit(cwd, args);
  if (result.code === 0) return result.stdout;
  throw new HermesError("unavailable", `Cannot ${action} "${subject}": ${gitReason(result)}`, {
    details: { command: ["git", ...args], exit: result.code },
  });
}

/** Why git failed, in its own words, without its progress messages. */
export function gitReason(result: CommandResult): string {
  if (result.timedOut) return `git took longer than ${timeoutSeconds} s`;
  const lines = result.stderr.split(/\r?\n/).map((line) => line.trim()).filter((line) =>
    line !== ""
  );
  const start = lines.findIndex((line) => /^(fatal|error):/.test(line));
  const words = lines.slice(Math.max(0, start)).join(" ");
  return cut(words, 2000) || `git ended with ${result.signal ?? `exit status ${result.code}`}`;
}

/**
 * This process's environment without what would point git at another repository, as the variables of
 * a surrounding hook do.
 */
function gitEnv(): Record<string, string> {
  const env = allEnv();
  for (const name of Object.keys(env)) {
    if (
      /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|PREFIX|OBJECT_DIRECTORY|NAMESPACE)$/.test(name)
    ) {
      delete env[name];
    }
  }
  return { ...env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "true" };
}
