// Owns: the operation `claim`.

import * as z from "zod";
import { errorText, HermesError } from "../../base/errors.ts";
import { command, mustCommand } from "../../kernel/board.ts";
import { getTask } from "../../kernel/detail.ts";
import { refusalError } from "../../kernel/lifecycle/apply.ts";
import { recordWorkspace } from "../../kernel/workspaces.ts";
import { resolveWorkspace } from "../../workspace/resolve.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { taskId } from "../wire.ts";

export const claim = defineOp({
  name: "claim",
  group: "kanban",
  summary: "Claim a ready task, to work on it by hand",
  actors: ["human", "system"],
  input: z.object({
    task_id: taskId,
    ttl_seconds: z.number().int().positive().optional()
      .describe("Seconds until the claim may be taken away; 900 unless configured"),
  }),
  output: z.object({
    task_id: z.string(),
    run_id: z.number().nullable(),
    lock: z.string(),
    expires: z.number().nullable(),
    workspace: z.string().describe("Folder to work in, absolute"),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" }, ttl_seconds: { flag: "ttl", parse: "duration" } },
    examples: ["hermes kanban claim t_1a2b3c4d", "hermes kanban claim t_1a2b3c4d --ttl 2h"],
  },
  http: { method: "POST", path: "/tasks/:task_id/claim" },
  async run(context, input) {
    const { host, boardPaths } = context;
    const { config } = await context.config();
    const board = await context.board();
    const id = input.task_id;
    const lock = `${host.hostName()}:${host.self().pid}`;
    const ttlSeconds = input.ttl_seconds ?? config.kanban.claim_ttl_seconds;
    const claimed = await command(board, id, { type: "claim", lock, ttlSeconds, lane: null });
    if (!claimed.ok) {
      if (claimed.refusal.code === "not_found") throw refusalError(claimed.refusal);
      const { status, claim_lock } = await getTask(board, id);
      throw new HermesError("refused", claimed.refusal.message, {
        remedy: `Status: ${status}. Lock: ${claim_lock ?? "none"}.`,
        details: { ...claimed.refusal.details, status, claim_lock },
      });
    }
    try {
      const workspace = await resolveWorkspace(claimed.task, boardPaths);
      await recordWorkspace(board, id, workspace);
      const expires = claimed.task.claim_expires;
      return { task_id: id, run_id: claimed.runId, lock, expires, workspace: workspace.path };
    } catch (error) {
      const reason = `workspace: ${errorText(error)}`;
      await mustCommand(board, id, { type: "reclaim", reason }, { fence: claimed.runId });
      throw error;
    }
  },
});

export type ClaimOutput = OutputOf<typeof claim>;
