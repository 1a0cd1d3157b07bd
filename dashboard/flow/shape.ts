// Owns: what a drawn graph consists of: nodes of one size, lines, parts, and the space between them.

/** `right`: what waits stands to the right of what it waits for; `down`: below it. */
export type Direction = "right" | "down";

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Line {
  id: string;
  from: string;
  to: string;
}

/** A part with its nodes placed from its own top left corner. */
export interface Part extends Size {
  places: Map<string, Point>;
  /** Points a line passes on its way, without its ends. */
  bends: Map<string, Point[]>;
}

/** Space between neighbours of one rank, and between ranks, in px. */
export const gaps = { beside: 20, ranks: 64 };
