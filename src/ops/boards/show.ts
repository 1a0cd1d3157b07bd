// Owns: the operation `boards show`.

import * as z from "zod";
import { boardSchema, boardSlugField, readKnownSlug, viewBoard } from "./wire.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const boardsShow = defineOp({
  name: "show",
  group: "kanban boards",
  summary: "Show a board; without a name the one that commands go to",
  actors: ["human", "orchestrator", "system"],
  input: z.object({ slug: boardSlugField.optional() }),
  output: z.object({ board: boardSchema }),
  cli: {
    args: ["slug"],
    pick: "board",
    examples: ["hermes kanban boards show", "hermes kanban boards show release --json"],
  },
  async run(context, input) {
    const slug = await readKnownSlug(context, input.slug ?? context.boardPaths.slug);
    return { board: await viewBoard(context, slug) };
  },
});

export type BoardsShowOutput = OutputOf<typeof boardsShow>;
