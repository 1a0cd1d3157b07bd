// Owns: what lies over the whole application: the palette, at one of its steps, or the sheet of keys.

import { useSyncExternalStore } from "react";

/** A step of the palette: what the next choice is about. */
export type Step =
  | { kind: "root" }
  | { kind: "move"; ids: readonly string[] }
  | { kind: "assign"; ids: readonly string[] }
  | { kind: "board" }
  | { kind: "theme" };

export type Overlay =
  | { kind: "sheet" }
  | {
    kind: "palette";
    step: Step;
    /** Tasks that were in hand when it was opened: the focus moves into the palette. */
    ids: readonly string[];
  };

let shown: Overlay | null = null;
const listeners = new Set<() => void>();

export function showOverlay(overlay: Overlay | null): void {
  shown = overlay;
  for (const listener of listeners) listener();
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(listen, currentOverlay);
}

export function currentOverlay(): Overlay | null {
  return shown;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
