// Owns: what a card can ask of the board, given down without drawing every card again.

import { createContext, useContext } from "react";
import type { TaskDraft } from "./create_task.ts";

export interface BoardActions {
  open(id: string): void;
  toggle(id: string): void;
  /** Selects everything from the last toggled card to this one. */
  extendTo(id: string): void;
  /** Opens the form with everything that can be said about a new task. */
  create(status: string, draft?: TaskDraft): void;
  /** Sends for more of a column that did not come as a whole. */
  more(): void;
}

const nothing: BoardActions = { open() {}, toggle() {}, extendTo() {}, create() {}, more() {} };

export const BoardActionsContext = createContext<BoardActions>(nothing);

/** Stable for as long as the board page is there. */
export function useBoardActions(): BoardActions {
  return useContext(BoardActionsContext);
}
