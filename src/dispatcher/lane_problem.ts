// Owns: saying beforehand why a profile's worker could not be started.

import { toHermesError } from "../base/errors.ts";
import { LaneBook } from "../lanes/profile_lane.ts";
import { requireProgram } from "./lane_program.ts";
import type { WhyFacts } from "./why/gate.ts";

/**
 * What keeps the worker of a profile from being started, as far as its files and this process's PATH tell.
 *
 * @param path value of PATH; the gateway's may be another
 */
export async function laneProblem(
  root: string,
  profile: string,
  path: string | undefined,
): Promise<WhyFacts["laneProblem"]> {
  const choice = await new LaneBook(root).startable(profile);
  if (!choice.ok) {
    const { message, remedy = null } = choice.error;
    return { gate: "bad_lane", text: `${message}.`, remedy };
  }
  if (choice.lane === null) return null;
  try {
    await requireProgram(choice.lane, path);
    return null;
  } catch (thrown) {
    const { install, name, command } = choice.lane;
    const { message } = toHermesError(thrown);
    const text = install === ""
      ? message
      : `Its lane ${name} needs the program "${command[0]}", which is not on the PATH.`;
    return { gate: "no_program", text, remedy: install === "" ? null : install };
  }
}
