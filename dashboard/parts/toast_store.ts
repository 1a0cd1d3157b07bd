// Owns: the short messages that are on the screen, and when they go.

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "good" | "bad";
  /** A button beside the words, such as Undo. */
  action?: { label: string; run(): void };
  /** More words below, such as each of several failures. */
  lines?: readonly string[];
}

const shownMs = 6000;
const mostAtOnce = 4;

let nextId = 1;
let shown: readonly Toast[] = [];
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

/** Shows a message; failures with several lines stay until they are dismissed. */
export function showToast(toast: Omit<Toast, "id" | "tone"> & { tone?: Toast["tone"] }): number {
  const id = nextId++;
  set([...shown, { tone: "plain" as const, ...toast, id }].slice(-mostAtOnce));
  if (!toast.lines?.length) timers.set(id, setTimeout(() => dismissToast(id), shownMs));
  return id;
}

/** Shows what went wrong with an action. */
export function showError(what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  showToast({ text: `${what}: ${reason}`, tone: "bad" });
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (shown.some((toast) => toast.id === id)) set(shown.filter((toast) => toast.id !== id));
}

/** While a pointer or the focus is on the messages, none of them goes. */
export function holdToasts(held: boolean): void {
  for (const [id, timer] of timers) {
    clearTimeout(timer);
    if (!held) timers.set(id, setTimeout(() => dismissToast(id), shownMs));
  }
}

export function shownToasts(): readonly Toast[] {
  return shown;
}

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}
