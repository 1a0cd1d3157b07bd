// Owns: the operation `profile use`.

import * as z from "zod";
import { readActiveProfile, writeActiveProfile } from "../../config/active_profile.ts";
import { envNames, envValue } from "../../config/env_names.ts";
import { getProfile } from "../../profiles/roster.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const profileUse = defineOp({
  name: "use",
  group: "profile",
  summary: "Make an agent the active one: whom commands act as when nobody says it",
  actors: ["human", "system"],
  input: z.object({ name: z.string().describe("Name of the profile") }),
  output: z.object({
    name: z.string(),
    previous: z.string(),
    warning: z.string().optional(),
  }),
  cli: {
    args: ["name"],
    examples: ["hermes profile use writer", "hermes profile use default"],
  },
  async run(context, input) {
    const { root } = context.paths;
    const { name } = await getProfile(context.paths, input.name);
    const previous = await readActiveProfile(root);
    await writeActiveProfile(root, name);
    const pinned = envValue(context.env, envNames.profile);
    const elsewhere = pinned !== undefined && pinned.trim().toLowerCase() !== name
      ? `${envNames.profile} is set to "${pinned}" in this shell and goes before the active profile.`
      : null;
    return { name, previous, ...(elsewhere ? { warning: elsewhere } : {}) };
  },
});

export type ProfileUseOutput = OutputOf<typeof profileUse>;
