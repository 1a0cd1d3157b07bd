// Owns: points in time as people write them.

import { HermesError } from "./errors.ts";

const iso =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Epoch seconds from `1790000000`, `2026-08-01`, `2026-08-01 14:30` or `2026-08-01T14:30:00Z`. Without
 * a zone it is local time; a day alone means its beginning.
 *
 * @throws HermesError `usage` when the text is no point in time.
 */
export function parseMoment(text: string): number {
  const typed = text.trim();
  const seconds = /^\d{9,11}$/.test(typed) ? Number(typed) : fromIso(typed);
  if (Number.isFinite(seconds)) return seconds;
  throw new HermesError("usage", `Cannot read time "${text}": expected a date or epoch seconds`, {
    remedy: "Write 2026-08-01, 2026-08-01 14:30, 2026-08-01T14:30:00Z or 1790000000.",
  });
}

function fromIso(text: string): number {
  const match = iso.exec(text);
  if (!match) return NaN;
  const [, day = "", time = "00:00", zone = ""] = match;
  if (!isInCalendar(day)) return NaN;
  // A day alone would be read as UTC, a day with a time as local.
  const offset = zone.toUpperCase().replace(/^(.\d{2})(\d{2})$/, "$1:$2");
  return Math.floor(Date.parse(`${day}T${time}${offset}`) / 1000);
}

/** The parser would read 31 February as 3 March. */
function isInCalendar(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return date <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
