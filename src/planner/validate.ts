// Owns: what makes a plan sound, and turning an answer into one — pure.

import { normalizeProfileName } from "../profiles/names.ts";
import type { ProposedTask } from "../kernel/plans.ts";
import type { Answer, AnswerRouting } from "./parse_answer.ts";

/** One child task, ready to be written. `parents` are the positions of those that come first. */
export type PlannedTask = Pick<ProposedTask, "title" | "body" | "assignee"> & {
  parents: readonly number[];
};

/** Who can be given work. */
export interface Team {
  names: readonly string[];
  defaultAssignee: string;
}

/** The profile a model meant; the default assignee when it meant none that exists. */
export function chooseAssignee(wanted: string | null, team: Team): string {
  return memberCalled(wanted, team) ?? team.defaultAssignee;
}

/** The profile that is called so in any spelling; null when there is none. */
export function memberCalled(name: string | null, { names }: Pick<Team, "names">): string | null {
  const normal = normalizeProfileName(name?.trim().replace(/^@/, "") ?? "");
  return normal !== null && names.includes(normal) ? normal : null;
}

/** Who gets a task and who else might; a second choice that is the first, or nobody, is none. */
export function routeTask(
  { assignee, why, runnerUp }: AnswerRouting,
  team: Team,
): Pick<ProposedTask, "assignee" | "why" | "runner_up"> {
  const chosen = chooseAssignee(assignee, team);
  const second = memberCalled(runnerUp, team);
  return { assignee: chosen, why, runner_up: second === chosen ? null : second };
}

/** The tasks of a fan-out with an assignee each, or why they cannot be written. */
export function planFrom(
  answer: Extract<Answer, { fanout: true }>,
  team: Team,
): { ok: true; tasks: ProposedTask[] } | { ok: false; reason: string } {
  const tasks = answer.tasks.map((task) => ({
    title: task.title,
    body: task.body,
    ...routeTask(task, team),
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
