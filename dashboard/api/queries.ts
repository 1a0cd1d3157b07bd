// Owns: hooks that read from the server. A page's own queries lie in its folder; shared ones here.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get } from "./client.ts";
import { homeKey, key } from "./keys.ts";
import type {
  Board,
  BoardConfig,
  Boards,
  Concern,
  Orchestration,
  Profile,
  ShowOutput,
  Task,
  Why,
} from "./shapes.ts";

export interface BoardFilter {
  tenant: string;
  includeArchived: boolean;
  /** Done tasks sent with the board; the rest comes as one scrolls. */
  doneLimit: number;
}

/** The whole board. Kept fresh by live events. */
export function useBoard(filter: BoardFilter) {
  return useQuery({
    queryKey: key("board", filter),
    queryFn: ({ signal }) =>
      get<Board>("/board", {
        signal,
        query: {
          tenant: filter.tenant,
          include_archived: filter.includeArchived || undefined,
          done_limit: filter.doneLimit,
          texts: false,
        },
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
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
export function useTaskSearch(text: string, limit = 20) {
  return useQuery({
    queryKey: key("search", text, limit),
    queryFn: ({ signal }) =>
      get<{ tasks: Task[] }>("/tasks", { signal, query: { search: text, limit } }),
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

export function useProfiles() {
  return useQuery({
    queryKey: homeKey("profiles"),
    queryFn: async ({ signal }) =>
      (await get<{ profiles: Profile[] }>("/profiles", { signal })).profiles,
    staleTime: 60_000,
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
    queryFn: ({ signal }) => get<{ concerns: Concern[] }>("/attention", { signal }),
  });
}
