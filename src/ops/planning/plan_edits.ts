// Owns: single changes of a plan as they are typed, `2=writer` or `3:1`, and what they mean.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import type { PlanEdits } from "../../planner/edit_plan.ts";

/** The fields of single changes. Numbers are those that `plan show` prints. */
export const typedEdits = {
  set_title: z.array(z.string()).optional().describe("New title of a task: 1=Find sources"),
  set_body: z.array(z.string()).optional().describe("New text of a task: 1=Goal: …"),
  set_assignee: z.array(z.string()).optional().describe("Another profile for a task: 2=writer"),
  add_task: z.array(z.string()).optional()
    .describe("A further task by its title, numbered after the last"),
  add_parent: z.array(z.string()).optional().describe("Let task 3 wait for task 1: 3:1"),
  remove_parent: z.array(z.string()).optional().describe("Let task 3 no longer wait for 1: 3:1"),
  remove: z.array(z.string()).optional().describe("Leave out the task with this number"),
};

/** What was typed for {@link typedEdits}. */
export type TypedEdits = { [Name in keyof typeof typedEdits]?: string[] };

/**
 * The changes that were typed; null when there is none.
 *
 * @throws HermesError `usage` for one that cannot be read.
 */
export function editsFrom(typed: TypedEdits): PlanEdits | null {
  const names = Object.keys(typedEdits) as (keyof TypedEdits)[];
  if (names.every((name) => !typed[name]?.length)) return null;
  const texts = (name: keyof TypedEdits) =>
    (typed[name] ?? []).map((text): [number, string] => {
      const [, number, value] = /^\s*(\d+)\s*=([^]*)$/.exec(text) ?? [];
      if (number === undefined) throw unreadable(name, text, "<number>=<text>");
      return [Number(number), value!];
    });
  const pairs = (name: keyof TypedEdits) =>
    (typed[name] ?? []).map((text): [number, number] => {
      const [, child, parent] = /^\s*(\d+)\s*:\s*(\d+)\s*$/.exec(text) ?? [];
      if (child === undefined) throw unreadable(name, text, "<number>:<number of its parent>");
      return [Number(child), Number(parent)];
    });
  return {
    titles: texts("set_title"),
    bodies: texts("set_body"),
    assignees: texts("set_assignee"),
    added: typed.add_task ?? [],
    addedParents: pairs("add_parent"),
    removedParents: pairs("remove_parent"),
    removed: (typed.remove ?? []).map((text) => {
      if (!/^\s*\d+\s*$/.test(text)) throw unreadable("remove", text, "<number>");
      return Number(text);
    }),
  };
}

function unreadable(name: string, text: string, form: string): HermesError {
  const flag = `--${name.replaceAll("_", "-")}`;
  return new HermesError("usage", `Cannot read ${flag} "${text}": expected ${form}`, {
    remedy: "Numbers are those that `hermes kanban plan show` prints.",
  });
}
