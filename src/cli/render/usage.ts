// Owns: the text of `usage`.

import { formatUsdColumn } from "../../base/money.ts";
import type { UsageOutput } from "../../ops/runs/usage.ts";
import { displayWidth, table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { tokens, unknownWords } from "./figures.ts";
import { stamp } from "./words.ts";

type Row = UsageOutput["rows"][number];

const headings = ["RUNS", "CALLS", "TOKENS IN", "OUT", "COST"];

export function text(
  { by, rows, total, more, since, task_id }: UsageOutput,
  screen: Screen,
): string {
  if (rows.length === 0) {
    return `(nothing was used${since === null ? "" : ` since ${stamp(since)}`})`;
  }
  const costs = costColumn([...rows, total]);
  const lines = [
    [by.toUpperCase(), ...headings, ""],
    ...rows.map((row, index) => [keyOf(row), ...figures(row), costs[index]!, note(row, by)]),
    ["total", ...figures(total), costs.at(-1)!, note({ ...total, key: null, title: null }, by)],
  ];
  const drawn = table(aligned(lines), screen.width);
  const [head, ...body] = drawn;
  return [
    screen.paint("dim", head!),
    ...body.slice(0, -1),
    screen.paint("bold", body.at(-1)!),
    ...footnotes({ by, since, task_id, more }),
  ].join("\n");
}

function figures(row: Omit<Row, "key" | "title">): string[] {
  return [
    String(row.runs),
    String(row.calls),
    tokens(row.input_tokens, row.unknown_token_runs),
    tokens(row.output_tokens, row.unknown_token_runs),
  ];
}

/** A sum that lacks some is a least value. */
function costColumn(rows: readonly Omit<Row, "key" | "title">[]): string[] {
  return formatUsdColumn(rows.map((row) => row.cost_usd)).map((written, index) => {
    if (written === null) return "-";
    return rows[index]!.unknown_runs > 0 ? `≥ ${written}` : written;
  });
}

function keyOf({ key }: Row): string {
  return key === null || key === "" ? "-" : oneLine(key);
}

/** What stands behind the figures: how many are not known, and the title of a task. */
function note(row: Row, by: string): string {
  const parts = [
    row.unknown_runs > 0 ? unknownWords(row.unknown_runs) : "",
    by === "task" || by === "graph" ? oneLine(row.title ?? "") : "",
  ];
  return parts.filter(Boolean).join("  ");
}

/** Figures stand flush right. */
function aligned(lines: readonly string[][]): string[][] {
  const widths = headings.map((_, index) =>
    Math.max(...lines.map((line) => displayWidth(line[index + 1]!)))
  );
  return lines.map((line) =>
    line.map((cell, index) => {
      const width = widths[index - 1];
      return width === undefined ? cell : " ".repeat(width - displayWidth(cell)) + cell;
    })
  );
}

function footnotes(
  { by, since, task_id, more }: Pick<UsageOutput, "by" | "since" | "task_id" | "more">,
): string[] {
  const lines = [
    task_id === null ? "" : `${task_id} and what came out of it.`,
    since === null ? "" : `Since ${stamp(since)} UTC.`,
    by === "day" ? "Days are UTC's; an attempt counts on the day it began." : "",
    more ? "There are more rows: --limit shows them." : "",
  ].filter(Boolean);
  return lines.length > 0 ? ["", lines.join(" ")] : [];
}
