// Owns: a skill as surfaces show it, and whose skills a command is about.

import { dirname } from "node:path";
import * as z from "zod";
import { defaultProfile, profileHomeOf } from "../../config/paths.ts";
import { getProfile } from "../../profiles/roster.ts";
import type { Skill } from "../../profiles/skills.ts";
import type { OpContext } from "../context.ts";

export const skillSchema = z.object({
  name: z.string(),
  description: z.string(),
  version: z.string().describe("Empty when it says none"),
  source: z.enum(["profile", "shared", "built-in"])
    .describe("The profile's own; shared by all profiles; or part of hermes"),
  path: z.string().nullable().describe("Its folder; null for one that is part of hermes"),
}).meta({ id: "Skill" });

export function viewSkill(skill: Skill): z.input<typeof skillSchema> {
  const { name, description, version, source, file } = skill;
  return { name, description, version, source, path: file === null ? null : dirname(file) };
}

export const sharedField = z.boolean().default(false)
  .describe("For all profiles, whichever one is meant otherwise");

/** Whose skills are meant, and the home they lie in: the root's are shared by all profiles. */
export interface SkillHome {
  profile: string;
  home: string;
}

/**
 * The home of the context's profile, or the one that all share.
 *
 * @throws HermesError `not_found` when there is no such profile.
 */
export async function skillHome({ paths }: OpContext, shared: boolean): Promise<SkillHome> {
  const profile = shared ? defaultProfile : (await getProfile(paths, paths.profile)).name;
  return { profile, home: profileHomeOf(paths.root, profile) };
}
