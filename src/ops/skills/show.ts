// Owns: the operation `skills show`.

import * as z from "zod";
import { loadSkills } from "../../profiles/skills.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { skillHome, skillSchema, viewSkill } from "./wire.ts";

export const skillsShow = defineOp({
  name: "show",
  group: "skills",
  summary: "Show a skill with its text",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ name: z.string().describe("Name of the skill") }),
  output: skillSchema.extend({ text: z.string().describe("Its instructions, as Markdown") }),
  cli: { args: ["name"], examples: ["hermes skills show kanban-worker"] },
  async run(context, input) {
    const { profile } = await skillHome(context, false);
    const [skill] = await loadSkills(context.paths, profile, [input.name]);
    return { ...viewSkill(skill!), text: skill!.body };
  },
});

export type SkillsShowOutput = OutputOf<typeof skillsShow>;
