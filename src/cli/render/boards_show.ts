// Owns: the text of `boards show`.

import type { BoardsShowOutput } from "../../ops/boards/show.ts";
import type { BoardView } from "../../ops/boards/wire.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { stamp } from "./words.ts";

export function text({ board }: BoardsShowOutput, screen: Screen): string {
  const heading = [board.icon, board.name].map(oneLine).filter((word) => word !== "").join(" ");
  const lines: [string, string | null][] = [
    ["Slug", board.slug],
    ["About", board.description || null],
    ["Colour", board.color || null],
    ["Tasks", countsOf(board)],
    ["Default workdir", board.default_workdir],
    ["Created", board.created_at === null ? null : stamp(board.created_at)],
    ["File", board.db_path],
  ];
  const current = board.is_current ? `  ${screen.paint("green", "(current)")}` : "";
  return [
    `${screen.paint("bold", heading)}${current}`,
    ...lines.flatMap(([name, value]) => value === null ? [] : [`${name}: ${oneLine(value)}`]),
  ].join("\n");
}

/** `3 ready, 1 done`. */
export function countsOf({ counts, problem }: BoardView): string {
  if (problem !== null) return `unreadable: ${oneLine(problem)}`;
  const words = Object.entries(counts).map(([status, count]) => `${count} ${oneLine(status)}`);
  return words.length > 0 ? words.join(", ") : "empty";
}
