// Owns: reading times that other programs stored as text or as fractions; SQLite keeps whatever it is given.

/** Columns that hold an epoch second. */
const timeColumn = /(_at|_expires|^not_before)$/;

/** Which of a row's columns hold times. */
export function timeColumnsOf(row: object): string[] {
  return Object.keys(row).filter((name) => timeColumn.test(name));
}

/** Puts whole epoch seconds in place of times of any other form; null where no time can be read. */
export function mendTimes(row: Record<string, unknown>, columns: readonly string[]): void {
  for (const name of columns) {
    const value = row[name];
    if (typeof value === "string") row[name] = secondsOf(value);
    else if (typeof value === "number" && !Number.isInteger(value)) row[name] = Math.floor(value);
  }
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
