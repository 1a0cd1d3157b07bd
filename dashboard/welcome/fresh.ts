// Owns: whether this installation is new, so that its owner is shown the first steps instead of a bare board.

import { useSyncExternalStore } from "react";
import { useBoards, useProfiles } from "../api/queries.ts";

const key = "hermes.welcomed";
const listeners = new Set<() => void>();
let left = false;
let begun = false;

/** True when there is no task at all and nobody to do one or no model to do it with, until one leaves. */
export function useIsFresh(): boolean {
  const seen = useSyncExternalStore(listen, wasLeft);
  const { data: boards } = useBoards();
  const bare = !seen && boards !== undefined && boards.boards.every(({ total }) => total === 0);
  const { data: profiles } = useProfiles(bare);
  if (!bare || profiles === undefined) return false;
  // Half of the steps done is no reason to take the other half away.
  begun ||= profiles.length <= 1 || profiles.every(({ model }) => !model);
  return begun;
}

/** The board is shown from now on, in this browser. */
export function leaveWelcome(): void {
  left = true;
  try {
    localStorage.setItem(key, "yes");
  } catch {
    // Then until the page is closed.
  }
  for (const listener of listeners) listener();
}

function wasLeft(): boolean {
  try {
    return left || localStorage.getItem(key) !== null;
  } catch {
    return left;
  }
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
