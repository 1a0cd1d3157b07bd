// Owns: the operation `profile show`.

import * as z from "zod";
import { getProfile } from "../profiles/roster.ts";
import { defineOp, type OutputOf } from "./define.ts";
import { profileSchema, viewProfile } from "./profile_wire.ts";

export const profileShow = defineOp({
  name: "show",
  group: "profile",
  summary: "Show one agent",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ name: z.string().describe("Name of the profile") }),
  output: profileSchema,
  cli: { args: ["name"], examples: ["hermes profile show writer"] },
  async run(context, input) {
    return viewProfile(await getProfile(context.paths, input.name));
  },
});

export type ProfileShowOutput = OutputOf<typeof profileShow>;
