// Owns: which board this browser looks at. Every request names it, so that nobody else's switch moves us.

const key = "hermes.kanban.selectedBoard";
const fallback = "default";
const listeners = new Set<() => void>();
let chosen: string | null = readStored();

/** Slug of the board. */
export function chosenBoard(): string {
  return chosen ?? fallback;
}

/** Whether this browser has ever chosen; until then the server's current board is taken over. */
export function hasChosenBoard(): boolean {
  return chosen !== null;
}

/** Remembers the board for every later request. */
export function chooseBoard(slug: string): void {
  if (slug === chosen) return;
  chosen = slug;
  try {
    localStorage.setItem(key, slug);
  } catch {
    // Then it holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function onBoardChoice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStored(): string | null {
  try {
    return localStorage.getItem(key) || null;
  } catch {
    return null;
  }
}
