// Owns: a profile as surfaces show it.

import * as z from "zod";
import type { Profile } from "../../profiles/roster.ts";

export const profileSchema = z.object({
  name: z.string(),
  is_default: z.boolean(),
  is_active: z.boolean().describe("Whether commands act as it when nobody says whom"),
  model: z.string().describe("Empty when none is configured"),
  provider: z.string(),
  description: z.string(),
  description_auto: z.boolean().describe("Whether a model wrote the description"),
  skill_count: z.number(),
  toolsets: z.array(z.string()),
  home: z.string().describe("Its folder, absolute"),
}).meta({ id: "Profile" });

/** @param active name of the active profile. */
export function viewProfile(profile: Profile, active: string): z.input<typeof profileSchema> {
  return {
    name: profile.name,
    is_default: profile.isDefault,
    is_active: profile.name === active,
    model: profile.model,
    provider: profile.provider,
    description: profile.description,
    description_auto: profile.descriptionAuto,
    skill_count: profile.skillCount,
    toolsets: profile.toolsets,
    home: profile.home,
  };
}
