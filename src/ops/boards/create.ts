// Owns: the operation `boards create`.

import * as z from "zod";
import { boardPaths } from "../../config/paths.ts";
import { openBoard } from "../../kernel/board.ts";
import {
  boardExists,
  checkWorkdir,
  currentBoard,
  switchBoard,
  writeBoardMeta,
} from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import {
  boardSchema,
  boardSlugField,
  lookFields,
  pinnedElsewhere,
  readSlug,
  viewBoard,
} from "./wire.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const boardsCreate = defineOp({
  name: "create",
  group: "kanban boards",
  summary: "Create a board; an existing one gets the texts that are given",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    slug: boardSlugField,
    ...lookFields,
    default_workdir: z.string().optional()
      .describe("Folder for dir and worktree tasks that name none"),
    switch: z.boolean().default(false).describe("Make it the current board"),
  }),
  output: z.object({
    board: boardSchema,
    created: z.boolean().describe("False when there was such a board already"),
    current: z.string().describe("The board that was switched to last"),
    warning: z.string().optional(),
  }),
  cli: {
    args: ["slug"],
    fields: { default_workdir: { parse: "path" } },
    pick: "board",
    examples: [
      "hermes kanban boards create release",
      'hermes kanban boards create site --name "Web site" --icon 🌊 --default-workdir ~/src/site --switch',
    ],
  },
  http: {
    method: "POST",
    path: "/boards",
    reply: ({ board, current, warning }) => ({ board, current, ...(warning ? { warning } : {}) }),
  },
  async run(context, input) {
    const slug = readSlug(input.slug);
    const places = boardPlaces(context.paths);
    const created = !await boardExists(places, slug);
    const { name, description, icon, color, default_workdir } = input;
    if (default_workdir !== undefined) await checkWorkdir(default_workdir);
    const look = { name, description, icon, color, default_workdir };
    await writeBoardMeta(places, slug, look, context.clock.now());
    const { clock, log } = context;
    const board = await openBoard({ slug, path: boardPaths(context.paths, slug).db, clock, log });
    await board.close();
    if (input.switch) await switchBoard(places, slug);
    const warning = input.switch ? pinnedElsewhere(context, slug) : null;
    return {
      board: await viewBoard(context, slug),
      created,
      current: await currentBoard(places),
      ...(warning ? { warning } : {}),
    };
  },
});

export type BoardsCreateOutput = OutputOf<typeof boardsCreate>;
