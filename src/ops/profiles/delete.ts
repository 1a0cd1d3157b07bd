// Owns: the operation `profile delete`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { plural } from "../../base/text.ts";
import { writeActiveProfile } from "../../config/active_profile.ts";
import { defaultProfile } from "../../config/paths.ts";
import { getProfile, type Profile } from "../../profiles/roster.ts";
import { throwAway } from "../../workspace/trash.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { isActive, rolesOf } from "./roles.ts";
import { nameTasks, openTasksOf, type ProfileTask } from "./tasks.ts";

export const profileDelete = defineOp({
  name: "delete",
  group: "profile",
  summary: "Move an agent's folder to the trash",
  actors: ["human", "system"],
  input: z.object({
    name: z.string().describe("Name of the profile"),
    yes: z.boolean().default(false).describe("Even though tasks run or are ready for it"),
  }),
  output: z.object({
    name: z.string(),
    trash: z.string().describe("Where the folder lies now"),
    warning: z.string().optional(),
  }),
  cli: {
    args: ["name"],
    examples: ["hermes profile delete intern", "hermes profile delete intern --yes"],
  },
  async run(context, input) {
    const profile = await getProfile(context.paths, input.name);
    const { name } = profile;
    if (name === defaultProfile) throw notDefault();
    const tasks = await openTasksOf(context, name);
    const busy = tasks.filter(({ status }) => status === "running" || status === "ready");
    if (busy.length > 0 && !input.yes) throw stillNeeded(name, busy);
    const keys = await rolesOf(context, name);
    const { profilesDir } = context.paths;
    const wasActive = await isActive(context, name);
    const thrown = await throwAway(
      profile.home,
      { workspacesRoot: profilesDir },
      context.clock.now(),
    );
    if (!("trashed" in thrown)) throw notMoved(profile, thrown.kept);
    if (wasActive) await writeActiveProfile(context.paths.root, defaultProfile);
    const warnings = [
      ...(tasks.length > 0
        ? [`${plural(tasks.length, "open task")} still assigned to ${name}: ${nameTasks(tasks)}`]
        : []),
      ...keys.map((key) => `${key} in config.yaml names ${name}; the fallback is used instead`),
    ];
    return {
      name,
      trash: thrown.trashed,
      ...(warnings.length > 0 ? { warning: warnings.join("\n") } : {}),
    };
  },
});

export type ProfileDeleteOutput = OutputOf<typeof profileDelete>;

function notDefault(): HermesError {
  return new HermesError(
    "refused",
    `Cannot delete profile "${defaultProfile}": its folder is the home of all boards and profiles`,
  );
}

function stillNeeded(name: string, busy: readonly ProfileTask[]): HermesError {
  return new HermesError("refused", `Cannot delete profile "${name}": it has ${nameTasks(busy)}`, {
    remedy: "Give its tasks to somebody else with: hermes kanban assign <id> <profile>; " +
      `or delete it all the same: hermes profile delete ${name} --yes`,
    details: { profile: name, tasks: busy },
  });
}

function notMoved({ name, home }: Profile, kept: string): HermesError {
  const reason = kept === "worktree"
    ? "a git worktree lies in its folder, whose work may be merged nowhere yet"
    : `its folder ${home} is a link to a place that hermes does not manage`;
  return new HermesError("refused", `Cannot delete profile "${name}": ${reason}`, {
    remedy: "Look at the folder and move it away by hand.",
  });
}
