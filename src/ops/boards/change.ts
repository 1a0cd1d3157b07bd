// Owns: the operations `boards rename` and `boards set-default-workdir`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { type BoardLook, checkWorkdir, writeBoardMeta } from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import { boardSchema, boardSlugField, type BoardView, readKnownSlug, viewBoard } from "./wire.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const boardsRename = defineOp({
  name: "rename",
  group: "kanban boards",
  summary: "Change what people call a board; its slug stays",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    slug: boardSlugField,
    name: z.string().describe("The new name"),
  }),
  output: z.object({ board: boardSchema }),
  cli: {
    args: ["slug", "name..."],
    pick: "board",
    examples: ['hermes kanban boards rename release "Release 2.0"'],
  },
  async run(context, input) {
    if (input.name.trim() === "") {
      throw new HermesError("invalid", `Cannot rename board "${input.slug}": the name is blank`);
    }
    return { board: await change(context, input.slug, { name: input.name }) };
  },
});

export type BoardsRenameOutput = OutputOf<typeof boardsRename>;

export const boardsSetDefaultWorkdir = defineOp({
  name: "set-default-workdir",
  group: "kanban boards",
  summary: "Choose the folder for dir and worktree tasks that name none",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    slug: boardSlugField,
    path: z.string().nullable().optional()
      .describe("An existing folder; without one, tasks have to name theirs"),
  }),
  output: z.object({ board: boardSchema }),
  cli: {
    args: ["slug", "path"],
    fields: { path: { parse: "path" } },
    pick: "board",
    examples: [
      "hermes kanban boards set-default-workdir site ~/src/site",
      "hermes kanban boards set-default-workdir site",
    ],
  },
  async run(context, input) {
    const path = input.path || null;
    if (path !== null) await checkWorkdir(path);
    return { board: await change(context, input.slug, { default_workdir: path }) };
  },
});

export type BoardsSetDefaultWorkdirOutput = OutputOf<typeof boardsSetDefaultWorkdir>;

async function change(context: OpContext, typed: string, look: BoardLook): Promise<BoardView> {
  const slug = await readKnownSlug(context, typed);
  await writeBoardMeta(boardPlaces(context.paths), slug, look, context.clock.now());
  return await viewBoard(context, slug);
}
