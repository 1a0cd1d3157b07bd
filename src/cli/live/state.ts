// Owns: what the live board shows and what each key does to it. Pure: what has to be done comes back as a value.

import type { BoardOutput } from "../../ops/views/board.ts";
import type { Card, Column } from "../board/cards.ts";
import type { Key } from "./keys.ts";

/** What can be done to the selected task, by its key. */
export const acts = {
  a: { verb: "assign", ask: "Assign to", field: "assignee", needed: true },
  b: { verb: "block", ask: "Block because of", field: "reason", needed: false },
  c: { verb: "complete", ask: "Complete with summary", field: "summary", needed: false },
  u: { verb: "unblock", ask: "Unblock?", field: null, needed: false },
} as const;

export type Act = (typeof acts)[keyof typeof acts];

export type Mode =
  | { kind: "board" }
  /** `top` is the first line that is seen. */
  | { kind: "detail"; id: string; lines: readonly string[]; top: number }
  | { kind: "ask"; act: Act; id: string; text: string }
  | { kind: "help" };

export interface State {
  view: BoardOutput;
  /** Id of the selected task; null on an empty board. */
  selected: string | null;
  mode: Mode;
  /** What came of the last act; empty for nothing to say. */
  message: string;
}

/** What the world outside has to do. */
export type Effect =
  | { kind: "quit" }
  | { kind: "open"; id: string }
  | { kind: "act"; act: Act; id: string; text: string };

export interface Step {
  state: State;
  effect?: Effect;
}

export function begin(view: BoardOutput): State {
  const state: State = { view, selected: null, mode: { kind: "board" }, message: "" };
  return { ...state, selected: filled(view)[0]?.cards[0]?.id ?? null };
}

/** Columns that hold something: the others are not drawn, so that nothing in them can be selected. */
export function filled({ columns }: BoardOutput): Column[] {
  return columns.filter(({ cards }) => cards.length > 0);
}

/** Where the selected task is. */
export interface Spot {
  column: number;
  row: number;
  card: Card;
}

export function spotOf({ view, selected }: State): Spot | null {
  for (const [column, { cards }] of filled(view).entries()) {
    const row = cards.findIndex(({ id }) => id === selected);
    if (row >= 0) return { column, row, card: cards[row]! };
  }
  return null;
}

/** The board has changed: the selection stays on its task; when that has gone, near where it was. */
export function refresh(state: State, view: BoardOutput): State {
  const next = { ...state, view };
  if (spotOf(next)) return next;
  const before = spotOf(state);
  const columns = filled(view);
  const column = columns[Math.min(before?.column ?? 0, columns.length - 1)];
  const card = column?.cards[Math.min(before?.row ?? 0, column.cards.length - 1)];
  return { ...next, selected: card?.id ?? null };
}

/** @param page lines that a page key moves by. */
export function press(state: State, key: Key, page: number): Step {
  if (key === "interrupt") return { state, effect: { kind: "quit" } };
  switch (state.mode.kind) {
    case "board":
      return pressOnBoard({ ...state, message: "" }, key);
    case "detail":
      return pressOnDetail(state, state.mode, key, page);
    case "ask":
      return pressOnQuestion(state, state.mode, key);
    case "help":
      return { state: { ...state, mode: { kind: "board" } } };
  }
}

function pressOnBoard(state: State, key: Key): Step {
  switch (key) {
    case "q":
    case "escape":
      return { state, effect: { kind: "quit" } };
    case "?":
      return { state: { ...state, mode: { kind: "help" } } };
    case "left":
    case "h":
      return { state: moved(state, -1, 0) };
    case "right":
    case "l":
      return { state: moved(state, 1, 0) };
    case "up":
    case "k":
      return { state: moved(state, 0, -1) };
    case "down":
    case "j":
      return { state: moved(state, 0, 1) };
    case "home":
      return { state: moved(state, 0, -Infinity) };
    case "end":
      return { state: moved(state, 0, Infinity) };
  }
  const { selected } = state;
  if (selected === null) return { state };
  if (key === "enter") return { state, effect: { kind: "open", id: selected } };
  const act = key in acts ? acts[key as keyof typeof acts] : undefined;
  return act ? { state: asking(state, act, selected) } : { state };
}

function pressOnDetail(
  state: State,
  mode: Extract<Mode, { kind: "detail" }>,
  key: Key,
  page: number,
): Step {
  const scrolled = (by: number): Step => {
    const last = Math.max(0, mode.lines.length - page);
    const top = Math.min(last, Math.max(0, mode.top + by));
    return { state: { ...state, mode: { ...mode, top } } };
  };
  switch (key) {
    case "up":
    case "k":
      return scrolled(-1);
    case "down":
    case "j":
      return scrolled(1);
    case "pageup":
      return scrolled(-page);
    case "pagedown":
    case " ":
      return scrolled(page);
    case "home":
      return scrolled(-Infinity);
    case "end":
      return scrolled(Infinity);
    case "q":
    case "escape":
    case "enter":
    case "left":
      return { state: { ...state, mode: { kind: "board" } } };
  }
  const act = key in acts ? acts[key as keyof typeof acts] : undefined;
  return act ? { state: asking(state, act, mode.id) } : { state };
}

function pressOnQuestion(
  state: State,
  mode: Extract<Mode, { kind: "ask" }>,
  key: Key,
): Step {
  const { act, id, text } = mode;
  const typed = (next: string): Step => ({ state: { ...state, mode: { ...mode, text: next } } });
  const back: State = { ...state, mode: { kind: "board" }, message: "Nothing was changed." };
  if (key === "escape") return { state: back };
  if (key === "enter" || (act.field === null && key === "y")) {
    if (act.needed && text.trim() === "") return { state: back };
    const effect = { kind: "act", act, id, text: text.trim() } as const;
    return { state: { ...back, message: "" }, effect };
  }
  if (act.field === null) return { state: back };
  if (key === "backspace") return typed([...text].slice(0, -1).join(""));
  if (key === "clear") return typed("");
  return typed([...key].length === 1 ? text + key : text);
}

function asking(state: State, act: Act, id: string): State {
  return { ...state, message: "", mode: { kind: "ask", act, id, text: "" } };
}

function moved(state: State, columns: number, rows: number): State {
  const spot = spotOf(state);
  const all = filled(state.view);
  if (!spot) return state;
  const column = all[clamp(spot.column + columns, all.length)]!;
  const card = column.cards[clamp(spot.row + rows, column.cards.length)]!;
  return { ...state, selected: card.id };
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(0, index), length - 1);
}
