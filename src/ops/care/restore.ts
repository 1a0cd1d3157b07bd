// Owns: the operation `restore`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { isDispatched } from "../../dispatcher/lock.ts";
import { restore as restoreFile } from "../../kernel/care/backup.ts";
import { getStats } from "../../kernel/detail.ts";
import { knownBoardFile } from "../board_places.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const restore = defineOp({
  name: "restore",
  group: "kanban",
  summary: "Put a backup in the place of the board; the board as it was is kept",
  actors: ["human"],
  input: z.object({
    file: z.string().min(1).describe("The backup"),
    force: z.boolean().default(false)
      .describe("Also while a gateway or another program uses the board"),
  }),
  output: z.object({
    board: z.string(),
    db: z.string(),
    kept: z.string().nullable().describe("Where the board as it was is kept"),
    size: z.number().describe("Bytes"),
    tasks: z.number().describe("Tasks on the board now"),
  }),
  cli: {
    args: ["file"],
    examples: ["hermes kanban restore ~/board.db"],
  },
  async run(context, { file, force }) {
    const { boardPaths, clock } = context;
    const { slug, db } = await knownBoardFile(context);
    if (!force && await isDispatched(boardPaths)) {
      throw new HermesError("refused", `Cannot restore board "${slug}": a gateway dispatches it`, {
        remedy: "Stop the gateway first, or use --force: workers that run then lose their tasks.",
      });
    }
    const { kept, size } = await restoreFile(db, file, { now: clock.now(), force });
    const { by_status } = await getStats(await context.board());
    const tasks = Object.values(by_status).reduce((sum, count) => sum + count, 0);
    return { board: slug, db, kept, size, tasks };
  },
});

export type RestoreOutput = OutputOf<typeof restore>;
