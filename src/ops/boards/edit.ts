// Owns: the operation `boards edit`: what people call a board, all at once.

import * as z from "zod";
import { checkWorkdir, writeBoardMeta } from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import { boardSchema, boardSlugField, lookFields, readKnownSlug, viewBoard } from "./wire.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const boardsEdit = defineOp({
  name: "edit",
  group: "kanban boards",
  summary: "Change a board's name, description, icon, colour or folder",
  actors: ["human", "system"],
  input: z.object({
    slug: boardSlugField,
    ...lookFields,
    default_workdir: z.string().nullable().optional()
      .describe("Folder for dir and worktree tasks that name none; null or empty for none"),
  }),
  output: z.object({ board: boardSchema }),
  http: { method: "PATCH", path: "/boards/:slug" },
  async run(context, { slug: typed, default_workdir, ...look }) {
    const slug = await readKnownSlug(context, typed);
    const folder = default_workdir === "" ? null : default_workdir;
    if (typeof folder === "string") await checkWorkdir(folder);
    const changes = { ...look, ...(folder === undefined ? {} : { default_workdir: folder }) };
    await writeBoardMeta(boardPlaces(context.paths), slug, changes, context.clock.now());
    return { board: await viewBoard(context, slug) };
  },
});

export type BoardsEditOutput = OutputOf<typeof boardsEdit>;
