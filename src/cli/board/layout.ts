// Owns: where the columns of the board go: side by side where the screen is wide enough, else below each other.

import { plural } from "../../base/text.ts";
import type { BoardOutput } from "../../ops/views/board.ts";
import { displayWidth, pad, table } from "../table.ts";
import { name } from "../render/words.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { ageOf, cardLines, type Column, heading } from "./cards.ts";

/** A narrower column has no room for a title. */
export const narrowest = 16;
/** A wider column would tear the board apart. */
const widest = 44;
const gap = 2;

/** The board as lines of at most `screen.width` columns. */
export function boardLines(view: BoardOutput, screen: Screen): string[] {
  const shown = view.columns.filter(({ count }) => count > 0);
  const empty = view.columns.filter(({ count }) => count === 0);
  const rest = empty.length === 0
    ? []
    : ["", screen.paint("dim", `empty: ${empty.map(({ status }) => status).join(", ")}`)];
  const width = columnWidth(shown.length, screen.width);
  const columns = width === null
    ? stacked(shown, screen)
    : sideBySide(shown.map((column) => columnLines(column, width, screen)), width);
  return [summary(view, screen), "", ...columns, ...rest];
}

/** `default  14 tasks, 2 running`. */
export function summary({ board, columns }: BoardOutput, { paint }: Screen): string {
  const total = columns.reduce((sum, { count }) => sum + count, 0);
  const running = columns.find(({ status }) => status === "running")?.count ?? 0;
  const facts = `${plural(total, "task")}${running > 0 ? `, ${running} running` : ""}`;
  return `${paint("bold", board)}  ${paint("dim", facts)}`;
}

/** Columns per column of `count` of them; null when they do not fit beside each other. */
export function columnWidth(count: number, width: number): number | null {
  if (!Number.isFinite(width) || count === 0) return null;
  const each = Math.floor((width - gap * (count - 1)) / count);
  return each < narrowest ? null : Math.min(widest, each);
}

/** A column with its heading, a line below it, and its cards. */
function columnLines(column: Column, width: number, screen: Screen): string[] {
  const hidden = column.count - column.cards.length;
  return [
    heading(column, screen),
    screen.paint("dim", "─".repeat(width)),
    ...column.cards.flatMap((card, at) => [
      ...(at > 0 ? [""] : []),
      ...cardLines(card, column, width, screen),
    ]),
    ...(hidden > 0 ? ["", screen.paint("dim", `${hidden} more`)] : []),
  ];
}

/** Blocks of lines beside each other, each `width` columns wide. */
export function sideBySide(blocks: readonly (readonly string[])[], width: number): string[] {
  const height = Math.max(0, ...blocks.map((block) => block.length));
  return Array.from(
    { length: height },
    (_, line) =>
      blocks.map((block) => pad(block[line] ?? "", width)).join(" ".repeat(gap)).trimEnd(),
  );
}

/** One line per task below the heading of its column. */
function stacked(columns: readonly Column[], screen: Screen): string[] {
  const ages = columns.flatMap((column) => column.cards.map((card) => ageOf(card, column, screen)));
  const people = columns.flatMap(({ cards }) => cards.map((card) => name(card.assignee)));
  const [age, person] = [widthOf(ages), widthOf(people)];
  return columns.flatMap((column, at) => {
    const hidden = column.count - column.cards.length;
    const rows = column.cards.map((card) => [
      " ",
      card.id,
      pad(ageOf(card, column, screen), age),
      pad(name(card.assignee), person),
      oneLine(card.title),
    ]);
    return [
      ...(at > 0 ? [""] : []),
      heading(column, screen),
      ...table(rows, screen.width),
      ...(hidden > 0 ? [screen.paint("dim", `   ${hidden} more`)] : []),
    ];
  });
}

function widthOf(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(displayWidth));
}
