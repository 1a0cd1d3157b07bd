// Owns: amounts of US dollars as people write and read them.

import { HermesError } from "./errors.ts";

/** `$0.52`, `$12.00`; amounts below a dollar keep as many digits as tell something: `$0.0042`, `<$0.0001`. */
export function formatUsd(dollars: number): string {
  if (dollars > 0 && dollars < 0.0001) return "<$0.0001";
  const digits = dollars !== 0 && dollars < 0.1 ? 4 : 2;
  const [whole = "0", fraction = ""] = dollars.toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `$${grouped}.${digits === 4 ? fraction.replace(/0{1,2}$/, "") : fraction}`;
}

/**
 * US dollars from `0.50`, `$2` or `1,000`; null from `none`.
 *
 * @throws HermesError `usage` when the text is no amount above zero.
 */
export function parseUsd(text: string): number | null {
  const typed = text.trim();
  if (typed.toLowerCase() === "none") return null;
  const match = /^\$?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)$/.exec(typed);
  const dollars = match ? Number(match[1]!.replaceAll(",", "")) : NaN;
  if (Number.isFinite(dollars) && dollars > 0) return dollars;
  throw new HermesError("usage", `Cannot read amount "${text}": expected US dollars above zero`, {
    remedy: "Write 0.50, 2 or $2; none takes the limit away.",
  });
}
