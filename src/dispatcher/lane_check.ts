// Owns: asking a lane's program whether it is there and which version it is.

import { firstLine } from "../base/text.ts";
import type { Lane } from "../lanes/manifest.ts";
import { findProgram } from "../platform/find_program.ts";
import { runCommand } from "../platform/spawn.ts";

/** What is known of a lane's program on this machine. */
export interface ProgramCheck {
  program: string;
  /** Null when it is not on the PATH. */
  path: string | null;
  /** What it prints when asked; null when it is not asked, or does not say. */
  version: string | null;
}

/** Seconds a program may take to say its version. */
const versionSeconds = 10;

/** Looks for the program and asks for its version. Never throws. */
export async function checkProgram(
  lane: Pick<Lane, "command" | "version">,
  env: Readonly<Record<string, string>>,
): Promise<ProgramCheck> {
  const [program = "", ...before] = lane.command;
  const path = await findProgram(program, env["PATH"] ?? "");
  if (path === null || lane.version.length === 0) return { program, path, version: null };
  const said = await runCommand({
    argv: [path, ...before, ...lane.version],
    env: { ...env },
    timeoutSeconds: versionSeconds,
    maxOutputBytes: 4096,
  }).catch(() => null);
  const version = said?.code === 0 ? firstLine(said.stdout, 80) : null;
  return { program, path, version };
}
