// Owns: which tasks were opened last on a board, kept in this browser.

import { useEffect } from "react";
import { chosenBoard } from "../api/board_choice.ts";
import { useTask } from "../api/queries.ts";

interface Recent {
  id: string;
  title: string;
}

const most = 6;

/** The newest first. */
export function recentTasks(): Recent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf()) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Mounted while a task is open; reads what the drawer reads anyway. */
export function RememberTask({ id }: { id: string }) {
  const { data } = useTask(id);
  const title = data?.task.title;
  useEffect(() => {
    if (title === undefined) return;
    const others = recentTasks().filter((each) => each.id !== id);
    try {
      localStorage.setItem(keyOf(), JSON.stringify([{ id, title }, ...others].slice(0, most)));
    } catch {
      // Nothing is remembered then.
    }
  }, [id, title]);
  return null;
}

function keyOf(): string {
  return `hermes.recent.${chosenBoard()}`;
}

function isRecent(value: unknown): value is Recent {
  return typeof value === "object" && value !== null && "id" in value && "title" in value &&
    typeof value.id === "string" && typeof value.title === "string";
}
