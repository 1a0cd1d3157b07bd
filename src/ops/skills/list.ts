// Owns: the operation `skills list`.

import * as z from "zod";
import { visibleSkills } from "../../profiles/skills.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { skillHome, skillSchema, viewSkill } from "./wire.ts";

export const skillsList = defineOp({
  name: "list",
  group: "skills",
  summary: "List the skills a profile can load",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({}),
  output: z.object({ profile: z.string(), skills: z.array(skillSchema) }),
  cli: { pick: "skills", examples: ["hermes skills list", "hermes -p writer skills list --json"] },
  async run(context) {
    const { profile } = await skillHome(context, false);
    return { profile, skills: (await visibleSkills(context.paths, profile)).map(viewSkill) };
  },
});

export type SkillsListOutput = OutputOf<typeof skillsList>;
