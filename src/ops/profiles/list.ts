// Owns: the operation `profile list`.

import * as z from "zod";
import { readActiveProfile } from "../../config/active_profile.ts";
import { listProfiles } from "../../profiles/roster.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { profileSchema, viewProfile } from "./wire.ts";

export const profileList = defineOp({
  name: "list",
  group: "profile",
  summary: "List the agents of the team",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({}),
  output: z.object({ profiles: z.array(profileSchema) }),
  cli: { pick: "profiles", examples: ["hermes profile list", "hermes profile list --json"] },
  http: { method: "GET", path: "/profiles" },
  async run(context) {
    const active = await readActiveProfile(context.paths.root);
    const profiles = await listProfiles(context.paths);
    return { profiles: profiles.map((profile) => viewProfile(profile, active)) };
  },
});

export type ProfileListOutput = OutputOf<typeof profileList>;
