// Owns: the operations `boards rm` and `boards delete`.

import * as z from "zod";
import { boardPaths } from "../../config/paths.ts";
import { currentBoard, removeBoard } from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import { boardSlugField, countTasks, readKnownSlug, refuseWhileRunning } from "./wire.ts";
import type { OpContext } from "../context.ts";
import { defineOp } from "../define.ts";

const output = z.object({
  slug: z.string(),
  result: z.enum(["archived", "deleted"]),
  path: z.string().nullable().describe("The board's folder in the archive"),
  current: z.string().describe("The board that is current now"),
});

export const boardsRemove = defineOp({
  name: "rm",
  group: "kanban boards",
  summary: "Move a board to the archive, or delete it with all its tasks",
  actors: ["human", "system"],
  input: z.object({
    slug: boardSlugField,
    delete: z.boolean().default(false).describe("Delete it for good"),
  }),
  output,
  cli: {
    args: ["slug"],
    examples: ["hermes kanban boards rm release", "hermes kanban boards rm scratchpad --delete"],
  },
  http: {
    method: "DELETE",
    path: "/boards/:slug",
    reply: ({ result, current }) => ({ result, current }),
  },
  run: (context, input) => remove(context, input.slug, input.delete),
});

export const boardsDelete = defineOp({
  name: "delete",
  group: "kanban boards",
  summary: "Delete a board with all its tasks, for good",
  actors: ["human", "system"],
  input: z.object({ slug: boardSlugField }),
  output,
  cli: { args: ["slug"], examples: ["hermes kanban boards delete scratchpad"] },
  run: (context, input) => remove(context, input.slug, true),
});

export type BoardsRemoveOutput = z.infer<typeof output>;

async function remove(
  context: OpContext,
  typed: string,
  forGood: boolean,
): Promise<BoardsRemoveOutput> {
  const slug = await readKnownSlug(context, typed);
  const places = boardPlaces(context.paths);
  const counts = await countTasks(context, slug, boardPaths(context.paths, slug).db)
    // A damaged board can be removed too; nothing runs on it.
    .catch((): Record<string, number> => ({}));
  refuseWhileRunning(slug, counts);
  const path = await removeBoard(places, slug, { delete: forGood, now: context.clock.now() });
  return {
    slug,
    result: path === null ? "deleted" : "archived",
    path,
    current: await currentBoard(places),
  };
}
