// Owns: the operation `boards list`.

import * as z from "zod";
import { archivedBoards, boardSlugs } from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import { boardSchema, viewArchived, viewBoard } from "./wire.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const boardsList = defineOp({
  name: "list",
  group: "kanban boards",
  summary: "List the boards with their tasks per status",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    all: z.boolean().default(false).describe("Show removed boards in the archive too"),
  }),
  output: z.object({
    boards: z.array(boardSchema),
    current: z.string().describe("Slug of the board that commands go to"),
  }),
  cli: {
    pick: "boards",
    examples: ["hermes kanban boards list", "hermes kanban boards ls --all --json"],
  },
  http: { method: "GET", path: "/boards", rename: { all: "include_archived" } },
  async run(context, input) {
    const places = boardPlaces(context.paths);
    const boards = [];
    for (const slug of await boardSlugs(places)) {
      const board = await viewBoard(context, slug);
      if (input.all || !board.archived) boards.push(board);
    }
    if (input.all) {
      for (const found of await archivedBoards(places)) {
        boards.push(await viewArchived(context, found));
      }
    }
    return { boards, current: context.boardPaths.slug };
  },
});

export type BoardsListOutput = OutputOf<typeof boardsList>;
