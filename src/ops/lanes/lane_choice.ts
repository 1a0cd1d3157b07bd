// Owns: finding the lane that a word means: a profile's, or one by its own name.

import { HermesError } from "../../base/errors.ts";
import { suggest } from "../../base/suggest.ts";
import type { Lane } from "../../lanes/manifest.ts";
import type { OpContext } from "../context.ts";

/**
 * The lane of profile `word`, or else the lane of that name; `lane` is null for the built-in agent.
 *
 * @throws HermesError `config` when the profile's files say what cannot be used; `not_found`.
 */
export async function laneFor(
  context: Pick<OpContext, "profiles" | "paths">,
  word: string,
): Promise<{ profile: string | null; name: string; lane: Lane | null; file: string | null }> {
  const [{ profileLane }, { laneNames, readLane }, { builtinLane }] = await Promise.all([
    import("../../lanes/profile_lane.ts"),
    import("../../lanes/read_lane.ts"),
    import("../../lanes/builtin_name.ts"),
  ]);
  const profiles = await context.profiles();
  const wanted = word.trim().toLowerCase();
  if (profiles.includes(wanted)) {
    const choice = await profileLane(context.paths.root, wanted);
    if (!choice.ok) throw choice.error;
    return { profile: wanted, name: choice.name, lane: choice.lane, file: choice.file };
  }
  if (laneNames.includes(wanted)) {
    const worker = wanted === "shell" ? { lane: wanted, script: "true" } : wanted;
    const lane = readLane(worker, "the command line");
    return { profile: null, name: lane?.name ?? builtinLane, lane, file: null };
  }
  const close = suggest(wanted, [...profiles, ...laneNames]);
  throw new HermesError(
    "not_found",
    `Cannot find lane "${word}": no profile or lane is called so`,
    {
      remedy: close
        ? `Did you mean "${close}"?`
        : `Profiles: ${profiles.join(", ")}. Lanes: ${laneNames.join(", ")}`,
    },
  );
}
