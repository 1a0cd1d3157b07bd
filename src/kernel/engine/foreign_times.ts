// Owns: reading times that other programs stored as text or as fractions; SQLite keeps whatever it is given.

/** Columns that hold an epoch second. */
const timeColumn = /(_at|_expires|^not_before)$/;

/** Whether a column of this name holds times. */
export function isTimeColumn(name: string): boolean {
  return timeColumn.test(name);
}

/** Which of a row's columns hold times. */
export function timeColumnsOf(row: object): string[] {
  return Object.keys(row).filter(isTimeColumn);
}

/** Whole epoch seconds in place of a time of any other form; null where no time can be read. */
export function wholeSeconds(value: unknown): unknown {
  if (typeof value === "string") return secondsOf(value);
  return typeof value === "number" ? Math.floor(value) : value;
}

/** Epoch seconds of a number or an ISO 8601 time in text; without a zone it is UTC. */
export function secondsOf(text: string): number | null {
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Math.floor(Number(trimmed));
  const iso = trimmed.replace(" ", "T");
  const zoned = !iso.includes("T") || /(Z|[+-]\d\d:?\d\d)$/i.test(iso);
  const ms = Date.parse(zoned ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
