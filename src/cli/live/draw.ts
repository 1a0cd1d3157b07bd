// Owns: the live board as the lines of a terminal.

import { stripVTControlCharacters } from "node:util";
import { type Card, cardLines, type Column, heading } from "../board/cards.ts";
import { columnWidth, sideBySide, summary } from "../board/layout.ts";
import { displayWidth, fit } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { acts, filled, type Mode, spotOf, type State } from "./state.ts";

export interface Size {
  columns: number;
  rows: number;
}

/** Lines above and below the part that changes: summary, two empty ones, and the footer. */
const frame = 4;

/** Lines a page of details has. */
export function pageOf({ rows }: Size): number {
  return Math.max(1, rows - frame);
}

/** Exactly `size.rows` lines of at most `size.columns` columns. */
export function drawLive(state: State, size: Size, paint: Screen): string[] {
  const screen = { ...paint, width: size.columns };
  const page = pageOf(size);
  const body = bodyOf(state, page, screen).slice(0, page);
  const lines = [
    clipped(summary(state.view, screen), size.columns),
    "",
    ...body,
    ...Array<string>(page - body.length).fill(""),
    "",
    footer(state, screen),
  ];
  // A terminal of a few lines keeps what is asked, and what is selected.
  return size.rows >= lines.length ? lines : lines.slice(lines.length - size.rows);
}

function bodyOf(state: State, page: number, screen: Screen): string[] {
  const { mode } = state;
  if (mode.kind === "detail") {
    return mode.lines.slice(mode.top, mode.top + page).map((line) => clipped(line, screen.width));
  }
  if (mode.kind === "help") return helpLines.map((line) => fit(line, screen.width));
  const columns = filled(state.view);
  if (columns.length === 0) return [fit("(no tasks yet)", screen.width)];
  return columnsOf(state, columns, page, screen);
}

/** As many columns as there is room for, the selected one among them. */
function columnsOf(
  state: State,
  columns: readonly Column[],
  page: number,
  screen: Screen,
): string[] {
  let count = columns.length;
  while (count > 1 && columnWidth(count, screen.width) === null) count--;
  const width = columnWidth(count, screen.width) ?? screen.width;
  const spot = spotOf(state);
  const selected = spot?.column ?? 0;
  const first = Math.min(Math.max(0, selected - Math.floor(count / 2)), columns.length - count);
  const blocks = columns.slice(first, first + count).map((column, at) =>
    columnBlock(column, first + at === selected ? spot?.card.id ?? null : null, {
      width,
      page,
      screen,
      before: at === 0 && first > 0,
      after: at === count - 1 && first + count < columns.length,
    })
  );
  return sideBySide(blocks, width);
}

interface Room {
  width: number;
  page: number;
  screen: Screen;
  /** Further columns are out of sight on either side. */
  before: boolean;
  after: boolean;
}

function columnBlock(column: Column, selected: string | null, room: Room): string[] {
  const { width, page, screen, before, after } = room;
  const title = [before ? "←" : "", heading(column, screen), after ? "→" : ""]
    .filter((word) => word !== "").join(" ");
  const line = screen.paint(selected === null ? "dim" : "cyan", "─".repeat(width));
  const lines: string[] = [];
  let end = 0;
  for (const card of column.cards) {
    const isSelected = card.id === selected;
    lines.push(...marked(card, column, width, isSelected, screen), "");
    if (isSelected) end = lines.length - 1;
  }
  const hidden = column.count - column.cards.length;
  if (hidden > 0) lines.push(screen.paint("dim", `  ${hidden} more`));
  const top = Math.max(0, end - (page - 2));
  return [clipped(title, width), line, ...lines.slice(top, top + page - 2)];
}

/** A card behind a bar that shows whether it is the selected one. */
function marked(
  card: Card,
  column: Column,
  width: number,
  isSelected: boolean,
  screen: Screen,
): string[] {
  const bar = isSelected ? screen.paint("cyan", "▌ ") : "  ";
  const lines = cardLines(card, column, width - 2, screen);
  const last = lines.length - 1;
  return lines.map((line, at) =>
    bar + (isSelected && at < last ? screen.paint("bold", line) : line)
  );
}

function footer(state: State, screen: Screen): string {
  const { mode, message } = state;
  if (mode.kind === "ask") return question(mode, screen);
  if (message !== "") return screen.paint("yellow", fit(oneLine(message), screen.width));
  const keys = mode.kind === "detail"
    ? "Esc back   arrows scroll   a assign   b block   c complete   u unblock"
    : mode.kind === "help"
    ? "any key: back to the board"
    : "q quit   ? help   arrows move   Enter details   a assign   b block   c complete   u unblock";
  return screen.paint("dim", fit(keys, screen.width));
}

/** The question with what is typed; of a long text the end is seen, where the cursor is. */
function question(mode: Extract<Mode, { kind: "ask" }>, screen: Screen): string {
  const { act, id, text } = mode;
  const asked = `${id}  ${act.ask}${act.field === null ? "" : ":"} `;
  const hint = act.field === null ? "  (y yes, Esc no)" : "  (Enter does it, Esc does not)";
  const keys = screen.width - asked.length - hint.length < 20 && act.field !== null ? "" : hint;
  const room = Math.max(4, screen.width - asked.length - keys.length - 1);
  const characters = [...text];
  while (displayWidth(characters.join("")) > room) {
    characters.shift();
  }
  const typed = act.field === null ? "" : `${characters.join("")}_`;
  return screen.paint("yellow", fit(`${asked}${typed}${keys}`, screen.width));
}

/** A coloured line cut to the width: one that is cut loses its colours, so that no code is torn apart. */
function clipped(line: string, width: number): string {
  return displayWidth(line) <= width ? line : fit(stripVTControlCharacters(line), width);
}

const helpLines: readonly string[] = [
  "←→ h l      another column          ↑↓ j k  Home End   another task",
  "Enter       details of the task     Esc                back, or quit",
  "",
  ...Object.entries(acts).map(([key, { verb }]) => `${key}           ${verb} the selected task`),
  "",
  "Nothing is changed before you confirm it. What happens on the board shows at once.",
];
