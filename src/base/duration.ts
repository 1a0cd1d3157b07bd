// Owns: durations as people write and read them.

import { HermesError } from "./errors.ts";

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Whole seconds from `90`, `30s`, `2.5m`, `2h` or `1d`.
 *
 * @throws HermesError `usage` when the text is no positive duration.
 */
export function parseDuration(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*([smhd]?)\s*$/i.exec(text);
  const seconds = match
    ? Number(match[1]) * (unitSeconds[(match[2] || "s").toLowerCase()] ?? 1)
    : NaN;
  if (!Number.isFinite(seconds) || Math.round(seconds) < 1) {
    throw new HermesError("usage", `Cannot read duration "${text}": expected a positive number`, {
      remedy: "Write seconds or add a unit: 90, 30s, 30m, 2h, 1d",
    });
  }
  return Math.round(seconds);
}

/** `75` → `1m 15s`. Negative spans, which a stepped clock can produce, read as `0s`. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  if (total < 60) return `${total}s`;
  if (total < 3600) return `${Math.floor(total / 60)}m ${total % 60}s`;
  if (total < 86_400) return `${Math.floor(total / 3600)}h ${Math.floor((total % 3600) / 60)}m`;
  return `${Math.floor(total / 86_400)}d ${Math.floor((total % 86_400) / 3600)}h`;
}
