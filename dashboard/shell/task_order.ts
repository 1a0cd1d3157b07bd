// Owns: in which order the page below an open task shows its tasks: what "next" and "previous" mean.

import { useEffect, useSyncExternalStore } from "react";

let order: readonly string[] = [];
const listeners = new Set<() => void>();

/** Tells the order while a page is there; the array must stay the same while the order does. */
export function useTellTaskOrder(ids: readonly string[]): void {
  useEffect(() => {
    set(ids);
    return () => set([]);
  }, [ids]);
}

/** The tasks before and after `id`; null at an end, and for a task that the page does not show. */
export function useTaskNeighbours(id: string): { previous: string | null; next: string | null } {
  const ids = useSyncExternalStore(listen, read);
  const at = ids.indexOf(id);
  if (at < 0) return { previous: null, next: ids[0] ?? null };
  return { previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
}

function set(ids: readonly string[]): void {
  order = ids;
  for (const listener of listeners) listener();
}

function read(): readonly string[] {
  return order;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
