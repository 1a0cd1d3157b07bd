// Owns: the board and its tasks as resources that a client can attach to a conversation.

import type { OpContext } from "../ops/context.ts";
import { runOp } from "../ops/run.ts";

/** Tasks that are listed one by one; the others are reached through the template. */
const listedTasks = 50;

const boardUri = "kanban://board";
const taskPrefix = "kanban://task/";

export const taskTemplate = {
  uriTemplate: `${taskPrefix}{task_id}`,
  name: "Task",
  description: "A task as its worker reads it: what is to be done, and what was handed over",
  mimeType: "text/markdown",
};

/** The board, and the tasks that are still open, in board order. */
export async function listResources(context: OpContext) {
  const { list } = await import("../ops/views/list.ts");
  const { tasks } = await runOp(list, context, { limit: listedTasks });
  return [
    {
      uri: boardUri,
      name: "Board",
      description: "Every column with its first tasks",
      mimeType: "application/json",
    },
    ...tasks.filter(({ status }) => status !== "done").map(({ id, title, status, assignee }) => ({
      uri: taskPrefix + id,
      name: title,
      description: `${id}, ${status}${assignee === null ? "" : `, @${assignee}`}`,
      mimeType: "text/markdown",
    })),
  ];
}

/**
 * The text behind `uri`; null when it names nothing.
 *
 * @throws HermesError `not_found` for an unknown task.
 */
export async function readResource(
  context: OpContext,
  uri: string,
): Promise<{ mimeType: string; text: string } | null> {
  if (uri === boardUri) {
    const { board } = await import("../ops/views/board.ts");
    const text = JSON.stringify(await runOp(board, context, {}));
    return { mimeType: "application/json", text };
  }
  if (!uri.startsWith(taskPrefix)) return null;
  const { brief } = await import("../ops/views/brief.ts");
  // Ids need no escapes: what has one is no id, and is said to be unknown as it stands.
  const task_id = uri.slice(taskPrefix.length);
  const { context: text } = await runOp(brief, context, { task_id });
  return { mimeType: "text/markdown", text };
}
