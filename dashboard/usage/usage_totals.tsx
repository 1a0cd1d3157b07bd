// Owns: the sums of everything, as figures side by side.

import type { ReactNode } from "react";
import type { UsageOutput } from "../../src/ops/runs/usage.ts";
import { tokens } from "../format/money.ts";
import { costWords } from "./cost.ts";

type Totals = UsageOutput["total"];

export function UsageTotals({ total }: { total: Totals }) {
  return (
    <dl className="usage-totals">
      <Figure name="Cost" note={unknownNote(total)}>{costWords(total)}</Figure>
      <Figure name="Tokens in">{countWords(total.input_tokens)}</Figure>
      <Figure name="Tokens out">{countWords(total.output_tokens)}</Figure>
      <Figure name="Attempts">{total.runs.toLocaleString()}</Figure>
      <Figure name="Planner calls">{total.calls.toLocaleString()}</Figure>
    </dl>
  );
}

function Figure({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div className="usage-figure">
      <dt>{name}</dt>
      <dd className="usage-value">{children}</dd>
      {note && <dd className="usage-note">{note}</dd>}
    </div>
  );
}

function countWords(count: number | null): string {
  return count === null ? "unknown" : tokens(count);
}

function unknownNote({ unknown_runs }: Totals): string | undefined {
  if (unknown_runs === 0) return undefined;
  return `${unknown_runs} of unknown cost: their model has no price`;
}
