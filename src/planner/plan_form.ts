// Owns: a proposal as a YAML text that people edit, and reading it back.

import { Document, isMap, isSeq, parse } from "yaml";
import { errorText, HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import type { OpenPlan, Proposal } from "../kernel/plans.ts";
import type { WrittenTask } from "./edit_plan.ts";

const keys = ["n", "title", "assignee", "after", "body"];

/** The text of a proposal: `n` names a task, `after` lists what must be done before it. */
export function formOf(
  { proposal, task }: Pick<OpenPlan, "proposal" | "task">,
  profiles: readonly string[],
): string {
  const tasks = proposal.tasks.map(({ title, assignee, parents, body }, index) => ({
    n: index + 1,
    title,
    assignee,
    after: parents.map((parent) => parent + 1),
    body,
  }));
  const heading = [
    `Plan for ${task.id}: ${task.title.replace(/\s+/g, " ")}`,
    "Change it, save it and close the editor. An empty file leaves the plan as it is.",
    "n names a task and after lists the n of those that must be done first; remove, add and move",
    "tasks as you like. A task without assignee goes to the default assignee.",
    `Profiles: ${profiles.join(", ")}`,
  ];
  const form = new Document({ tasks });
  const list = form.get("tasks");
  for (const item of isSeq(list) ? list.items : []) {
    const after = isMap(item) ? item.get("after") : null;
    // Short lists read better on one line.
    if (isSeq(after)) after.flow = true;
  }
  const text = form.toString({ lineWidth: 0, flowCollectionPadding: false });
  return `${heading.map((line) => `# ${line}\n`).join("")}${text}`;
}

/**
 * Reads an edited form; null when it is empty.
 *
 * @throws HermesError `invalid` naming the place.
 */
export function readForm(text: string, before: Proposal, taskId: string): WrittenTask[] | null {
  const refuse = (reason: string, remedy?: string) =>
    new HermesError("invalid", `Cannot read plan of task "${taskId}": ${reason}`, { remedy });
  const value = parsed(text, refuse);
  if (value === null || value === undefined) return null;
  const list = isMapping(value) ? value["tasks"] : value;
  if (!Array.isArray(list)) throw refuse("it has no list of tasks", "Begin it with: tasks:");
  const items = list.map((item, index) => {
    if (!isMapping(item)) throw refuse(`task ${index + 1} is no mapping of title, assignee, …`);
    for (const key of Object.keys(item)) {
      if (keys.includes(key)) continue;
      const close = key === "parents" ? "after" : suggest(key, keys);
      const remedy = close ? `Did you mean "${close}"?` : `Keys: ${keys.join(", ")}.`;
      throw refuse(`task ${index + 1} has an unknown key "${key}"`, remedy);
    }
    return item;
  });
  const names = numbersOf(items, refuse);
  return items.map((item, index) => {
    const where = `task ${names[index] ?? index + 1}`;
    const text = (key: string) => {
      const found = item[key];
      if (found === undefined || found === null) return undefined;
      // A title such as 2030 is a number to YAML.
      if (typeof found === "object") throw refuse(`${key} of ${where} is no text`);
      return String(found);
    };
    const was = names[index] === null ? undefined : names[index]! - 1;
    return {
      title: text("title") ?? "",
      body: text("body"),
      assignee: text("assignee"),
      parents: afterOf(item["after"]).map((name) => {
        const position = typeof name === "number" ? names.indexOf(name) : -1;
        if (position >= 0) return position;
        throw refuse(`${where} comes after ${JSON.stringify(name)}, which is the n of no task`);
      }),
      was: was !== undefined && before.tasks[was] ? was : undefined,
    };
  });
}

/** What each task is called; without a single `n`, by its place. */
function numbersOf(
  items: readonly Record<string, unknown>[],
  refuse: (reason: string) => HermesError,
): (number | null)[] {
  if (items.every(({ n }) => n === undefined || n === null)) return items.map((_, at) => at + 1);
  const names = items.map(({ n }, index) => {
    if (n === undefined || n === null) return null;
    if (typeof n === "number" && Number.isInteger(n) && n > 0) return n;
    throw refuse(`n of task ${index + 1} is ${JSON.stringify(n)} and no whole number above 0`);
  });
  const twice = names.find((name, index) => name !== null && names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`two tasks have n ${twice}`);
  return names;
}

function afterOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function parsed(text: string, refuse: (reason: string) => HermesError): unknown {
  try {
    return parse(text);
  } catch (thrown) {
    throw refuse(`it is no YAML: ${errorText(thrown).split("\n")[0]!.replace(/:$/, "")}`);
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
