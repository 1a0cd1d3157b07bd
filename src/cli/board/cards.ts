// Owns: how one task of the board looks, as a card in a column or as a line.

import type { BoardOutput } from "../../ops/views/board.ts";
import { formatDuration } from "../../base/duration.ts";
import { statusIcon, statusWord } from "../render/words.ts";
import { fit, pad, wrap } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";

export type Column = BoardOutput["columns"][number];
export type Card = Column["cards"][number];

/** Lines of a title at most. */
const titleLines = 2;

/** `▶ ready 3`, coloured. */
export function heading({ status, count }: Column, screen: Screen): string {
  return `${statusIcon(status, screen)} ${statusWord(status, screen)} ${
    screen.paint(count > 0 ? "bold" : "dim", String(count))
  }`;
}

/** A card of `width` columns: the title, then who has it and since when. Ends without an empty line. */
export function cardLines(card: Card, column: Column, width: number, screen: Screen): string[] {
  const title = wrap(oneLine(card.title), width, titleLines);
  return [
    ...title.map((line) => pad(line, width)),
    pad(meta(card, column, width, screen), width),
  ];
}

/** Id, age and owner as far as they fit: the age is what people look for. */
function meta(card: Card, column: Column, width: number, screen: Screen): string {
  const full = ageOf(card, column, screen);
  const age = card.id.length + 1 + full.length <= width ? full : shortAge(full);
  const room = width - card.id.length - age.length - 2;
  const owner = card.assignee === null ? "" : oneLine(card.assignee);
  const words = [
    screen.paint("dim", fit(card.id, Math.max(1, width - age.length - 1))),
    screen.paint(column.status === "running" ? "yellow" : "dim", age),
    ...(owner !== "" && room >= 4 ? [screen.paint("cyan", fit(owner, room))] : []),
  ];
  return words.join(" ");
}

/** Of what is running every second matters; of the rest one unit is enough. */
export function ageOf(card: Card, { status }: Column, screen: Screen): string {
  const age = formatDuration(screen.now - card.since).replace(" ", "");
  return status === "running" ? age : shortAge(age);
}

/** `10m26s` → `10m`. */
function shortAge(age: string): string {
  return /^\d+[a-z]/.exec(age)![0];
}
