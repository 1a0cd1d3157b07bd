// Owns: the operation `init`.

import * as z from "zod";
import { initBoard } from "../../kernel/board.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const init = defineOp({
  name: "init",
  group: "kanban",
  summary: "Create the board, or bring an existing one up to date",
  actors: ["human", "system"],
  createsBoard: true,
  input: z.object({}),
  output: z.object({
    board: z.string(),
    db: z.string().describe("The board's file"),
    profiles: z.array(z.string()).describe("Profiles that tasks can be given to"),
    migrated: z.array(z.string()).describe("Schema steps that ran"),
  }),
  cli: { examples: ["hermes kanban init", "hermes kanban --board release init"] },
  async run(context) {
    const board = await context.board();
    const migrated = await initBoard(board);
    return { board: board.slug, db: board.path, profiles: await context.profiles(), migrated };
  },
});

export type InitOutput = OutputOf<typeof init>;
