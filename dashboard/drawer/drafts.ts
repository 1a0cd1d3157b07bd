// Owns: texts that were begun and not sent. They outlive the drawer, so that closing it loses nothing.

const drafts = new Map<string, string>();

/** What was begun under `name`; null when nothing was. */
export function readDraft(name: string): string | null {
  return drafts.get(name) ?? null;
}

/** Keeps a text; null forgets it. */
export function keepDraft(name: string, text: string | null): void {
  if (text === null) drafts.delete(name);
  else drafts.set(name, text);
}
