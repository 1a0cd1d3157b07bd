// Owns: the operation `boards switch`.

import * as z from "zod";
import { switchBoard } from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import { boardSlugField, pinnedElsewhere, readSlug } from "./wire.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const boardsSwitch = defineOp({
  name: "switch",
  group: "kanban boards",
  summary: "Make a board the one that commands go to",
  actors: ["human", "system"],
  input: z.object({ slug: boardSlugField }),
  output: z.object({ current: z.string(), warning: z.string().optional() }),
  cli: {
    args: ["slug"],
    examples: ["hermes kanban boards switch release", "hermes kanban boards use default"],
  },
  http: { method: "POST", path: "/boards/:slug/switch" },
  async run(context, input) {
    const slug = readSlug(input.slug);
    await switchBoard(boardPlaces(context.paths), slug);
    const warning = pinnedElsewhere(context, slug);
    return { current: slug, ...(warning ? { warning } : {}) };
  },
});

export type BoardsSwitchOutput = OutputOf<typeof boardsSwitch>;
