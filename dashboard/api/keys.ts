// Owns: the names under which answers are kept. Every name begins with the board it belongs to.

import { chosenBoard } from "./board_choice.ts";

/** Everything of the chosen board. */
export function boardScope(): readonly [string] {
  return [chosenBoard()];
}

/** An answer of the chosen board: `key("board", { archived: true })`. */
export function key(...parts: readonly unknown[]): readonly unknown[] {
  return [chosenBoard(), ...parts];
}

/** An answer about the installation, not one board: `homeKey("profiles")`. */
export function homeKey(...parts: readonly unknown[]): readonly unknown[] {
  return ["(home)", ...parts];
}
