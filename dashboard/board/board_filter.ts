// Owns: what the board is narrowed to, kept in the address so that it can be shared and comes back.

import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { useConfig } from "../api/queries.ts";

export interface BoardView {
  search: string;
  tenant: string;
  /** "" = everybody's; `-` = nobody's. */
  assignee: string;
  archived: boolean;
  lanes: boolean;
}

/** The view and how to change a part of it. What equals the configured default is not written down. */
export function useBoardView(): [view: BoardView, change: (part: Partial<BoardView>) => void] {
  const [params, setParams] = useSearchParams();
  const { data: config } = useConfig();
  const defaults = useMemo<BoardView>(() => ({
    search: "",
    tenant: config?.default_tenant ?? "",
    assignee: "",
    archived: config?.include_archived_by_default ?? false,
    lanes: config?.lane_by_profile ?? true,
  }), [config]);
  const view = useMemo<BoardView>(() => ({
    search: params.get("q") ?? defaults.search,
    tenant: params.get("tenant") ?? defaults.tenant,
    assignee: params.get("assignee") ?? defaults.assignee,
    archived: flag(params.get("archived"), defaults.archived),
    lanes: flag(params.get("lanes"), defaults.lanes),
  }), [params, defaults]);
  const change = useCallback((part: Partial<BoardView>) => {
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [field, value] of Object.entries(part)) {
        const name = field === "search" ? "q" : field;
        const plain = value === defaults[field as keyof BoardView];
        if (plain) next.delete(name);
        else next.set(name, typeof value === "boolean" ? (value ? "1" : "0") : String(value));
      }
      return next;
    }, { replace: true });
  }, [setParams, defaults]);
  return [view, change];
}

function flag(text: string | null, fallback: boolean): boolean {
  return text === null ? fallback : text === "1";
}
