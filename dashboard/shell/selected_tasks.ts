// Owns: which tasks are selected on the page below: what keys and the palette act on.

import { useEffect } from "react";

let selected: readonly string[] = [];

/** Tells the selection while a page is there. */
export function useTellSelection(ids: ReadonlySet<string>): void {
  useEffect(() => {
    selected = [...ids];
    return () => {
      selected = [];
    };
  }, [ids]);
}

/**
 * The tasks an action is about: the open one, else the selected ones, else the one with the focus.
 * `open` is the id in the address.
 */
export function tasksInHand(open: string | null): readonly string[] {
  if (open !== null) return [open];
  if (selected.length > 0) return selected;
  const id = focusedCard()?.dataset.card;
  return id === undefined ? [] : [id];
}

/** The card that has the focus, or contains what has it. */
export function focusedCard(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-card]") ?? null;
}
