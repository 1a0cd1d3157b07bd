// Owns: how the graph is looked at, kept in the address.

import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Direction } from "../flow/shape.ts";

export interface GraphView {
  direction: Direction;
  critical: boolean;
  hideDone: boolean;
  /** Tasks that neither wait nor are waited for are drawn too. */
  alone: boolean;
  /** As a list instead of a drawing. */
  list: boolean;
}

const flags = { critical: "critical", hideDone: "open", alone: "alone", list: "list" } as const;

export function useGraphView(): [GraphView, (part: Partial<GraphView>) => void] {
  const [search, setSearch] = useSearchParams();
  const words = search.toString();
  const view = useMemo((): GraphView => ({
    direction: search.get("to") === "down" ? "down" : "right",
    critical: search.has(flags.critical),
    hideDone: search.has(flags.hideDone),
    alone: search.has(flags.alone),
    list: search.has(flags.list),
  }), [words]);
  const change = (part: Partial<GraphView>) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const [name, word] of Object.entries(flags)) {
        const value = part[name as keyof typeof flags];
        if (value === true) next.set(word, "1");
        if (value === false) next.delete(word);
      }
      if (part.direction === "down") next.set("to", "down");
      if (part.direction === "right") next.delete("to");
      return next;
    }, { replace: true });
  return [view, change];
}
