// Owns: the operation `profile list`.

import * as z from "zod";
import { listProfiles } from "../profiles/roster.ts";
import { defineOp, type OutputOf } from "./define.ts";
import { profileSchema, viewProfile } from "./profile_wire.ts";

export const profileList = defineOp({
  name: "list",
  group: "profile",
  summary: "List the agents of the team",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({}),
  output: z.object({ profiles: z.array(profileSchema) }),
  cli: { pick: "profiles", examples: ["hermes profile list", "hermes profile list --json"] },
  async run(context) {
    return { profiles: (await listProfiles(context.paths)).map(viewProfile) };
  },
});

export type ProfileListOutput = OutputOf<typeof profileList>;
