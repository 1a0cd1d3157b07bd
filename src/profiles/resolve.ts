// Owns: which profile gets the root of a decomposition and which gets tasks nobody fits.

import { defaultProfile } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import { normalizeProfileName } from "./names.ts";

/** The profiles the planner falls back to. Both always exist. */
export interface Routing {
  orchestrator: string;
  defaultAssignee: string;
}

/**
 * Resolves both roles: the configured profile if it exists, else the active one if it exists, else
 * `default`.
 *
 * @param names all profile names on disk
 * @param activeProfile the profile this process runs as
 */
export function resolveRouting(
  config: { kanban: Pick<Config["kanban"], "orchestrator_profile" | "default_assignee"> },
  names: readonly string[],
  activeProfile: string,
): Routing {
  const pick = (configured: string) => {
    const name = normalizeProfileName(configured);
    if (name !== null && names.includes(name)) return name;
    return names.includes(activeProfile) ? activeProfile : defaultProfile;
  };
  return {
    orchestrator: pick(config.kanban.orchestrator_profile),
    defaultAssignee: pick(config.kanban.default_assignee),
  };
}
