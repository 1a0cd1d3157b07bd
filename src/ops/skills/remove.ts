// Owns: the operation `skills remove`.

import { dirname } from "node:path";
import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { findInHome, findSkill, loadSkills } from "../../profiles/skills.ts";
import { throwAway } from "../../workspace/trash.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { sharedField, skillHome } from "./wire.ts";

export const skillsRemove = defineOp({
  name: "remove",
  group: "skills",
  summary: "Move a skill to the trash",
  actors: ["human", "system"],
  input: z.object({
    name: z.string().describe("Name of the skill"),
    shared: sharedField,
  }),
  output: z.object({
    name: z.string(),
    profile: z.string(),
    trash: z.string().describe("Where the folder lies now"),
    warning: z.string().optional(),
  }),
  cli: {
    args: ["name"],
    examples: ["hermes -p writer skills remove house-style", "hermes skills remove tides --shared"],
  },
  async run(context, { name, shared }) {
    const { paths, clock } = context;
    const { profile, home } = await skillHome(context, shared);
    const file = await findInHome(home, name);
    if (file === null) {
      const [other] = await loadSkills(paths, profile, [name]);
      throw new HermesError(
        "refused",
        `Cannot remove skill "${name}": ${
          other!.source === "built-in" ? "it comes with hermes" : "it is shared by all profiles"
        }`,
        {
          remedy: other!.source === "built-in"
            ? "A profile's own skill of the same name goes before it."
            : `Remove it for all with: hermes skills remove ${name} --shared`,
        },
      );
    }
    const folder = dirname(file);
    const thrown = await throwAway(folder, { workspacesRoot: dirname(folder) }, clock.now());
    if (!("trashed" in thrown)) {
      const reason = thrown.kept === "worktree"
        ? "a git worktree lies in it"
        : "its folder is a link to another place";
      throw new HermesError("refused", `Cannot remove skill "${name}": ${reason}`, {
        remedy: `Look at ${folder} and move it away by hand.`,
      });
    }
    const next = await findSkill(paths, profile, name);
    const warning = next === null ? null : `The ${next.source} skill of this name is used instead.`;
    return { name, profile, trash: thrown.trashed, ...(warning ? { warning } : {}) };
  },
});

export type SkillsRemoveOutput = OutputOf<typeof skillsRemove>;
