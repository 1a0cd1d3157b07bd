// Owns: the operation `profile show`.

import * as z from "zod";
import { readActiveProfile } from "../../config/active_profile.ts";
import { getProfile } from "../../profiles/roster.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { profileSchema, viewProfile } from "./wire.ts";

export const profileShow = defineOp({
  name: "show",
  group: "profile",
  summary: "Show one agent",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ name: z.string().describe("Name of the profile") }),
  output: profileSchema.extend({
    warning: z.string().optional().describe("What is odd about its configuration"),
  }),
  cli: { args: ["name"], examples: ["hermes profile show writer"] },
  async run(context, input) {
    const profile = await getProfile(context.paths, input.name);
    const { toolsetWarnings } = await import("../../profiles/toolsets.ts");
    const warnings = toolsetWarnings(profile.toolsets);
    return {
      ...viewProfile(profile, await readActiveProfile(context.paths.root)),
      ...(warnings.length > 0 ? { warning: warnings.join("\n") } : {}),
    };
  },
});

export type ProfileShowOutput = OutputOf<typeof profileShow>;
