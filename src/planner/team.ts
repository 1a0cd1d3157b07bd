// Owns: the team as the planner sees it — every profile, and who takes what nobody else does.

import type { Paths } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import { resolveRouting } from "../profiles/resolve.ts";
import type { Routing } from "../profiles/resolve.ts";
import { listProfiles } from "../profiles/roster.ts";

/** Where profiles lie, and which one is active. */
export type TeamPaths = Pick<Paths, "root" | "profilesDir" | "profile">;

/** Everybody who can be given work. */
export interface PlannerTeam extends Routing {
  roster: { name: string; description: string }[];
  names: string[];
}

/** Reads the team from disk. */
export async function teamOf(
  { config, paths }: { config: Pick<Config, "kanban">; paths: TeamPaths },
): Promise<PlannerTeam> {
  const roster = await listProfiles(paths);
  const names = roster.map(({ name }) => name);
  return { roster, names, ...resolveRouting(config, names, paths.profile) };
}
