// Owns: the text of `boards rm` and `boards delete`.

import type { BoardsRemoveOutput } from "../../ops/boards/remove.ts";

export function text({ slug, path, current }: BoardsRemoveOutput): string {
  const what = path === null ? `Deleted board ${slug}` : `Archived board ${slug} to ${path}`;
  return `${what}\nThe current board is ${current}`;
}
