// Owns: hooks that read from the server. A page's own queries lie in its folder; shared ones here.

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get } from "./client.ts";
import { homeKey, key } from "./keys.ts";
import type {
  Attention,
  BoardConfig,
  Boards,
  Orchestration,
  Profile,
  ProfileTemplate,
  ShowOutput,
  Task,
  Why,
} from "./shapes.ts";
import {
  type Ask,
  type BoardFilter,
  hasAllCards,
  readFirstCards,
  readWholeBoard,
} from "./whole_board.ts";

/**
 * The whole board, kept fresh by live events. When nothing of it is there yet its first cards are asked
 * for, drawn, and only then all the others: reading ten thousand takes longer than a person waits.
 */
export function useBoard(filter: BoardFilter) {
  const client = useQueryClient();
  const queryKey = key("board", filter);
  const cold = client.getQueriesData({ queryKey: key("board") }).every(([, board]) => !board);
  const first = useQuery({
    queryKey: key("first-board", filter),
    queryFn: async ({ signal }) => {
      const board = await readFirstCards(asking(signal), filter);
      if (hasAllCards(board, filter)) client.setQueryData(queryKey, board);
      return board;
    },
    enabled: cold,
    gcTime: 0,
    structuralSharing: false,
  });
  const drawn = useAfterPaint(first.isFetched);
  const whole = useQuery({
    queryKey,
    queryFn: ({ signal }) => readWholeBoard(asking(signal), filter),
    enabled: !cold || drawn,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // Comparing thousands of cards costs more than drawing the few that are seen.
    structuralSharing: false,
  });
  return { ...whole, data: whole.data ?? first.data };
}

/** True a moment after `ready` became so and the page was drawn. */
function useAfterPaint(ready: boolean): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    if (!ready) return;
    const frame = requestAnimationFrame(() => setTimeout(() => setPainted(true)));
    return () => cancelAnimationFrame(frame);
  }, [ready]);
  return painted;
}

/** Asks for parts of a board, for as long as somebody waits for the answer. */
function asking(signal: AbortSignal): Ask {
  return (path, query) => get(path, { signal, query });
}

/** One task with everything around it. */
export function useTask(id: string) {
  return useQuery({
    queryKey: key("task", id),
    queryFn: ({ signal }) => get<ShowOutput>(`/tasks/${encodeURIComponent(id)}`, { signal }),
  });
}

/** What keeps a task from running. Asked only while somebody looks: `enabled`. */
export function useWhy(id: string, enabled: boolean) {
  return useQuery({
    queryKey: key("task", id, "why"),
    queryFn: ({ signal }) => get<Why>(`/tasks/${encodeURIComponent(id)}/why`, { signal }),
    enabled,
    staleTime: 2_000,
  });
}

/** Tasks whose id or text matches, best first. */
export function useTaskSearch(text: string, limit = 20, enabled = true) {
  return useQuery({
    queryKey: key("search", text, limit),
    queryFn: ({ signal }) =>
      get<{ tasks: Task[] }>("/tasks", { signal, query: { search: text, limit } }),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** The toolbar's defaults. */
export function useConfig() {
  return useQuery({
    queryKey: homeKey("config"),
    queryFn: ({ signal }) => get<BoardConfig>("/config", { signal }),
    staleTime: Infinity,
  });
}

/** `enabled` false: not yet. */
export function useProfiles(enabled = true) {
  return useQuery({
    queryKey: homeKey("profiles"),
    queryFn: async ({ signal }) =>
      (await get<{ profiles: Profile[] }>("/profiles", { signal })).profiles,
    staleTime: 60_000,
    enabled,
  });
}

export function useBoards() {
  return useQuery({
    queryKey: homeKey("boards"),
    queryFn: ({ signal }) => get<Boards>("/boards", { signal }),
    staleTime: 30_000,
  });
}

/** Auto or manual, and who owns what was split. */
export function useOrchestration() {
  return useQuery({
    queryKey: homeKey("orchestration"),
    queryFn: ({ signal }) => get<Orchestration>("/orchestration", { signal }),
    staleTime: 60_000,
  });
}

/** What needs a person: blocked, gave up, stranded, nobody assigned. */
export function useAttention() {
  return useQuery({
    queryKey: key("attention"),
    queryFn: ({ signal }) => get<Attention>("/attention", { signal }),
  });
}

/** Profiles that come with hermes and can be added with one click. */
export function useTemplates() {
  return useQuery({
    queryKey: homeKey("templates"),
    queryFn: async ({ signal }) =>
      (await get<{ templates: ProfileTemplate[] }>("/profiles/templates", { signal })).templates,
    staleTime: 60_000,
  });
}
