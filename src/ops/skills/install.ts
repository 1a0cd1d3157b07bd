// Owns: the operation `skills install`.

import { dirname, join } from "node:path";
import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { readSkillText } from "../../profiles/skill_file.ts";
import { installSkill, skillsIn, type SkillSource } from "../../profiles/skill_install.ts";
import { builtInSkills, findInHome } from "../../profiles/skills.ts";
import { cloneNewest, isGitAddress, withoutCredentials } from "../../workspace/clone.ts";
import { withFolder } from "../../workspace/passing_folder.ts";
import { throwAway } from "../../workspace/trash.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { sharedField, type SkillHome, skillHome } from "./wire.ts";
import { textList } from "../wire.ts";

const installedSchema = z.object({
  name: z.string(),
  description: z.string(),
  path: z.string(),
  files: z.number(),
  replaced: z.string().nullable().describe("Where the skill it replaces lies in the trash"),
});

export const skillsInstall = defineOp({
  name: "install",
  group: "skills",
  summary: "Install skills from a folder, a git repository, or by the name of a built-in one",
  actors: ["human", "system"],
  input: z.object({
    source: z.string().min(1)
      .describe("Folder, address of a git repository, or name of a skill that comes with hermes"),
    skills: textList().default([]).describe("Of several skills there, only this one"),
    all: z.boolean().default(false).describe("All skills there"),
    shared: sharedField,
    force: z.boolean().default(false).describe(
      "Replace a skill of the same name; it goes to trash",
    ),
    ref: z.string().optional().describe("Branch or tag of the repository"),
  }),
  output: z.object({
    profile: z.string(),
    installed: z.array(installedSchema),
  }),
  cli: {
    args: ["source"],
    fields: { skills: { flag: "skill" } },
    examples: [
      "hermes skills install ./my-skill",
      "hermes -p writer skills install https://github.com/acme/skills.git --skill house-style",
      "hermes skills install kanban-worker --shared",
    ],
  },
  async run(context, input) {
    const home = await skillHome(context, input.shared);
    const { source, ref } = input;
    const install = async (found: SkillSource[], origin: Record<string, unknown>) => {
      const chosen = choose(source, found, input.skills, input.all);
      const installed = [];
      for (const skill of chosen) {
        installed.push(await put(context, home, skill, origin, input.force));
      }
      return { profile: home.profile, installed };
    };
    if (Object.hasOwn(builtInSkills, source)) {
      const raw = builtInSkills[source]!;
      return await install([{ text: readSkillText(raw), raw, folder: null }], { source: "hermes" });
    }
    if (!isGitAddress(source)) return await install(await skillsIn(source), { source });
    return await withFolder("hermes-skill-", async (folder) => {
      const clone = join(folder, "repository");
      const commit = await cloneNewest(source, clone, ref);
      return await install(await skillsIn(clone), { source: withoutCredentials(source), commit });
    });
  },
});

export type SkillsInstallOutput = OutputOf<typeof skillsInstall>;

/** @throws HermesError `usage` when it is not clear which are meant, `not_found` for a name nobody has. */
function choose(
  source: string,
  found: readonly SkillSource[],
  names: readonly string[],
  all: boolean,
): SkillSource[] {
  const has = found.map(({ text }) => text.name).sort();
  const twice = has.find((name, index) => has[index + 1] === name);
  if (twice !== undefined) {
    throw new HermesError(
      "invalid",
      `Cannot install skill "${twice}": two folders of ${source} are called so`,
      { remedy: "Give the folder of the one that is meant." },
    );
  }
  if (names.length > 0) {
    const missing = names.find((name) => !has.includes(name));
    if (missing === undefined) return found.filter(({ text }) => names.includes(text.name));
    throw new HermesError("not_found", `Cannot install skill "${missing}": ${source} has none`, {
      remedy: `It has: ${has.join(", ")}`,
    });
  }
  if (found.length === 1 || all) return [...found];
  throw new HermesError("usage", `Cannot install "${source}": it holds ${found.length} skills`, {
    remedy: `Choose with --skill <name>, or take --all: ${has.join(", ")}`,
  });
}

async function put(
  context: OpContext,
  { profile, home }: SkillHome,
  skill: SkillSource,
  origin: Record<string, unknown>,
  force: boolean,
): Promise<z.infer<typeof installedSchema>> {
  const { name, description } = skill.text;
  const now = context.clock.now();
  const there = await findInHome(home, name);
  if (there !== null && !force) {
    throw new HermesError("refused", `Cannot install skill "${name}": it is installed already`, {
      remedy: "Replace it with --force; the old one goes to the trash.",
      details: { skill: name, profile, path: dirname(there) },
    });
  }
  let replaced: string | null = null;
  const notes = { ...origin, installed_at: now };
  const { folder, files } = await installSkill(skill, join(home, "skills"), notes, async () => {
    if (there !== null) replaced = await throwOut(name, dirname(there), now);
  });
  return { name, description, path: folder, files, replaced };
}

/** @throws HermesError `refused` when the folder is not one that hermes may move. */
async function throwOut(name: string, folder: string, now: number): Promise<string> {
  const thrown = await throwAway(folder, { workspacesRoot: dirname(folder) }, now);
  if ("trashed" in thrown) return thrown.trashed;
  throw new HermesError("refused", `Cannot replace skill "${name}": ${folder} is not its own`, {
    remedy: "Look at the folder and move it away by hand.",
  });
}
