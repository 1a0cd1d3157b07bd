// Owns: making a new profile folder.

import { join } from "node:path";
import { HermesError } from "../base/errors.ts";
import { ensureDir, exists, writeTextAtomic } from "../platform/files.ts";
import { newProfileName } from "./names.ts";
import { writeProfileCard } from "./profile_file.ts";
import { getProfile } from "./roster.ts";
import type { Profile, RosterPaths } from "./roster.ts";

/** What a person says about a new profile. */
export interface NewProfile {
  name: string;
  /** What it is good at; the planner routes by this. */
  description?: string;
}

/**
 * Creates `<root>/profiles/<name>` with `config.yaml`, `profile.yaml`, `SOUL.md` and `skills/`.
 * `config.yaml` is written last: a folder without it is no profile yet, so an interrupted creation
 * can be repeated.
 *
 * @throws HermesError `invalid` for an unusable name, `refused` when the profile exists, `io`.
 */
export async function createProfile(paths: RosterPaths, profile: NewProfile): Promise<Profile> {
  const name = newProfileName(profile.name);
  const home = join(paths.profilesDir, name);
  const configFile = join(home, "config.yaml");
  if (await exists(configFile)) {
    throw new HermesError("refused", `Cannot create profile "${name}": it exists already`, {
      remedy: `Change its description with: hermes profile describe ${name} --text "…"`,
      details: { profile: name, home },
    });
  }
  const description = profile.description?.trim() ?? "";
  await ensureDir(join(home, "skills"));
  await writeProfileCard(home, { description, descriptionAuto: false });
  const soul = join(home, "SOUL.md");
  if (!await exists(soul)) await writeTextAtomic(soul, soulText(name, description));
  await writeTextAtomic(configFile, configText(name));
  return await getProfile(paths, name);
}

function soulText(name: string, description: string): string {
  return `# ${name}

You are ${name}, one of several agents who share a task board.${
    description ? `\n\nWhat you are here for: ${description}` : ""
  }

Be exact, check what you claim, and say plainly what you could not do.
`;
}

function configText(name: string): string {
  return `# Settings of profile ${name}. A key set here wins over the shared config.yaml.
#
# model:
#   default: <model name>
# toolsets: [kanban]
`;
}
