// Owns: what people may make of a proposal — every change checked, none dropped in silence. Pure.

import { HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { plural } from "../base/text.ts";
import type { Proposal, ProposedTask } from "../kernel/plans.ts";
import { lineOf, longestTitle, textOf } from "./model_text.ts";
import { mostTasks } from "./parse_answer.ts";
import { memberCalled, planProblem, type Team } from "./validate.ts";

/** A task as somebody wrote it. Absent fields: no body, the default assignee, no parents. */
export interface WrittenTask {
  title: string;
  body?: string | null;
  assignee?: string | null;
  /** Positions in the list, counted from 0. */
  parents?: readonly number[];
  /** The position it had before; its reasons are kept while its profile stays. */
  was?: number;
}

/** Single changes. Tasks are named by their numbers as they are shown, counted from 1. */
export interface PlanEdits {
  titles: [task: number, title: string][];
  bodies: [task: number, body: string][];
  assignees: [task: number, profile: string][];
  /** New tasks by title; the first one's number follows that of the last task there is. */
  added: string[];
  addedParents: [task: number, parent: number][];
  removedParents: [task: number, parent: number][];
  removed: number[];
}

/**
 * A proposal with other tasks.
 *
 * @throws HermesError `invalid` naming the task: no title, an unknown profile, an impossible parent, a circle.
 */
export function replaceTasks(
  before: Proposal,
  written: readonly WrittenTask[],
  team: Team,
  taskId: string,
): Proposal {
  if (written.length === 0) {
    throw refusal(
      taskId,
      "it would have no tasks",
      `Drop it: hermes kanban plan discard ${taskId}`,
    );
  }
  if (written.length > mostTasks) {
    throw refusal(taskId, `it would have ${written.length} tasks, and ${mostTasks} are allowed`);
  }
  const tasks = written.map((task, index) => cleanTask(task, index, before, team, taskId));
  const wrong =
    tasks.flatMap(({ title, parents }, index) =>
      parents.flatMap((parent) =>
        parent === index
          ? [`${nameOf(index, title)} would wait for itself`]
          : Number.isInteger(parent) && parent >= 0 && parent < tasks.length
          ? []
          : [`${nameOf(index, title)} would wait for task ${parent + 1}, which the plan has not`]
      )
    )[0];
  if (wrong !== undefined) throw refusal(taskId, wrong);
  const circle = planProblem(tasks);
  if (circle !== null) throw refusal(taskId, inNumbers(circle));
  return { ...before, fanout: before.fanout || tasks.length > 1, tasks };
}

/**
 * A proposal with single changes. What waited for a removed task waits for what that one waited for.
 *
 * @throws HermesError `invalid` naming the task.
 */
export function changeTasks(
  before: Proposal,
  edits: PlanEdits,
  team: Team,
  taskId: string,
): Proposal {
  const tasks: (WrittenTask & { parents: number[] })[] = [
    ...before.tasks.map((task, was) => ({ ...task, parents: [...task.parents], was })),
    ...edits.added.map((title) => ({ title, parents: [] })),
  ];
  const at = (number: number) => {
    if (tasks[number - 1]) return number - 1;
    throw refusal(taskId, `there is no task ${number}`, `It has tasks 1 to ${tasks.length}.`);
  };
  for (const [task, title] of edits.titles) tasks[at(task)]!.title = title;
  for (const [task, body] of edits.bodies) tasks[at(task)]!.body = body;
  for (const [task, profile] of edits.assignees) tasks[at(task)]!.assignee = profile;
  for (const [task, parent] of edits.addedParents) {
    const { parents } = tasks[at(task)]!;
    if (!parents.includes(at(parent))) parents.push(at(parent));
  }
  for (const [task, parent] of edits.removedParents) {
    const child = tasks[at(task)]!;
    if (!child.parents.includes(at(parent))) {
      throw refusal(taskId, `${nameOf(task - 1, child.title)} does not wait for task ${parent}`);
    }
    child.parents = child.parents.filter((position) => position !== at(parent));
  }
  return replaceTasks(before, without(tasks, new Set(edits.removed.map(at))), team, taskId);
}

function without(
  tasks: readonly (WrittenTask & { parents: number[] })[],
  removed: ReadonlySet<number>,
): WrittenTask[] {
  const kept = [...tasks.keys()].filter((index) => !removed.has(index));
  const place = new Map(kept.map((index, position) => [index, position]));
  return kept.map((index) => {
    const parents: number[] = [];
    const seen = new Set<number>();
    const ask = [...tasks[index]!.parents];
    for (let parent = ask.shift(); parent !== undefined; parent = ask.shift()) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      if (removed.has(parent)) ask.push(...tasks[parent]!.parents);
      else parents.push(place.get(parent)!);
    }
    return { ...tasks[index]!, parents };
  });
}

function cleanTask(
  written: WrittenTask,
  index: number,
  before: Proposal,
  team: Team,
  taskId: string,
): ProposedTask {
  const same = before.tasks[written.was ?? -1];
  const title = same?.title === written.title ? same.title : lineOf(written.title);
  if (title === null) throw refusal(taskId, `task ${index + 1} has no title`);
  if (title.length > longestTitle && title !== same?.title) {
    const reason = `the title of task ${index + 1} has ${title.length} characters`;
    throw refusal(taskId, reason, `At most ${longestTitle} are allowed; the rest fits its body.`);
  }
  const parents = [...new Set(written.parents ?? [])].sort((a, b) => a - b);
  const task = { title, body: textOf(written.body ?? "") ?? "", parents };
  const wanted = written.assignee?.trim() ?? "";
  const assignee = wanted === "" ? team.defaultAssignee : memberCalled(wanted, team);
  if (assignee === null) {
    const close = suggest(wanted, team.names);
    throw refusal(
      taskId,
      `${nameOf(index, title)}: there is no profile "${wanted}"`,
      close ? `Did you mean "${close}"?` : `Profiles: ${team.names.join(", ")}.`,
    );
  }
  const old = same ??
    before.tasks.find((it) => it.title === title && it.assignee === assignee);
  const reasons = old?.assignee === assignee
    ? { why: old.why, runner_up: old.runner_up }
    : { why: null, runner_up: null };
  return { ...task, assignee, ...reasons };
}

function nameOf(index: number, title: string): string {
  return `task ${index + 1} "${title}"`;
}

/** The strict check counts from 0, people from 1. */
function inNumbers(problem: string): string {
  return problem.replace(/(?<=: | after )\d+/g, (position) => `task ${Number(position) + 1}`);
}

/** What differs between two proposals, in a few words; empty when nothing does. */
export function differences(before: Proposal, after: Proposal): string[] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (same(before.tasks, after.tasks)) return [];
  const counts = [before.tasks.length, after.tasks.length] as const;
  if (counts[0] !== counts[1]) return [`${plural(counts[0], "task")} became ${counts[1]}`];
  return after.tasks.flatMap((task, index) => {
    const old = before.tasks[index]!;
    const fields = (["title", "body", "assignee", "parents"] as const)
      .filter((field) => !same(old[field], task[field]));
    return fields.length > 0 ? [`task ${index + 1}: ${fields.join(", ")}`] : [];
  });
}

function refusal(taskId: string, reason: string, remedy?: string): HermesError {
  return new HermesError("invalid", `Cannot edit plan of task "${taskId}": ${reason}`, { remedy });
}
