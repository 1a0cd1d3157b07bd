// Owns: the text of `comment`.

import type { CommentOutput } from "../../ops/tasks/comment.ts";

export function text({ task_id, author }: CommentOutput): string {
  return `Commented on ${task_id} as ${author}`;
}
