// Owns: the command line of a profile's worker.

import type { TaskRow } from "../kernel/model/rows.ts";
import type { Lane } from "../lanes/manifest.ts";
import { parseSkills } from "../kernel/views.ts";

export const workerSkill = "kanban-worker";
export const orchestratorSkill = "kanban-orchestrator";

/**
 * The worker's command line: the built-in agent's, or that of the supervisor of a foreign program. The root of a
 * decomposition also gets the orchestrator's skill.
 */
export function workerArgv(
  self: readonly string[],
  task: Pick<TaskRow, "id" | "assignee" | "skills">,
  isRoot: boolean,
  lane: Lane | null,
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
    ...(lane === null ? ["chat", "-q", `work kanban task ${task.id}`] : ["lane-run"]),
  ];
}
