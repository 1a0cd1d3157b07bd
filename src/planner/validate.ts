// Owns: what makes a plan sound, and turning an answer into one — pure.

import { normalizeProfileName } from "../profiles/names.ts";
import type { Answer } from "./parse_answer.ts";

/** One child task, ready to be written. */
export interface PlannedTask {
  title: string;
  body: string;
  assignee: string;
  /** Positions in the plan of the tasks that must be complete first. */
  parents: readonly number[];
}

/** Who can be given work. */
export interface Team {
  names: readonly string[];
  defaultAssignee: string;
}

/** The profile a model meant; the default assignee when it meant none that exists. */
export function chooseAssignee(wanted: string | null, team: Team): string {
  const name = normalizeProfileName(wanted?.trim().replace(/^@/, "") ?? "");
  return name !== null && team.names.includes(name) ? name : team.defaultAssignee;
}

/** The tasks of a fan-out with an assignee each, or why they cannot be written. */
export function planFrom(
  answer: Extract<Answer, { fanout: true }>,
  team: Team,
): { ok: true; tasks: PlannedTask[] } | { ok: false; reason: string } {
  const tasks = answer.tasks.map((task) => ({
    title: task.title,
    body: task.body,
    assignee: chooseAssignee(task.assignee, team),
    parents: task.parents,
  }));
  const problem = planProblem(tasks);
  return problem === null ? { ok: true, tasks } : { ok: false, reason: problem };
}

/**
 * What is wrong with a plan, or null. Strict, for plans from any source: an empty list, a blank
 * title or assignee, a parent that is no position of another task, and tasks that wait for each
 * other in a circle are all refused.
 */
export function planProblem(tasks: readonly PlannedTask[]): string | null {
  if (tasks.length === 0) return "the plan has no tasks";
  for (const [index, task] of tasks.entries()) {
    if (task.title.trim() === "") return `task ${index} of the plan has no title`;
    if (task.assignee.trim() === "") return `task ${index} of the plan has no assignee`;
    for (const parent of task.parents) {
      if (parent === index) return `task ${index} of the plan waits for itself`;
      if (!Number.isInteger(parent) || parent < 0 || parent >= tasks.length) {
        return `task ${index} of the plan waits for ${
          JSON.stringify(parent)
        }, which is no task of it`;
      }
    }
  }
  const circle = findCircle(tasks);
  return circle && `tasks of the plan wait for each other: ${circle.join(" after ")}`;
}

/** The positions along one circle, first repeated at the end; null when there is none. */
function findCircle(tasks: readonly PlannedTask[]): number[] | null {
  const open = new Set(tasks.keys());
  let settled = true;
  while (settled) {
    settled = false;
    for (const index of open) {
      if (tasks[index]!.parents.some((parent) => open.has(parent))) continue;
      open.delete(index);
      settled = true;
    }
  }
  const [start] = open;
  if (start === undefined) return null;
  // Every task still open waits for an open one, so walking up must come back to a place seen.
  const path = [start];
  for (;;) {
    const next = tasks[path.at(-1)!]!.parents.find((parent) => open.has(parent))!;
    const seen = path.indexOf(next);
    if (seen >= 0) return [...path.slice(seen), next];
    path.push(next);
  }
}
