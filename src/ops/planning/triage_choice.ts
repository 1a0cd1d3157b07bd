// Owns: which triage tasks a verb of the planner works on, and in whose name.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import type { Board } from "../../kernel/board.ts";
import { getList } from "../../kernel/detail.ts";
import type { Actor } from "../context.ts";

/** The input of verbs that work on one triage task or on all of them. */
export const triageChoice = z.object({
  task_id: z.string().optional().describe("Id of a triage task"),
  all: z.boolean().default(false).describe("Every task in triage"),
  tenant: z.string().optional().describe("With --all: only tasks of this tenant"),
  author: z.string().optional().describe("Who asks for it"),
});

type Choice = z.output<typeof triageChoice>;

/** @throws HermesError `usage` unless exactly one of a task and all is asked for. */
export function checkChoice(verb: string, { task_id, all }: Choice): void {
  if ((task_id === undefined) === all) return;
  throw new HermesError("usage", `Cannot ${verb}: name one task, or all with --all`);
}

/** The ids to work on, in the order of the board. A task named by its id need not be in triage. */
export async function chosenIds(board: Board, { task_id, tenant }: Choice): Promise<string[]> {
  if (task_id !== undefined) return [task_id];
  return (await getList(board, { status: "triage", tenant })).map(({ id }) => id);
}

/** Who is named in the audit comment. */
export function authorOf({ author }: Pick<Choice, "author">, actor: Pick<Actor, "name">): string {
  return author?.trim() || actor.name;
}
