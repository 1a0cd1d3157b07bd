// Owns: use by day, as columns.

import type { UsageOutput } from "../../src/ops/runs/usage.ts";
import { tokens } from "../format/money.ts";
import { costWords } from "./cost.ts";

type Row = UsageOutput["rows"][number];

/** Days shown at most; older ones are in the sums only. */
const mostDays = 31;

/** Cost when any is known, else tokens. The table beneath the page's tabs says the same in figures. */
export function DayChart({ rows }: { rows: readonly Row[] }) {
  const byCost = rows.some((row) => row.cost_usd !== null);
  const size = (row: Row | undefined) =>
    row === undefined
      ? 0
      : byCost
      ? row.cost_usd ?? 0
      : (row.input_tokens ?? 0) + (row.output_tokens ?? 0);
  const days = daysThrough(rows.map((row) => row.key ?? ""));
  const known = new Map(rows.map((row) => [row.key, row]));
  const highest = Math.max(...days.map((day) => size(known.get(day))), Number.MIN_VALUE);
  return (
    <figure className="usage-days">
      <figcaption>{byCost ? "Cost" : "Tokens"} by day (UTC)</figcaption>
      <ol>
        {days.map((day) => {
          const row = known.get(day);
          return (
            <li key={day} title={`${day}: ${words(row)}`}>
              <span className="sr-only">{day}: {words(row)}</span>
              <span
                className="usage-day"
                style={{ height: `${Math.max(row ? 2 : 0, 100 * size(row) / highest)}%` }}
                aria-hidden="true"
              />
              <span className="usage-date" aria-hidden="true">{day.slice(8)}</span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

function words(row: Row | undefined): string {
  if (row === undefined) return "nothing";
  const count = (row.input_tokens ?? 0) + (row.output_tokens ?? 0);
  const attempts = `${row.runs} ${row.runs === 1 ? "attempt" : "attempts"}`;
  return `${costWords(row)}, ${tokens(count)} tokens, ${attempts}`;
}

/** Every day from the first to today, `2030-01-31`, at most {@link mostDays}. */
function daysThrough(used: readonly string[]): string[] {
  const first = used.toSorted()[0];
  if (first === undefined) return [];
  const days: string[] = [];
  const dayMs = 86_400_000;
  for (let at = Date.now(); days.length < mostDays; at -= dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day < first) break;
    days.unshift(day);
  }
  return days;
}
