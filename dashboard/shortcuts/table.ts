// Owns: every key and what it does. The keyboard, the sheet and the palette's hints all read this table.

import type { QueryClient } from "@tanstack/react-query";
import { hrefOf, pages } from "../shell/pages.ts";
import { focusedCard } from "../shell/selected_tasks.ts";
import { editOpenTitle, undoLastAction } from "./acts.ts";
import { showOverlay } from "./overlay.ts";

/** What a key may act on. */
export interface KeyContext {
  client: QueryClient;
  /** Id of the open task. */
  open: string | null;
  /** The open task, else the selected ones, else the one with the focus. */
  ids: readonly string[];
  /** Path of the page. */
  path: string;
  navigate(href: string): void;
  openTask(id: string): void;
}

export interface Shortcut {
  /** One key, or several pressed one after the other with a space between. */
  keys: string;
  words: string;
  group: "Anywhere" | "Go to" | "On the board" | "The task in hand";
  /** Works while a task is open over the page. */
  overTask?: boolean;
  /** False when there is nothing to act on: the key stays the browser's. Absent: the browser does it. */
  run?(context: KeyContext): boolean | void;
}

const goTo: Shortcut[] = pages.flatMap((page) =>
  page.keys
    ? [{
      keys: page.keys,
      words: page.name,
      group: "Go to" as const,
      overTask: true,
      run: ({ navigate }: KeyContext) => navigate(hrefOf(page)),
    }]
    : []
);

export const shortcuts: readonly Shortcut[] = [
  {
    keys: "Mod+k",
    words: "Commands and search",
    group: "Anywhere",
    overTask: true,
    run: ({ ids }) => showOverlay({ kind: "palette", step: { kind: "root" }, ids }),
  },
  {
    keys: "c",
    words: "New task",
    group: "Anywhere",
    run: ({ navigate }) => navigate("/?new=ready"),
  },
  {
    keys: "u",
    words: "Undo the last action",
    group: "Anywhere",
    overTask: true,
    run: ({ client }) => void undoLastAction(client),
  },
  {
    keys: "?",
    words: "This sheet",
    group: "Anywhere",
    overTask: true,
    run: () => showOverlay({ kind: "sheet" }),
  },
  ...goTo,
  { keys: "/", words: "Search", group: "On the board", run: search },
  { keys: "j", words: "Next card", group: "On the board", run: () => arrow("ArrowDown") },
  { keys: "k", words: "Previous card", group: "On the board", run: () => arrow("ArrowUp") },
  { keys: "h", words: "Column to the left", group: "On the board", run: () => arrow("ArrowLeft") },
  {
    keys: "l",
    words: "Column to the right",
    group: "On the board",
    run: () => arrow("ArrowRight"),
  },
  { keys: "x", words: "Select or unselect the card", group: "On the board", run: select },
  { keys: "Enter", words: "Open the card", group: "On the board" },
  {
    keys: "Space",
    words: "Pick the card up; arrows carry it, Space puts it down",
    group: "On the board",
  },
  { keys: "e", words: "Edit the title", group: "The task in hand", overTask: true, run: edit },
  { keys: "a", words: "Assign…", group: "The task in hand", overTask: true, run: choose("assign") },
  { keys: "m", words: "Move…", group: "The task in hand", overTask: true, run: choose("move") },
  { keys: "j", words: "Next task, while one is open", group: "The task in hand" },
  { keys: "k", words: "Previous task, while one is open", group: "The task in hand" },
  { keys: "Esc", words: "Close", group: "The task in hand" },
];

function choose(kind: "assign" | "move") {
  return ({ ids }: KeyContext): boolean => {
    if (ids.length === 0) return false;
    showOverlay({ kind: "palette", step: { kind, ids }, ids });
    return true;
  };
}

function edit({ ids, open, openTask }: KeyContext): boolean {
  const [id] = ids;
  if (id === undefined) return false;
  if (open !== id) openTask(id);
  editOpenTitle();
  return true;
}

function search({ ids }: KeyContext): void {
  const field = document.getElementById("board-search");
  if (field) field.focus();
  else showOverlay({ kind: "palette", step: { kind: "root" }, ids });
}

/** The board moves its focus by arrows; without one, its first card gets it. */
function arrow(key: string): boolean {
  const card = focusedCard()?.querySelector<HTMLElement>("a.card-title");
  if (!card) {
    const first = document.querySelector<HTMLElement>("[data-card] a.card-title");
    first?.focus();
    return first !== null;
  }
  card.focus();
  card.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  return true;
}

function select(): boolean {
  const box = focusedCard()?.querySelector<HTMLElement>(".card-check");
  box?.click();
  return box !== undefined && box !== null;
}
