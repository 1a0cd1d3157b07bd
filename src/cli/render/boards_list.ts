// Owns: the text of `boards list`.

import type { BoardsListOutput } from "../../ops/boards/list.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { countsOf } from "./boards_show.ts";

export function text({ boards }: BoardsListOutput, screen: Screen): string {
  const rows = boards.map((board) => [
    board.is_current ? screen.paint("green", "*") : " ",
    board.slug,
    board.archived ? screen.paint("dim", "archived") : countsOf(board),
    [board.icon, board.name, board.description && `— ${board.description}`]
      .map(oneLine).filter((word) => word !== "").join(" "),
  ]);
  return table(rows, screen.width).join("\n");
}
