// Owns: the trash of what is no task's: deleted profiles, removed and replaced skills.

import { join } from "node:path";
import type { Paths } from "../../config/paths.ts";
import { listProfiles } from "../../profiles/roster.ts";
import { skillParents } from "../../profiles/skills.ts";
import { emptyTrash } from "../../workspace/trash.ts";

/**
 * Deletes the profiles and skills that were thrown away at least `keepDays` days ago; returns how many.
 *
 * @throws HermesError `io`.
 */
export async function emptyProfileTrash(
  paths: Pick<Paths, "root" | "profilesDir">,
  keepDays: number,
  now: number,
): Promise<number> {
  const homes = (await listProfiles(paths)).map(({ home }) => home);
  const parents = await Promise.all(homes.map((home) => skillParents(join(home, "skills"))));
  let emptied = 0;
  for (const parent of [paths.profilesDir, ...parents.flat()]) {
    emptied += await emptyTrash({ workspacesRoot: parent }, keepDays, now);
  }
  return emptied;
}
