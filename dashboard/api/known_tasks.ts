// Owns: what the page has already read about a task, without asking for it.

import type { QueryClient } from "@tanstack/react-query";
import { key } from "./keys.ts";
import type { Board, ShowOutput } from "./shapes.ts";

export interface KnownTask {
  id: string;
  title: string;
  status: string;
  assignee: string | null;
}

/** The task as the drawer or the board shows it; null when neither has it. */
export function knownTask(client: QueryClient, id: string): KnownTask | null {
  const open = client.getQueryData<ShowOutput>(key("task", id));
  if (open) return open.task;
  return knownTasks(client).find((card) => card.id === id) ?? null;
}

/** Every task that the board has sent. */
export function knownTasks(client: QueryClient): KnownTask[] {
  const found = new Map<string, KnownTask>();
  for (const [, board] of client.getQueriesData<Board>({ queryKey: key("board") })) {
    for (const { tasks } of board?.columns ?? []) {
      for (const card of tasks) found.set(card.id, card);
    }
  }
  return [...found.values()];
}
