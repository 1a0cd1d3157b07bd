// Owns: days as people call them, in the reader's own time zone.

/** A day as a key; `moment` in epoch seconds. */
export function dayOf(moment: number): string {
  const date = new Date(moment * 1000);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** `Today`, `Yesterday`, or the date. Both in epoch seconds. */
export function dayWords(moment: number, now: number): string {
  const day = dayOf(moment);
  if (day === dayOf(now)) return "Today";
  const yesterday = new Date(now * 1000);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday.getTime() / 1000)) return "Yesterday";
  return new Date(moment * 1000).toLocaleDateString(undefined, { dateStyle: "full" });
}
