// Owns: the operation `export`.

import * as z from "zod";
import { exportBoard, exportToFile } from "../../kernel/care/export.ts";
import { knownBoardFile } from "../board_places.ts";
import { defineOp, type OutputOf } from "../define.ts";

/** Stands for standard output. */
const standardOutput = "-";

export const exportOp = defineOp({
  name: "export",
  group: "kanban",
  summary: "Write the board as text, one JSON document per line",
  actors: ["human", "system"],
  input: z.object({
    file: z.string().min(1).default(standardOutput).describe("The file to write; - prints it"),
    force: z.boolean().default(false).describe("Overwrite the file when it exists"),
  }),
  output: z.object({
    board: z.string(),
    file: z.string().nullable().describe("Null when it was printed"),
    content: z.string().nullable().describe("The export itself when it was printed"),
    tasks: z.number(),
    rows: z.number().describe("Rows of all tables"),
    files: z.number().describe("Attachments whose file is in the export"),
    missing_files: z.number().describe("Attachments whose file could not be read"),
    size: z.number().describe("Bytes"),
  }),
  cli: {
    args: ["file"],
    examples: [
      "hermes kanban export board.jsonl",
      "hermes kanban export | gzip > board.jsonl.gz",
    ],
  },
  async run(context, { file, force }) {
    const { slug, db } = await knownBoardFile(context);
    const about = { board: slug, now: context.clock.now() };
    if (file !== standardOutput) {
      const written = await exportToFile(db, file, { ...about, replace: force });
      return { board: slug, content: null, ...written };
    }
    const lines: string[] = [];
    const exported = await exportBoard(db, about, (line) => lines.push(line));
    const content = lines.join("");
    const size = new TextEncoder().encode(content).length;
    return { board: slug, file: null, content, ...exported, size };
  },
});

export type ExportOutput = OutputOf<typeof exportOp>;
