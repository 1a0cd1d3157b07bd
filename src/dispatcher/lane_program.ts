// Owns: what a foreign worker needs of this machine: its program, and the variables that hold its keys.

import { HermesError } from "../base/errors.ts";
import type { Lane } from "../lanes/manifest.ts";
import { findProgram } from "../platform/find_program.ts";

/** The lane an attempt is made on; null is the built-in agent. */
export interface LaneChoice {
  name: string;
  lane: Lane | null;
}

/**
 * Finds the program of a lane.
 *
 * @param path value of PATH
 * @returns its absolute path.
 * @throws HermesError `unavailable` with how one gets it.
 */
export async function requireProgram(
  { name, command, install }: Lane,
  path: string | undefined,
): Promise<string> {
  const program = command[0]!;
  const found = await findProgram(program, path ?? "");
  if (found !== null) return found;
  const get = install === "" ? "Install it" : `Install it (${install})`;
  const remedy = `${get}, or add its folder to the PATH of the gateway.`;
  throw new HermesError(
    "unavailable",
    `Cannot start lane "${name}": there is no program "${program}". ${remedy}`,
    { remedy, details: { lane: name, program } },
  );
}

/** The environment of the supervisor: that of the profile, and what the program asks to inherit. */
export function laneEnvironment(
  { inherit }: Lane,
  own: Readonly<Record<string, string>>,
  gateway: Readonly<Record<string, string>>,
): Record<string, string> {
  const inherited = inherit.flatMap((name) => {
    const value = gateway[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), ...own };
}
