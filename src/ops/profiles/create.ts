// Owns: the operation `profile create`.

import * as z from "zod";
import { readActiveProfile } from "../../config/active_profile.ts";
import { createProfile } from "../../profiles/create.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { profileSchema, viewProfile } from "./wire.ts";

export const profileCreate = defineOp({
  name: "create",
  group: "profile",
  summary: "Add an agent to the team",
  actors: ["human", "system"],
  input: z.object({
    name: z.string().describe("Lower-case letters, digits, hyphens and underscores"),
    description: z.string().optional().describe("What it is good at; the planner routes by this"),
  }),
  output: profileSchema,
  cli: {
    args: ["name"],
    examples: ['hermes profile create writer --description "Writes and edits prose"'],
  },
  http: { method: "POST", path: "/profiles" },
  async run(context, input) {
    const active = await readActiveProfile(context.paths.root);
    return viewProfile(await createProfile(context.paths, input), active);
  },
});

export type ProfileCreateOutput = OutputOf<typeof profileCreate>;
