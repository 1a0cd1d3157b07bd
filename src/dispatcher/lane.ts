// Owns: the command line of a profile's worker.

import type { TaskRow } from "../kernel/model/rows.ts";
import { parseSkills } from "../kernel/views.ts";

/** The lane of the agent inside this program. */
export const builtinLane = "builtin";

export const workerSkill = "kanban-worker";
export const orchestratorSkill = "kanban-orchestrator";

/** The worker's command line. The root of a decomposition also gets the orchestrator's skill. */
export function workerArgv(
  self: readonly string[],
  task: Pick<TaskRow, "id" | "assignee" | "skills">,
  isRoot: boolean,
): string[] {
  const skills = new Set([
    workerSkill,
    ...(isRoot ? [orchestratorSkill] : []),
    ...parseSkills(task.skills),
  ]);
  return [
    ...self,
    "-p",
    task.assignee ?? "default",
    ...[...skills].flatMap((skill) => ["--skills", skill]),
    "chat",
    "-q",
    `work kanban task ${task.id}`,
  ];
}
