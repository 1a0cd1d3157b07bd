// Owns: the operation `import`.

import * as z from "zod";
import { importBoard } from "../../kernel/care/import.ts";
import { placeFiles } from "../../kernel/care/import_attachments.ts";
import { readImport } from "../../kernel/care/import_file.ts";
import { defineOp, type OutputOf } from "../define.ts";

const noFiles = { paths: new Map<number, string>(), remove: () => Promise.resolve() };

export const importOp = defineOp({
  name: "import",
  group: "kanban",
  summary: "Take an exported board into this one, all of it or nothing",
  actors: ["human"],
  createsBoard: true,
  input: z.object({
    file: z.string().min(1).describe("A file that `export` wrote"),
    remap: z.boolean().default(false).describe("Give every imported task a new id"),
    dry_run: z.boolean().default(false).describe("Only say what would be imported"),
  }),
  output: z.object({
    board: z.string(),
    dry_run: z.boolean(),
    tasks: z.number(),
    rows: z.number().describe("Rows of all tables"),
    files: z.number().describe("Attachments that came with their file"),
    skipped: z.number().describe("Links and subscriptions that were there already"),
    ids: z.record(z.string(), z.string()).describe("Old id to new id, where they differ"),
    released: z.array(z.string())
      .describe("Tasks that were running: an attempt does not travel, they are ready again"),
    added: z.array(z.string()).describe("Tables and columns of other programs that were added"),
  }),
  cli: {
    args: ["file"],
    examples: [
      "hermes kanban import board.jsonl --dry-run",
      "hermes kanban --board copy import board.jsonl",
      "hermes kanban import board.jsonl --remap",
    ],
  },
  async run(context, { file, remap, dry_run }) {
    const found = readImport(file);
    const board = await context.board();
    const { attachmentsRoot } = context.boardPaths;
    const files = dry_run ? noFiles : await placeFiles(file, attachmentsRoot);
    try {
      const options = { remap, dryRun: dry_run, files: files.paths };
      const imported = await importBoard(board, found, options);
      return { board: board.slug, dry_run, files: files.paths.size, ...imported };
    } catch (error) {
      await files.remove();
      throw error;
    }
  },
});

export type ImportOutput = OutputOf<typeof importOp>;
