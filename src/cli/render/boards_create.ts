// Owns: the text of `boards create`.

import type { BoardsCreateOutput } from "../../ops/boards/create.ts";

export function text({ board, created, current }: BoardsCreateOutput): string {
  const word = created ? "Created board" : "There is a board already:";
  const next = current === board.slug
    ? "It is the current board."
    : `Work on it with: hermes kanban boards switch ${board.slug}`;
  return `${word} ${board.slug}  (${board.db_path})\n${next}`;
}
