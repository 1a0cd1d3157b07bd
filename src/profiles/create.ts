// Owns: making a new profile folder.

import { join } from "node:path";
import { HermesError } from "../base/errors.ts";
import { ensureDir, exists, writeTextAtomic } from "../platform/files.ts";
import { newProfileName } from "./names.ts";
import { writeProfileCard } from "./profile_file.ts";
import { getProfile } from "./roster.ts";
import type { Profile, RosterPaths } from "./roster.ts";
import type { TemplateFiles } from "./template_files.ts";

/** What a person says about a new profile. */
export interface NewProfile {
  name: string;
  /** What it is good at; the planner routes by this. */
  description?: string;
  /** Texts for its files; plain ones are written by default. */
  files?: TemplateFiles;
}

/**
 * Creates `<root>/profiles/<name>` with `config.yaml`, `profile.yaml`, `SOUL.md`, `.env` (for its owner's eyes
 * only), `skills/` and `memory/`.
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
  const { files } = profile;
  await ensureDir(join(home, "skills"));
  await ensureDir(join(home, "memory"));
  const card = join(home, "profile.yaml");
  // What a person left in the folder stays, unless they say something else now.
  if (files ? !await exists(card) : description !== "" || !await exists(card)) {
    if (files) await writeTextAtomic(card, files.card);
    else await writeProfileCard(home, { description, descriptionAuto: false });
  }
  const soul = join(home, "SOUL.md");
  if (!await exists(soul)) await writeTextAtomic(soul, files?.soul ?? soulText(name, description));
  const env = join(home, ".env");
  if (!await exists(env)) await writeTextAtomic(env, envText(name), { mode: 0o600 });
  await writeTextAtomic(configFile, files?.config ?? configText(name));
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
# toolsets: [files, search, terminal]
`;
}

function envText(name: string): string {
  return `# Variables for profile ${name} alone, one NAME=value per line: keys, tokens, passwords.
# Its workers and chats get them; other profiles do not.
`;
}
