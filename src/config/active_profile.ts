// Owns: the active profile — whom a command acts as when nobody says it.

import { join } from "node:path";
import { exists, readTextIfExists, writeTextAtomic } from "../platform/files.ts";
import { type Environment, envNames, envValue } from "./env_names.ts";
import { defaultProfile, type Paths, profileNamePattern, resolvePaths } from "./paths.ts";

/** Holds the name chosen by `profile use`. */
export function activeProfileFile(root: string): string {
  return join(root, "active_profile");
}

/**
 * The profile chosen by `profile use`; `default` when none was chosen, or the one that was is gone.
 *
 * @throws HermesError `io`.
 */
export async function readActiveProfile(root: string): Promise<string> {
  const name = (await readTextIfExists(activeProfileFile(root)))?.trim() ?? "";
  const isProfile = name !== defaultProfile && profileNamePattern.test(name) &&
    await exists(join(root, "profiles", name, "config.yaml"));
  return isProfile ? name : defaultProfile;
}

/** Makes `name` the active profile. @throws HermesError `io`. */
export async function writeActiveProfile(root: string, name: string): Promise<void> {
  await writeTextAtomic(activeProfileFile(root), `${name}\n`);
}

/**
 * {@link resolvePaths}, in which the active profile goes before `default`: the profile is the explicit one, else
 * that of the environment, else the active one.
 *
 * @throws HermesError `usage` as {@link resolvePaths}; `io`.
 */
export async function resolveActivePaths(
  env: Environment,
  options: { profile?: string; board?: string } = {},
): Promise<Paths> {
  const paths = resolvePaths(env, options);
  const isNamed = options.profile !== undefined || paths.profile !== defaultProfile ||
    envValue(env, envNames.profile) !== undefined;
  if (isNamed) return paths;
  const profile = await readActiveProfile(paths.root);
  return profile === defaultProfile ? paths : resolvePaths(env, { ...options, profile });
}
