// Owns: the text of `board`.

import type { BoardOutput } from "../../ops/views/board.ts";
import { boardLines } from "../board/layout.ts";
import type { Screen } from "../terminal.ts";

export function text(view: BoardOutput, screen: Screen): string {
  if (view.columns.every(({ count }) => count === 0)) {
    return '(no tasks yet)\nCreate the first: hermes kanban create "What is to be done"';
  }
  return boardLines(view, screen).join("\n");
}
