// Owns: the text of `comment`.

import type { CommentOutput } from "../../ops/comment.ts";

export function text({ task_id, author }: CommentOutput): string {
  return `Commented on ${task_id} as ${author}`;
}
