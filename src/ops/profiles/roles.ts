// Owns: where else a profile is named — as the active one, and in the roles of the configuration.

import { readActiveProfile } from "../../config/active_profile.ts";
import { setConfigValue } from "../../config/edit.ts";
import { isMapping } from "../../config/layer.ts";
import { readMapping } from "../../profiles/profile_file.ts";
import type { OpContext } from "../context.ts";

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

/** Whether `profile` is the active one; to be asked while its folder is still there. */
export async function isActive({ paths }: OpContext, profile: string): Promise<boolean> {
  return await readActiveProfile(paths.root) === profile;
}
