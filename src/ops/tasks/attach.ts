// Owns: the operations `attach`, `attachments`, `attachment` and `detach`.

import * as z from "zod";
import { attachFile, detachFile, getAttachment, getAttachments } from "../../kernel/attachments.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { attachmentSchema, taskId } from "../wire.ts";

export const attach = defineOp({
  name: "attach",
  group: "kanban",
  summary: "Add a copy of a file to a task, for its worker to read",
  actors: ["human", "worker", "orchestrator", "system"],
  ownTask: "task_id",
  input: z.object({
    task_id: taskId,
    path: z.string().min(1).describe("The file, at most 25 MB"),
    name: z.string().optional().describe("Keep it under this name"),
  }),
  output: z.object({ attachment: attachmentSchema }),
  cli: {
    args: ["task_id", "path"],
    fields: { task_id: { name: "id" }, path: { name: "file", parse: "path" } },
    pick: "attachment",
    examples: [
      "hermes kanban attach t_1a2b3c4d ./brief.pdf",
      'hermes kanban attach t_1a2b3c4d /tmp/x.csv --name "figures of may.csv"',
    ],
  },
  async run(context, { task_id, path, name }) {
    const { boardPaths, actor } = context;
    const file = { source: path, name, uploadedBy: actor.name };
    const board = await context.board();
    const root = boardPaths.attachmentsRoot;
    return { attachment: await attachFile(board, root, task_id, file, actor.runId) };
  },
});

export type AttachOutput = OutputOf<typeof attach>;

export const attachments = defineOp({
  name: "attachments",
  group: "kanban",
  summary: "List the files of a task",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({ task_id: taskId }),
  output: z.object({ attachments: z.array(attachmentSchema) }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    pick: "attachments",
    examples: ["hermes kanban attachments t_1a2b3c4d"],
  },
  http: { method: "GET", path: "/tasks/:task_id/attachments", fresh: true },
  async run(context, input) {
    return { attachments: await getAttachments(await context.board(), input.task_id) };
  },
});

export type AttachmentsOutput = OutputOf<typeof attachments>;

export const attachment = defineOp({
  name: "attachment",
  group: "kanban",
  summary: "Show a file of a task",
  actors: ["human", "system"],
  input: z.object({ attachment_id: z.number().int().positive() }),
  output: z.object({ attachment: attachmentSchema }),
  async run(context, { attachment_id }) {
    return { attachment: await getAttachment(await context.board(), attachment_id) };
  },
});

export const detach = defineOp({
  name: "detach",
  group: "kanban",
  summary: "Remove a file from its task",
  actors: ["human", "system"],
  input: z.object({
    attachment_id: z.number().int().positive().describe("Number of the attachment"),
  }),
  output: z.object({
    attachment: attachmentSchema,
    file_removed: z.boolean()
      .describe("False when there was no file, or it lies outside of the board's folder"),
  }),
  cli: {
    args: ["attachment_id"],
    examples: ["hermes kanban detach 3"],
  },
  http: { method: "DELETE", path: "/attachments/:attachment_id" },
  async run(context, input) {
    const root = context.boardPaths.attachmentsRoot;
    const removed = await detachFile(await context.board(), root, input.attachment_id);
    return { attachment: removed.attachment, file_removed: removed.fileRemoved };
  },
});

export type DetachOutput = OutputOf<typeof detach>;
