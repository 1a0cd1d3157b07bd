// Owns: which cards are selected, as people select in lists: one, several, a stretch.

import { useCallback, useMemo, useState } from "react";

export interface Selection {
  ids: ReadonlySet<string>;
  /** Adds or takes away one card; the next stretch begins here. */
  toggle(id: string): void;
  /** Adds everything in `order` between the last toggled card and `id`. */
  extendTo(id: string, order: readonly string[]): void;
  clear(): void;
  /** Keeps only these, after cards left the board. */
  set(ids: Iterable<string>): void;
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const toggle = useCallback((id: string) => {
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
    setAnchor(id);
  }, []);
  const extendTo = useCallback((id: string, order: readonly string[]) => {
    const from = anchor === null ? -1 : order.indexOf(anchor);
    const to = order.indexOf(id);
    if (from < 0 || to < 0) return toggle(id);
    const stretch = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    setIds((before) => new Set([...before, ...stretch]));
  }, [anchor, toggle]);
  const clear = useCallback(() => {
    setIds(new Set());
    setAnchor(null);
  }, []);
  const set = useCallback((next: Iterable<string>) => setIds(new Set(next)), []);
  return useMemo(() => ({ ids, toggle, extendTo, clear, set }), [
    ids,
    toggle,
    extendTo,
    clear,
    set,
  ]);
}
