// Owns: the comment thread of a task.

import { HermesError } from "../base/errors.ts";
import { type Board, read, write } from "./board.ts";
import { recordRefusedWrite, refusalError, unknownTask } from "./lifecycle/apply.ts";
import type { CommentRow } from "./model/rows.ts";
import { appendEvent, insertComment, sql } from "./queries/events.ts";
import { taskById } from "./queries/tasks.ts";
import { rememberObstacle } from "./undo/remember.ts";

/**
 * Adds a comment and its event. `person` is who asks when it is a person: a comment cannot be undone, and
 * whoever tries is told so.
 *
 * @throws HermesError `invalid` for a blank author or body, `not_found`, `fenced`.
 */
export async function addComment(
  board: Board,
  taskId: string,
  author: string,
  body: string,
  fence: number | null = null,
  person: string | null = null,
): Promise<void> {
  if (author.trim() === "") {
    throw new HermesError("invalid", `Cannot comment on task "${taskId}": author is blank`);
  }
  if (body.trim() === "") {
    throw new HermesError("invalid", `Cannot comment on task "${taskId}": the comment is blank`);
  }
  const written = await write(board, async (tx, env) => {
    if (!await taskById(tx, taskId)) throw refusalError(unknownTask(taskId));
    const comment = { task_id: taskId, author: author.trim(), body, created_at: env.now };
    if (!await insertComment(tx, comment, fence)) {
      await recordRefusedWrite(tx, env, taskId, fence, "comment");
      return false;
    }
    await appendEvent(tx, {
      taskId,
      runId: null,
      kind: "commented",
      payload: { author: comment.author, len: body.length },
      at: env.now,
    });
    if (person !== null) {
      const obstacle = "others may have read the comment already";
      await rememberObstacle(tx, env, person, "comment", taskId, obstacle);
    }
    return true;
  });
  if (!written) {
    throw new HermesError(
      "fenced",
      `Cannot comment on task "${taskId}" for run ${fence}: that run is closed`,
      { details: { run_id: fence } },
    );
  }
}

/** The whole thread, oldest first. */
export function commentsOf(board: Board, taskId: string): Promise<CommentRow[]> {
  return read(board, (tx) => tx.all<CommentRow>(sql.comments, [taskId]));
}
