// Owns: which profiles exist on this machine and what is known about each.

import { join } from "node:path";
import { HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { isMapping } from "../config/layer.ts";
import { defaultProfile, profileHomeOf, profileNamePattern } from "../config/paths.ts";
import type { Paths } from "../config/paths.ts";
import { exists, listDirs } from "../platform/files.ts";
import { normalizeProfileName } from "./names.ts";
import { readMapping, readProfileCard } from "./profile_file.ts";
import type { ProfileCard } from "./profile_file.ts";
import { skillNames } from "./skills.ts";

/** One named agent. */
export interface Profile extends ProfileCard {
  name: string;
  /** The profile's own folder, absolute. */
  home: string;
  isDefault: boolean;
  /** Model name and provider it runs with; empty when none is configured. */
  model: string;
  provider: string;
  /** Skills in the profile's own folder. */
  skillCount: number;
  toolsets: string[];
}

/** The part of {@link Paths} a roster needs. */
export type RosterPaths = Pick<Paths, "root" | "profilesDir">;

/**
 * Names of all profiles: `default`, which always exists, then every folder of `<root>/profiles`
 * that holds a `config.yaml`, in alphabetical order. Reads no file.
 */
export async function profileNames(paths: RosterPaths): Promise<string[]> {
  const folders = (await listDirs(paths.profilesDir))
    .filter((name) => name !== defaultProfile && profileNamePattern.test(name));
  const found = await Promise.all(
    folders.map((name) => exists(join(paths.profilesDir, name, "config.yaml"))),
  );
  return [defaultProfile, ...folders.filter((_, index) => found[index]).sort()];
}

/** All profiles, in the order of {@link profileNames}. Corrupt files read as empty. */
export async function listProfiles(paths: RosterPaths): Promise<Profile[]> {
  const shared = await readMapping(join(paths.root, "config.yaml"));
  const names = await profileNames(paths);
  return await Promise.all(names.map((name) => readProfile(paths.root, name, shared)));
}

/**
 * The profile called `name`, in any case of letters.
 *
 * @throws HermesError `not_found`, with the closest existing name as a suggestion.
 */
export async function getProfile(paths: RosterPaths, name: string): Promise<Profile> {
  const names = await profileNames(paths);
  const wanted = normalizeProfileName(name);
  if (wanted !== null && names.includes(wanted)) {
    return readProfile(paths.root, wanted, await readMapping(join(paths.root, "config.yaml")));
  }
  const close = suggest(name, names);
  throw new HermesError("not_found", `Cannot find profile "${name}": profile not found`, {
    remedy: close
      ? `Did you mean "${close}"?`
      : `Create it with: hermes profile create ${wanted ?? "<name>"}`,
    details: { profile: name, profiles: names },
  });
}

async function readProfile(
  root: string,
  name: string,
  shared: Record<string, unknown>,
): Promise<Profile> {
  const home = profileHomeOf(root, name);
  const isDefault = name === defaultProfile;
  const [card, own, skills] = await Promise.all([
    readProfileCard(home),
    isDefault ? {} : readMapping(join(home, "config.yaml")),
    skillNames(home),
  ]);
  const config: Record<string, unknown> = { ...shared, ...own };
  return {
    name,
    home,
    isDefault,
    ...card,
    model: textAt(own, "default") || textAt(shared, "default"),
    provider: textAt(own, "provider") || textAt(shared, "provider"),
    skillCount: skills.length,
    toolsets: Array.isArray(config["toolsets"])
      ? config["toolsets"].filter((item) => typeof item === "string")
      : [],
  };
}

function textAt(config: Record<string, unknown>, key: string): string {
  const model = config["model"];
  const value = isMapping(model) ? model[key] : undefined;
  return typeof value === "string" ? value : "";
}
