// Owns: the operation `comment`.

import * as z from "zod";
import { addComment } from "../../kernel/comments.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { personOf } from "../fenced.ts";
import { isAgent } from "../run.ts";
import { taskId } from "../wire.ts";

export const comment = defineOp({
  name: "comment",
  group: "kanban",
  summary: "Add a comment to a task",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    body: z.string().describe("The comment"),
    author: z.string().optional().describe("Who says it; agents always sign with their profile"),
  }),
  output: z.object({ task_id: z.string(), author: z.string() }),
  redact: { always: ["body"] },
  cli: {
    args: ["task_id", "body..."],
    fields: { task_id: { name: "id" }, body: { name: "text", parse: "text" } },
    examples: [
      'hermes kanban comment t_1a2b3c4d "Use the blue logo"',
      'hermes kanban comment t_1a2b3c4d "Approved" --author maria',
    ],
  },
  tool: {
    name: "kanban_comment",
    advice: "The next worker of that task reads it.",
    otherBoards: true,
    omit: ["author"],
    reply: ({ task_id, author }) => ({ task_id, author }),
  },
  http: {
    method: "POST",
    path: "/tasks/:task_id/comments",
    reply: ({ author }) => ({ ok: true, author }),
  },
  async run(context, input) {
    const { actor } = context;
    const author = isAgent(actor) ? actor.name : input.author ?? actor.name;
    const board = await context.board();
    await addComment(board, input.task_id, author, input.body, actor.runId, personOf(actor));
    return { task_id: input.task_id, author };
  },
});

export type CommentOutput = OutputOf<typeof comment>;
