// Owns: clipping and one-line forms of text shown to people and models.

/** First non-blank line of `text`, at most `max` characters; null when there is none. */
export function firstLine(text: string | null | undefined, max = 400): string | null {
  if (!text) return null;
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (trimmed) return cut(trimmed, max);
  }
  return null;
}

/** At most `max` UTF-16 units of `text`, never half of a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? max - 1 : max);
}

/** `text` shortened to `max` characters followed by a visible count of what was dropped. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = cut(text, max);
  return `${kept} … [${text.length - kept.length} characters omitted]`;
}

/** Singular or plural form: `plural(2, "task")` is `2 tasks`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
