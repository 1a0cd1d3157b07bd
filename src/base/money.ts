// Owns: amounts of US dollars as people write and read them.

import { HermesError } from "./errors.ts";

/** `$0.52`, `$1,234.50`; amounts below ten cents keep as many digits as tell something: `$0.0042`, `<$0.0001`. */
export function formatUsd(dollars: number): string {
  if (dollars > 0 && dollars < 0.0001) return "<$0.0001";
  return isSmall(dollars) ? written(dollars, 4).replace(/0{1,2}$/, "") : written(dollars, 2);
}

/** Amounts that stand below one another, all with as many digits as the smallest needs. */
export function formatUsdColumn(amounts: readonly (number | null)[]): (string | null)[] {
  const digits = amounts.some((dollars) => dollars !== null && isSmall(dollars)) ? 4 : 2;
  return amounts.map((dollars) => {
    if (dollars === null) return null;
    return dollars > 0 && dollars < 0.0001 ? "<$0.0001" : written(dollars, digits);
  });
}

function isSmall(dollars: number): boolean {
  return dollars > 0 && dollars < 0.1;
}

function written(dollars: number, digits: number): string {
  const [whole = "0", fraction = ""] = dollars.toFixed(digits).split(".");
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}

/** Dollars to a nanodollar, which is as fine as prices get: binary fractions do not add up to the last digit. */
export function withoutNoise(dollars: number | null): number | null {
  return dollars === null ? null : Number(dollars.toFixed(9));
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
