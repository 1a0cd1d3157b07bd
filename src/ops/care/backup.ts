// Owns: the operation `backup`.

import * as z from "zod";
import { backUp } from "../../kernel/care/backup.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { knownBoardFile } from "../board_places.ts";

export const backup = defineOp({
  name: "backup",
  group: "kanban",
  summary: "Copy the board to a file, also while it is in use",
  actors: ["human", "system"],
  input: z.object({
    file: z.string().min(1).describe("The file to write"),
    force: z.boolean().default(false).describe("Overwrite the file when it exists"),
  }),
  output: z.object({
    board: z.string(),
    file: z.string().describe("The copy; checked, and complete in itself"),
    size: z.number().describe("Bytes"),
  }),
  cli: {
    args: ["file"],
    examples: [
      "hermes kanban backup ~/board.db",
      "hermes kanban --board release backup release.db --force",
    ],
  },
  async run(context, { file, force }) {
    const { slug, db } = await knownBoardFile(context);
    return { board: slug, ...await backUp(db, file, { replace: force }) };
  },
});

export type BackupOutput = OutputOf<typeof backup>;
