// Owns: the operation `gc`.

import * as z from "zod";
import { archivedScratch, runningIds } from "../../kernel/care/facts.ts";
import type { Board } from "../../kernel/board.ts";
import { pruneEvents } from "../../kernel/feed.ts";
import { removeOldLogs } from "../../dispatcher/old_logs.ts";
import { scratchPath } from "../../workspace/clean.ts";
import { emptyTrash, throwAway } from "../../workspace/trash.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { emptyProfileTrash } from "../profiles/trash.ts";

const days = z.number().min(0).default(30);

const keptSchema = z.object({
  task_id: z.string(),
  path: z.string(),
  reason: z.enum(["outside", "worktree"])
    .describe("Not below the folder of the workspaces; or it holds a git worktree"),
});

export const gc = defineOp({
  name: "gc",
  group: "kanban",
  summary: "Clear away what archived and finished tasks have left behind",
  actors: ["human", "system"],
  input: z.object({
    event_retention_days: days.describe("Events of done and archived tasks are kept this long"),
    log_retention_days: days.describe("Logs that nobody writes to are kept this long"),
  }),
  output: z.object({
    workspaces: z.number().describe("Scratch folders of archived tasks moved to the trash"),
    events: z.number().describe("Events deleted"),
    logs: z.number().describe("Log files deleted"),
    trash_emptied: z.number().describe("Folders deleted from the trash"),
    trash_keep_days: z.number(),
    kept: z.array(keptSchema).describe("Scratch folders that were left where they are"),
  }),
  cli: {
    examples: [
      "hermes kanban gc",
      "hermes kanban gc --event-retention-days 90 --log-retention-days 7",
    ],
  },
  async run(context, input) {
    const { boardPaths } = context;
    const board = await context.board();
    const now = board.clock.now();
    const { trash_keep_days } = (await context.config()).config.kanban;
    const { workspaces, kept } = await clearScratch(board, boardPaths, now);
    return {
      workspaces,
      events: await pruneEvents(board, input.event_retention_days),
      logs: await removeOldLogs(
        boardPaths.logsRoot,
        await runningIds(board),
        input.log_retention_days,
        now,
      ),
      trash_emptied: await emptyTrash(boardPaths, trash_keep_days, now) +
        await emptyProfileTrash(context.paths, trash_keep_days, now),
      trash_keep_days,
      kept,
    };
  },
});

export type GcOutput = OutputOf<typeof gc>;

async function clearScratch(
  board: Board,
  roots: { workspacesRoot: string },
  now: number,
): Promise<{ workspaces: number; kept: z.infer<typeof keptSchema>[] }> {
  const kept: z.infer<typeof keptSchema>[] = [];
  let workspaces = 0;
  for (const { id, workspace_path } of await archivedScratch(board)) {
    const usual = scratchPath(id, roots);
    for (const path of new Set([usual, workspace_path ?? usual])) {
      const thrown = await throwAway(path, roots, now);
      if ("trashed" in thrown) workspaces++;
      else if (thrown.kept !== "missing") kept.push({ task_id: id, path, reason: thrown.kept });
    }
  }
  return { workspaces, kept };
}
