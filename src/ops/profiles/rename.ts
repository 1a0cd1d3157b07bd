// Owns: the operation `profile rename`.

import { join } from "node:path";
import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { plural } from "../../base/text.ts";
import { writeActiveProfile } from "../../config/active_profile.ts";
import { defaultProfile } from "../../config/paths.ts";
import { renameProfile } from "../../profiles/rename.ts";
import { newProfileName } from "../../profiles/names.ts";
import { getProfile } from "../../profiles/roster.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { isActive, renameInRoles } from "./roles.ts";
import { handOver, nameTasks, openTasksOf } from "./tasks.ts";

export const profileRename = defineOp({
  name: "rename",
  group: "profile",
  summary: "Give an agent another name",
  actors: ["human", "system"],
  input: z.object({
    name: z.string().describe("Name of the profile"),
    new_name: z.string().describe("The name it gets"),
    reassign: z.boolean().default(false).describe("Give its open tasks to the new name"),
  }),
  output: z.object({
    name: z.string(),
    previous: z.string(),
    home: z.string(),
    reassigned: z.array(z.string()).describe("Ids of the tasks that were given to the new name"),
    config_keys: z.array(z.string()).describe("Keys of config.yaml that name it, changed as well"),
    warning: z.string().optional(),
  }),
  cli: {
    args: ["name", "new_name"],
    fields: { new_name: { name: "new-name" } },
    examples: ["hermes profile rename writer editor --reassign"],
  },
  async run(context, input) {
    const { name: previous, home: from } = await getProfile(context.paths, input.name);
    if (previous === defaultProfile) {
      throw new HermesError(
        "refused",
        `Cannot rename profile "${defaultProfile}": its folder is the home of all profiles`,
      );
    }
    const name = newProfileName(input.new_name, "rename to");
    const tasks = await openTasksOf(context, previous);
    const running = tasks.filter(({ status }) => status === "running");
    if (running.length > 0) {
      throw new HermesError(
        "refused",
        `Cannot rename profile "${previous}": its worker is busy with ${nameTasks(running)}`,
        { remedy: "Wait until it is done, or take the task away: hermes kanban reclaim <id>" },
      );
    }
    const home = join(context.paths.profilesDir, name);
    const wasActive = await isActive(context, previous);
    await renameProfile(from, home, name);
    if (wasActive) await writeActiveProfile(context.paths.root, name);
    const keys = await renameInRoles(context, previous, name);
    const moved = input.reassign ? await handOver(context, previous, name) : [];
    const left = tasks.filter((task) => !moved.some(({ id }) => id === task.id));
    return {
      name,
      previous,
      home,
      reassigned: moved.map(({ id }) => id),
      config_keys: keys,
      ...(left.length > 0
        ? {
          warning: `${plural(left.length, "open task")} still assigned to ${previous}: ` +
            `${nameTasks(left)}. Give them away with: hermes kanban assign <id> ${name}`,
        }
        : {}),
    };
  },
});

export type ProfileRenameOutput = OutputOf<typeof profileRename>;
