// Owns: whether the skills of a task can be loaded by whoever is to do it.

import { HermesError } from "../../base/errors.ts";
import { missingSkills } from "../../profiles/skills.ts";
import { isToolset } from "../../profiles/toolsets.ts";
import { defaultProfile } from "../../config/paths.ts";
import type { OpContext } from "../context.ts";

/**
 * The names of toolsets are no skills: a worker that is to load one cannot start.
 *
 * @throws HermesError `invalid` for the first such name, unless there is a skill that is called so.
 */
export async function refuseToolsetNames(
  { paths }: OpContext,
  assignee: string | null | undefined,
  skills: readonly string[],
): Promise<void> {
  const doubtful = skills.map((name) => name.trim()).filter(isToolset);
  if (doubtful.length === 0) return;
  const [missing] = await missingSkills(paths, profileOf(assignee), doubtful);
  if (!missing) return;
  const name = String(missing.details?.["skill"]);
  throw new HermesError("invalid", `Cannot use skill "${name}": it is a toolset, not a skill`, {
    remedy: "Toolsets belong to a profile: list them in toolsets of its config.yaml.",
    details: { field: "skills", skill: name },
  });
}

/** Sentences on the skills that the worker of a task would not find. */
export async function skillObstacles(
  { paths }: OpContext,
  assignee: string,
  skills: readonly string[],
): Promise<string[]> {
  return (await missingSkills(paths, assignee, skills)).map(({ details, remedy }) =>
    `Profile "${assignee}" has no skill "${details?.["skill"]}", so no worker can be started. ` +
    `${remedy}`
  );
}

function profileOf(assignee: string | null | undefined): string {
  return assignee?.trim().toLowerCase() || defaultProfile;
}
