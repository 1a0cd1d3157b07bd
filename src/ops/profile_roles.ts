// Owns: where else a profile is named — as the active one, and in the configuration's roles.

import { readActiveProfile, writeActiveProfile } from "../config/active_profile.ts";
import { setConfigValue } from "../config/edit.ts";
import { isMapping } from "../config/layer.ts";
import { readMapping } from "../profiles/profile_file.ts";
import type { OpContext } from "./context.ts";

const roles = ["orchestrator_profile", "default_assignee"] as const;

/** Keys of the shared configuration that name `profile`, such as `kanban.default_assignee`. */
export async function rolesOf(context: OpContext, profile: string): Promise<string[]> {
  const { kanban } = await readMapping(context.paths.configFile);
  if (!isMapping(kanban)) return [];
  return roles.filter((role) => String(kanban[role] ?? "").trim().toLowerCase() === profile)
    .map((role) => `kanban.${role}`);
}

/** Writes `to` into the keys that name `from`; returns them. @throws HermesError `config`, `io`. */
export async function renameInRoles(
  context: OpContext,
  from: string,
  to: string,
): Promise<string[]> {
  const keys = await rolesOf(context, from);
  for (const key of keys) await setConfigValue(context.paths.configFile, key.split("."), to);
  return keys;
}

/** Makes `to` the active profile when `from` is; returns whether it was. */
export async function moveActive(
  { paths }: OpContext,
  from: string,
  to: string,
): Promise<boolean> {
  if (await readActiveProfile(paths.root) !== from) return false;
  await writeActiveProfile(paths.root, to);
  return true;
}
